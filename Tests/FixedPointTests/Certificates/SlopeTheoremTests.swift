import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

/// Closed forms: one and two units, orthogonal and triangular weights; and maps on which the theorems disagree.
struct SlopeTheoremTests {
  private static let ids = [
    "monotone", "lyapunov-diagonal", "perron-frobenius", "matrix-measure-inf", "lipschitz-1", "lipschitz-2",
    "lipschitz-inf",
  ]

  private static func certificates(_ dimension: Int, _ links: [Link]) throws -> [String: Certificate] {
    let analysis = Analysis(network: try Network(dimension, links))
    let all = TheoremCatalog.all.filter { ids.contains($0.id) || $0.id == LocalSpectralRadius.id }
    return Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.certify(analysis)) })
  }

  private static func proving(_ dimension: Int, _ links: [Link]) throws -> [String] {
    let certificates = try certificates(dimension, links)
    return ids.filter { certificates[$0]?.isUnique ?? false }
  }

  // One unit: z = relu(w z + 1) has one fixed point for w < 1 and none for w >= 1.
  @Test(arguments: [-5, -1.5, -0.5, 0, 0.5, 0.999_999])
  func oneUnit(_ weight: Double) throws {
    let proving = try Self.proving(1, [.dense([[weight]]), .inject([1]), .activation(.relu)])
    #expect(proving.contains("monotone"))
    #expect(proving.contains("lyapunov-diagonal"))
    #expect(proving.contains("matrix-measure-inf"))
    if abs(weight) < 1 { #expect(proving == Self.ids) }
  }

  @Test(arguments: [1, 1 + 1e-14, 1.5, 40])
  func oneUnitWithoutFixedPoint(_ weight: Double) throws {
    #expect(try Self.proving(1, [.dense([[weight]]), .inject([1]), .activation(.relu)]) == [])
  }

  // tanh(w z): one fixed point for w <= 1, three for w > 1.
  @Test(arguments: [1.0, 1.000_1, 1.01, 3])
  func threeFixedPointsOfOneUnit(_ weight: Double) throws {
    #expect(try Self.proving(1, [.dense([[weight]]), .activation(.tanh)]) == [])
  }

  // Slopes outside [0, 1]: 1.5 tanh(z) has three fixed points, though its W is below 1 in every norm.
  @Test func factorsBehindTheActivationCount() throws {
    #expect(try Self.proving(1, [.dense([[0.9]]), .activation(.tanh), .scale(1.5)]) == [])
    #expect(try Self.proving(1, [.dense([[0.9]]), .activation(.tanh), .scale(-1.5)]).contains("monotone"))
    #expect(try Self.proving(1, [.dense([[0.9]]), .activation(.tanh), .scale(1.1)]) == Self.ids)
  }

  // W = 2 R with R the rotation by a right angle: I - (W + Wᵀ)/2 = I, ‖I - W‖₂ = √5, every norm of W is 2.
  @Test func rotation() throws {
    let certificates = try Self.certificates(
      2, [.dense([[0, -2], [2, 0]]), .inject([3, 4]), .activation(.identity)])
    let monotone = try #require(certificates["monotone"])
    #expect(monotone.isUnique && monotone.scope.kind == .everywhere)
    #expect(abs(try #require(monotone.rate) - (1 - 1.0 / 5).squareRoot()) < 1e-12)
    let splitting = monotone.derivation.compactMap(\.value)
    #expect(abs((splitting.last ?? 0) - (1 - 1 / 5.0.squareRoot()).squareRoot()) < 1e-12)
    #expect(certificates["lyapunov-diagonal"]?.isUnique == true)
    for id in ["perron-frobenius", "matrix-measure-inf", "lipschitz-1", "lipschitz-2", "lipschitz-inf"] {
      let certificate = try #require(certificates[id])
      #expect(certificate.verdict == .refuted, "\(id): \(certificate.reason)")
      #expect(abs(try #require(certificate.hypotheses.first?.value) - 2) < 1e-9)
    }
    let local = try #require(certificates["local-spectral-radius"])
    #expect(local.verdict == .refuted && !local.isUnique)
  }

  // Triangular: the Perron root is the largest diagonal entry, the norms see the large entry off it.
  @Test func triangular() throws {
    let certificates = try Self.certificates(
      2, [.dense([[0.5, 10], [0, 0.25]]), .inject([1, 1]), .activation(.relu)])
    let perron = try #require(certificates["perron-frobenius"])
    #expect(perron.isUnique && perron.scope.kind == .everywhere)
    #expect(abs(try #require(perron.rate) - 0.5) < 1e-9)
    let measure = try #require(certificates["matrix-measure-inf"])
    #expect(measure.isUnique)
    #expect(measure.iteration == .averaged(factor: 1))
    #expect(certificates["lyapunov-diagonal"]?.isUnique == true)
    for id in ["lipschitz-1", "lipschitz-2", "lipschitz-inf"] { #expect(certificates[id]?.verdict == .refuted) }
  }

  // W = [[-4, 2], [2, -4]], relu: Metzler abscissa -2, so γ = 0; α = 1/5 and the averaged iteration's factor is 4/5.
  @Test func matrixMeasureWithNegativeDiagonal() throws {
    let certificates = try Self.certificates(
      2, [.dense([[-4, 2], [2, -4]]), .inject([1, 1]), .activation(.relu)])
    let measure = try #require(certificates["matrix-measure-inf"])
    #expect(measure.isUnique)
    guard case .averaged(let factor) = measure.iteration else { throw Missing() }
    #expect(abs(factor - 0.2) < 1e-12)
    #expect(abs(try #require(measure.rate) - 0.8) < 1e-12)
    #expect(abs(try #require(measure.hypotheses.first?.value) + 2) < 1e-12)
  }

  // Λ - sym(ΛW) for W = [[0, 4], [0, 0]]: Λ = I fails; the best smallest eigenvalue with trace 2 is 1 - √0.8.
  @Test func lyapunovWhereTheIdentityFails() throws {
    let certificates = try Self.certificates(2, [.dense([[0, 4], [0, 0]]), .inject([1, 1]), .activation(.relu)])
    let lyapunov = try #require(certificates["lyapunov-diagonal"])
    #expect(lyapunov.isUnique && lyapunov.scope.kind == .everywhere)
    let value = try #require(lyapunov.hypotheses.first?.value)
    #expect(value <= 1 - 0.8.squareRoot() + 1e-12)
    #expect(value >= 0.9 * (1 - 0.8.squareRoot()))
    let published = try #require(certificates["monotone"])
    #expect(published.scope.kind != .everywhere)
  }

  /// The golden three-unit map: ‖W‖_inf = 1.1, Perron root of |W| 1.03218, m = 0.362917, L = 0.870093, ‖W‖₂ = 0.84315.
  @Test func goldenMapOnWhichTheTheoremsDisagree() throws {
    let certificates = try Self.certificates(
      3,
      [
        .dense([[0.5, -0.3, 0.2], [0.1, 0.4, -0.6], [-0.2, 0.3, 0.5]]), .inject([0.3, -0.1, 0.2]),
        .activation(.tanh),
      ])
    let monotone = try #require(certificates["monotone"])
    #expect(monotone.isUnique && monotone.reason.contains("published form"))
    #expect(abs(try #require(monotone.hypotheses.last?.value) - 0.362917) < 1e-6)
    let ratio = 0.362917 / 0.870093
    #expect(abs(try #require(monotone.rate) - (1 - ratio * ratio).squareRoot()) < 1e-5)
    #expect(abs(try #require(certificates["lipschitz-2"]?.rate) - 0.84315) < 1e-5)
    #expect(certificates["lyapunov-diagonal"]?.isUnique == true)
    // Globally the Perron root is above 1: only the box proves it.
    for id in ["perron-frobenius", "matrix-measure-inf"] {
      #expect(certificates[id]?.isUnique == true)
      #expect(certificates[id]?.reason.contains("box form") == true)
    }
    for id in ["lipschitz-1", "lipschitz-inf"] { #expect(certificates[id]?.verdict == .refuted) }
    let local = try #require(certificates["local-spectral-radius"])
    #expect(local.verdict == .proved && local.claim == .local && !local.isUnique)
    #expect(abs(try #require(local.rate) - 0.6730779) < 1e-7)
  }

  /// Two or three fixed points are known: nothing may be proved.
  @Test(arguments: [1.0, 1.2, 2, 5])
  func severalFixedPoints(_ gain: Double) throws {
    let weights = [[gain, -gain], [-gain, gain]]
    #expect(try Self.proving(2, [.dense(weights), .activation(.tanh, shift: 1.2)]) == [])
    let doubled = weights.map { $0.map { 2 * $0 } }
    #expect(try Self.proving(2, [.dense(doubled), .activation(.tanh, shift: 1.603), .normalize(.infinity)]) == [])
    let certificates = try Self.certificates(2, [.dense(weights), .activation(.tanh, shift: 1.2)])
    for id in Self.ids { #expect(certificates[id]?.verdict == .refuted, "\(id)") }
  }

  @Test func smallSignedMapIsProved() throws {
    let links: [Link] = [.dense([[0.3, -0.3], [-0.3, 0.3]]), .activation(.tanh, shift: 1.2)]
    #expect(try Self.proving(2, links) == Self.ids)
  }

  @Test func otherFormsSayWhyTheyDoNotApply() throws {
    let dense = Link.dense([[0.1, 0.2], [0.2, 0.1]])
    let cases: [([Link], String)] = [
      ([dense, .activation(.tanh, shift: 1.2), .normalize(2)], "normalize"),
      ([dense, .activation(.tanh), .skip(0.3)], "skip"),
      ([dense, .activation(.tanh), dense, .activation(.tanh)], "2 activations"),
      ([dense, .activation(.tanh), dense], "dense follows"),
    ]
    for (links, reason) in cases {
      let certificates = try Self.certificates(2, links)
      for id in ["monotone", "lyapunov-diagonal"] {
        #expect(certificates[id]?.verdict == .notApplicable)
        #expect(certificates[id]?.reason.contains(reason) == true, "\(certificates[id]?.reason ?? "")")
      }
    }
  }

  @Test func skipAndSecondLayerByTheJacobian() throws {
    let dense = Link.dense([[0.1, 0.2], [0.2, 0.1]])
    let norms = ["perron-frobenius", "matrix-measure-inf", "lipschitz-1", "lipschitz-2", "lipschitz-inf"]
    #expect(try Self.proving(2, [dense, .activation(.tanh), .skip(0.3)]) == norms)
    #expect(try Self.proving(2, [dense, .activation(.tanh), .skip(1)]) == [])
    #expect(try Self.proving(2, [dense, .activation(.tanh), dense, .activation(.sigmoid)]) == norms)
  }

  private struct Missing: Error {}
}
