import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// Bounds of eigenvalues, norms and spectral radii against closed forms.
struct ProvedBoundTests {
  // The second difference matrix has eigenvalues 2 - 2 cos(kπ/(n+1)); known values for n = 2, 3, 5.
  @Test(arguments: [(2, 1.0), (3, 2 - 2.0.squareRoot()), (5, 2 - 3.0.squareRoot())])
  func smallestEigenvalue(_ size: Int, _ expected: Double) throws {
    var matrix = Matrix(rows: size, columns: size)
    for i in 0..<size {
      matrix[i, i] = 2
      if i > 0 { (matrix[i, i - 1], matrix[i - 1, i]) = (-1, -1) }
    }
    let bound = try #require(SmallestEigenvalue.bound(matrix))
    #expect(bound.lower <= expected && expected <= bound.upper)
    #expect(bound.allowance < 1e-12)
    #expect(try #require(SmallestEigenvalue.bound(matrix, radius: 0.25)).lower <= expected - 0.25)
  }

  @Test func normOfAnInterval() throws {
    let matrix = IntervalMatrix(
      lower: Matrix(rows: 1, columns: 2, values: [3, 4]), upper: Matrix(rows: 1, columns: 2, values: [3.5, 4]))
    let bound = try #require(SmallestEigenvalue.norm2(matrix))
    #expect(bound.upper >= (3.5 * 3.5 + 16).squareRoot())
    #expect(bound.upper <= (3.25 * 3.25 + 16).squareRoot() + 0.25 + 1e-12)
    let exact = try #require(SmallestEigenvalue.norm2(Matrix(rows: 1, columns: 2, values: [3, 4])))
    #expect(exact.lower <= 5 && 5 <= exact.upper && exact.allowance < 1e-12)
  }

  // A Jordan block: far from normal, computed eigenvalues wrong by about ε^(1/n).
  @Test(arguments: [0.5, 0.9, 1.1, 2])
  func spectralRadiusOfAJordanBlock(_ eigenvalue: Double) throws {
    let size = 4
    var matrix = Matrix(rows: size, columns: size)
    for i in 0..<size {
      matrix[i, i] = eigenvalue
      if i > 0 { matrix[i - 1, i] = 1 }
    }
    let bound = try #require(SpectralRadiusBound(IntervalMatrix(matrix)))
    if let upper = bound.upperBoundBelowOne() { #expect(eigenvalue <= upper && upper < 1) }
    if let lower = bound.lowerBoundAboveOne() { #expect(1 <= lower && lower <= eigenvalue) }
    #expect((bound.upperBoundBelowOne() != nil) == (eigenvalue < 1))
    #expect((bound.lowerBoundAboveOne() != nil) == (eigenvalue > 1))
  }

  // Rotations of every period up to 6, scaled: all eigenvalues on one circle.
  @Test(arguments: [1, 2, 3, 4, 5, 6])
  func spectralRadiusOfACyclicShift(_ period: Int) throws {
    for radius in [0.99, 1.01] {
      var matrix = Matrix(rows: period, columns: period)
      for i in 0..<period { matrix[i, (i + 1) % period] = radius }
      let bound = try #require(SpectralRadiusBound(IntervalMatrix(matrix)))
      let upper = bound.upperBoundBelowOne()
      let lower = bound.lowerBoundAboveOne()
      if radius < 1 { #expect(lower == nil && (upper ?? 2) < 0.99 + 1e-4) }
      if radius > 1 { #expect(upper == nil && (lower ?? 0) > 1.005 && (lower ?? 2) <= 1.01) }
    }
  }

  @Test func spectralRadiusOneIsNeverDecided() throws {
    let bound = try #require(SpectralRadiusBound(IntervalMatrix(Matrix(rows: 2, columns: 2, values: [0, -1, 1, 0]))))
    #expect(bound.upperBoundBelowOne() == nil && bound.lowerBoundAboveOne() == nil)
  }
}
