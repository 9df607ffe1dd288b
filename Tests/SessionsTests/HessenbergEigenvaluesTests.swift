import FixedPoint
import Testing

@testable import Sessions

@Suite("Spectral radius without a library")
struct HessenbergEigenvaluesTests {
  @Test(
    "Closed forms",
    arguments: [
      (1, [-3], 3), (2, [0, -2, 2, 0], 2), (2, [2, 1, 0, 3], 3), (2, [0, 1, 0, 0], 0),
      (3, [0, 0, 1, 1, 0, 0, 0, 1, 0], 1), (3, [1, 1, 1, 1, 1, 1, 1, 1, 1], 3), (3, [0, 1, 0, 0, 0, 1, 0, 0, 0], 0),
      (4, [0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 16, 0, 0, 0], 2),
    ] as [(Int, [Double], Double)])
  func closedForms(size: Int, matrix: [Double], expected: Double) {
    #expect(abs(spectralRadius(of: matrix, size: size) - expected) < 1e-14 * max(1, expected))
  }

  @Test("The second difference matrix: 2 + 2 cos(pi/(n + 1))")
  func secondDifference() {
    let size = 60
    var matrix = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      matrix[i * size + i] = 2
      if i > 0 { matrix[i * size + i - 1] = -1 }
      if i < size - 1 { matrix[i * size + i + 1] = -1 }
    }
    #expect(abs(spectralRadius(of: matrix, size: size) - 3.997348179769661) < 1e-12)
  }

  @Test("Random matrices of 87 units, by another library's eigenvalues")
  func random() throws {
    let plain = try EnsembleGenerator.generate(Ensemble(.gaussian, seed: 3), shape: Shape([87, 87])).values
    #expect(abs(spectralRadius(of: plain, size: 87) / 1.073654484074282 - 1) < 1e-12)
    #expect(abs(spectralRadius(of: plain.map(\.magnitude), size: 87) / 7.497958851576676 - 1) < 1e-13)
  }
}
