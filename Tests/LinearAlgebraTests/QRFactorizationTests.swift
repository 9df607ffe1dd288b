import LinearAlgebra
import TestSupport
import Testing

@Suite struct QRFactorizationTests {
  @Test(arguments: [(1, 1), (7, 3), (30, 30)]) func decomposes(rows: Int, columns: Int) throws {
    var generator = SeededGenerator(seed: 8)
    let matrix = generator.matrix(rows, columns)
    let factored = try QRFactorization(matrix)
    let basis = try factored.orthonormal()
    let bound = 10 * Double(rows) * Double.ulpOfOne
    #expect(largestDifference(basis.multiply(factored.triangle), matrix) <= bound * matrix.norm1)
    #expect(largestDifference(basis.multiply(basis, orientation: .transposed), .identity(columns)) <= bound)
  }

  /// A line through (0, 1), (1, 3), (2, 4): intercept 7/6, slope 3/2.
  @Test func fitsALine() throws {
    let design = Matrix(rows: 3, columns: 2, values: [1, 0, 1, 1, 1, 2])
    let fit = try QRFactorization(design).leastSquares([1, 3, 4])
    #expect(largestDifference(fit, [7.0 / 6, 1.5]) <= 1e-14)
  }

  @Test func residualIsOrthogonalToTheColumns() throws {
    var generator = SeededGenerator(seed: 9)
    let matrix = generator.matrix(40, 6)
    let right = generator.vector(40)
    let fit = try QRFactorization(matrix).leastSquares(right)
    let residual = zip(right, matrix.multiply(fit)).map { $0 - $1 }
    #expect(Vector.normSup(matrix.multiplyTransposed(residual)) <= 40 * 40 * Double.ulpOfOne)
  }

  @Test func dependentColumnsShow() throws {
    let dependent = try QRFactorization(Matrix(rows: 3, columns: 2, values: [1, 2, 1, 2, 1, 2]))
    #expect(dependent.reciprocalCondition <= 4 * Double.ulpOfOne)
    #expect(throws: LinearAlgebraError.rankDeficient(column: 1)) {
      try QRFactorization(Matrix(rows: 2, columns: 2, values: [1, 0, 0, 0])).leastSquares([1, 1])
    }
  }

  @Test func emptyMatrix() throws {
    let empty = try QRFactorization(Matrix(rows: 3, columns: 0))
    #expect(try empty.leastSquares([1, 2, 3]) == [])
    #expect(empty.reciprocalCondition == 1)
  }
}
