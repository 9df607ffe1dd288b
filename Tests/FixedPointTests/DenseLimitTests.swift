import FixedPoint
import TestSupport
import Testing

@Suite("Matrices that are too large")
struct DenseLimitTests {
  @Test("The obstacle says how large the matrix would be: 8 n² bytes")
  func obstacle() {
    #expect(DenseLimit.obstacle(4096) == nil)
    #expect(DenseLimit.obstacle(4097)?.contains("a 134 MB matrix: n = 4,097,") == true)
    #expect(DenseLimit.obstacle(65_536)?.contains("a 34 GB matrix: n = 65,536,") == true)
    #expect(DenseLimit.obstacle(173_312)?.contains("a 240 GB matrix: n = 173,312,") == true)
    #expect(DenseLimit.obstacle(.max)?.contains("needs a matrix: n = 9,223,372,036,854,775,807,") == true)
  }

  /// tanh(z/2) contracts by 1/2, which a smaller state proves.
  private func analysis(_ count: Int) throws -> Analysis {
    Analysis(
      network: try Network(count, [.scale(0.5), .activation(.tanh)]), start: Array(repeating: 1, count: count))
  }

  private static let dense = [
    "monotone", "lyapunov-diagonal", "perron-frobenius", "matrix-measure-inf", "lipschitz-1", "lipschitz-2",
    "lipschitz-inf", "krawczyk", "local-spectral-radius",
  ]

  @Test("Theorems that need matrices are not applicable to a large state, and say why; none says that it is proved")
  func theorems() throws {
    let analysis = try analysis(DenseLimit.provedEntries + 1)
    var certificates: [Certificate] = []
    let bytes = Allocations.bytes { certificates = TheoremCatalog.all.map { $0.certificate(of: analysis) } }
    #expect(certificates.filter(\.isTooLarge).map(\.id) == Self.dense)
    for certificate in certificates {
      #expect(certificate.verdict != .proved, "\(certificate.id)")
      guard certificate.isTooLarge else { continue }
      #expect(certificate.verdict == .notApplicable && certificate.reason.contains("34 MB matrix: n = 2,049"))
    }
    #expect(bytes < 1 << 30, "\(bytes) bytes")
  }

  @Test("A state that is not too large is certified as ever")
  func small() throws {
    let analysis = try analysis(8)
    let proved = TheoremCatalog.all.map { $0.certificate(of: analysis) }.filter(\.isUnique).map(\.id)
    #expect(proved.contains("lipschitz-inf") && proved.contains("perron-frobenius"))
  }

  @Test("Points of a large state are followed, and their spectrum is not known")
  func points() throws {
    let analysis = try analysis(DenseLimit.provedEntries + 1)
    #expect(analysis.jacobianOverBox == nil && analysis.coefficients == nil)
    #expect(analysis.computedFixedPoint?.spectralRadius == nil)
    #expect(analysis.provedFixedPoints.isEmpty)
  }
}
