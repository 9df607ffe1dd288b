import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

struct ConeTheoremTests {
  @Test func orderPreservingMapsAreProvedOnTheWholeCone() throws {
    // The shift keeps f positive on all of R² for this weight, so that everything ends in the cone.
    let network = try Network(2, [.dense([[2, 1], [0.5, 3]]), .activation(.tanh, shift: 1.2), .inject([0, 1])])
    let proof = SubhomogeneousOrderPreserving.certify(Analysis(network: network))
    #expect(proof.isUnique && proof.scope.kind == .everywhere && proof.metric == .thompson)
    #expect(abs((proof.rate ?? 0) - 0.246_993_982_6) < 1e-6)
  }

  @Test func orderPreservingWithoutAnInvariantBox() throws {
    // z = √(z + 2): unique positive fixed point 2; the coefficient on the cone is 1/2, no box is needed.
    let network = try Network(1, [.inject([2]), .activation(.sqrt)])
    let proof = SubhomogeneousOrderPreserving.certify(Analysis(network: network))
    #expect(proof.isUnique && proof.scope.kind == .openCone && abs((proof.rate ?? 0) - 0.5) < 1e-9)
  }

  @Test func aNegativeWeightIsNamed() throws {
    let network = try Network(2, [.dense([[2, 1], [-0.5, 3]]), .activation(.tanh, shift: 1.2)])
    let certificate = SubhomogeneousOrderPreserving.certify(Analysis(network: network))
    #expect(certificate.verdict == .notApplicable)
    #expect(certificate.reason.contains("entry (1, 0) of operator 0 is -0.5"))
  }

  @Test func linearGrowthIsNotProved() throws {
    // relu has coefficient 1 on the cone; z = 2 z + 1 has no positive fixed point.
    let network = try Network(1, [.dense([[2]]), .activation(.relu), .inject([1])])
    let analysis = Analysis(network: network)
    let certificate = SubhomogeneousOrderPreserving.certify(analysis)
    #expect(certificate.verdict == .inconclusive && certificate.reason.contains("not < 1"))
    for theorem in TheoremCatalog.all { #expect(!theorem.certify(analysis).isUnique, "\(theorem.id)") }
  }

  @Test func alongRaysIsNeverUnique() throws {
    let network = try Network(2, [.dense([[1, -1], [-1, 1]]), .activation(.tanh, shift: 1.2)])
    let certificate = SubhomogeneousRadial.certify(Analysis(network: network))
    #expect(certificate.verdict == .proved && certificate.claim == .alongRays && !certificate.isUnique)
    #expect(certificate.scope.kind == .everywhere)
    #expect(abs((certificate.hypotheses.first?.value ?? 0) - 0.999_123_163_9) < 1e-6)
  }

  @Test func positiveConcaveOnABoundedMap() throws {
    // tanh + 0.1 on t > 0: f(0) = 0.1, f <= 1.1, so the coefficient is at most 1 - 0.1/1.1.
    let network = try Network(1, [.dense([[5]]), .activation(.tanh, shift: 0.1)])
    let proof = PositiveConcave.certify(Analysis(network: network))
    #expect(proof.isUnique && abs((proof.rate ?? 0) - 10.0 / 11) < 1e-12)
  }

  @Test func positiveConcaveWithAnInvariantBox() throws {
    let network = try Network(2, [.dense([[0.4, 0.3], [0.2, 0.5]]), .activation(.relu), .inject([1, 2])])
    let proof = PositiveConcave.certify(Analysis(network: network))
    #expect(proof.isUnique && proof.scope.kind == .openCone, "\(proof.reason)")
    #expect(proof.rateScope?.kind == .localBox)
    let region = try #require(proof.rateScope?.box)
    let image = try network.enclose(region)
    #expect(region.contains(image))
  }

  @Test func positiveConcaveWithoutAFixedPoint() throws {
    let network = try Network(1, [.dense([[2]]), .activation(.relu), .inject([1])])
    let proof = PositiveConcave.certify(Analysis(network: network))
    #expect(proof.verdict == .proved && proof.claim == .atMostOne && !proof.isUnique)
  }

  @Test func positiveConcaveNeedsAPositiveStart() throws {
    // z = tanh(2 z) has the fixed points 0 and 0.957….
    let network = try Network(1, [.dense([[2]]), .activation(.tanh)])
    #expect(PositiveConcave.certify(Analysis(network: network)).verdict == .refuted)
  }

  @Test func convexKindsDoNotApply() throws {
    let network = try Network(1, [.dense([[0.2]]), .activation(.softplus)])
    #expect(PositiveConcave.certify(Analysis(network: network)).verdict == .notApplicable)
  }

  @Test(
    .enabled(if: FixedPointOracle.isAvailable, "the oracles lie beside the repository"), arguments: FixedPointOracle.all
  )
  func oraclesWithSeveralFixedPointsAreNotUnique(_ oracle: FixedPointOracle) {
    let analysis = Analysis(network: oracle.network)
    for theorem in TheoremCatalog.all {
      let certificate = theorem.certify(analysis)
      #expect(!(certificate.isUnique && oracle.fixedPoints.count > 1), "\(oracle.name): \(theorem.id)")
      if certificate.verdict == .proved { #expect(certificate.hypotheses.allSatisfy { $0.holds }) }
      if let region = certificate.rateScope {
        #expect(oracle.fixedPoints.allSatisfy { region.contains($0.iterate) || oracle.fixedPoints.count > 1 })
      }
    }
  }

  @Test(
    .enabled(if: FixedPointOracle.isAvailable, "the oracles lie beside the repository"), arguments: FixedPointOracle.all
  )
  func coefficientsAtFixedPointsEqualTheOracles(_ oracle: FixedPointOracle) {
    let analysis = Analysis(network: oracle.network)
    for point in oracle.fixedPoints {
      let coefficients = analysis.coefficients(at: point.iterate)
      let pairs = [
        ("radial_coefficient", coefficients.radial), ("strong_coefficient", coefficients.strong),
        ("hilbert_coefficient", coefficients.hilbert),
      ]
      for (name, value) in pairs {
        guard let expected = point.quantities[name] else { continue }
        #expect(abs((value ?? .nan) - expected) <= 1e-9 * max(1, expected), "\(oracle.name): \(name)")
      }
    }
  }

  /// A bound over the box of all fixed points is at least the coefficient at one of them.
  @Test(
    .enabled(if: FixedPointOracle.isAvailable, "the oracles lie beside the repository"), arguments: FixedPointOracle.all
  )
  func provedCoefficientsAreAtLeastTheOracles(_ oracle: FixedPointOracle) {
    let calculus = Analysis(network: oracle.network).subhomogeneity
    for point in oracle.fixedPoints where point.iterate.allSatisfy({ $0 > 0 }) {
      for (bound, name) in [(calculus.radial, "radial_coefficient"), (calculus.strong, "strong_coefficient")] {
        guard let bound, let exact = point.quantities[name] else { continue }
        #expect(exact <= bound * (1 + 1e-12), "\(oracle.name): \(name)")
      }
    }
  }

  @Test(.enabled(if: FixedPointOracle.isAvailable, "the oracles lie beside the repository"))
  func oraclesOfThePaperAreProved() throws {
    let proofs: [(String, any Theorem.Type)] = [
      ("subdeq-nonnegative-normalized", SubhomogeneousHilbert.self), ("subdeq-tanh", SubhomogeneousThompson.self),
      ("sigmoid-positive", SubhomogeneousOrderPreserving.self), ("sigmoid-positive", PositiveConcave.self),
    ]
    for (name, theorem) in proofs {
      let oracle = try #require(FixedPointOracle.all.first { $0.name == name })
      let certificate = theorem.certify(Analysis(network: oracle.network))
      #expect(certificate.isUnique, "\(name): \(certificate.reason)")
    }
  }
}
