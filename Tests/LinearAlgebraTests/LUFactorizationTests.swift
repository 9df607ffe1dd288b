import LinearAlgebra
import TestSupport
import Testing

@Suite struct LUFactorizationTests {
  @Test func solvesAClosedForm() throws {
    let factored = try LUFactorization(Matrix(rows: 2, columns: 2, values: [0, 2, 4, 1]))
    #expect(factored.solve([2, 6]) == [1.25, 1])
    #expect(factored.solveTransposed([4, 4]) == [1.5, 1])
    #expect(factored.inverse == Matrix(rows: 2, columns: 2, values: [-0.125, 0.25, 0.5, 0]))
  }

  /// ‖b - A x‖ <= c n² ε ‖A‖ ‖x‖ for partial pivoting without growth (Higham, theorem 9.5).
  @Test(arguments: [1, 2, 16, 87]) func leavesASmallResidual(size: Int) throws {
    var generator = SeededGenerator(seed: UInt64(size))
    let matrix = generator.matrix(size, size)
    let right = generator.vector(size)
    let factored = try LUFactorization(matrix)
    let bound = 10 * Double(size * size) * Double.ulpOfOne * matrix.normInf
    let x = factored.solve(right)
    #expect(largestDifference(matrix.multiply(x), right) <= bound * Vector.normSup(x))
    let y = factored.solveTransposed(right)
    #expect(largestDifference(matrix.multiplyTransposed(y), right) <= bound * Vector.normSup(y))
    let several = generator.matrix(size, 3)
    let solutions = factored.solve(several)
    #expect(largestDifference(matrix.multiply(solutions), several) <= bound * Vector.normSup(solutions.values))
  }

  @Test func estimatesTheCondition() throws {
    let diagonal = Matrix(rows: 3, columns: 3, values: [1, 0, 0, 0, 1e-3, 0, 0, 0, 10])
    #expect(try abs(LUFactorization(diagonal).reciprocalCondition - 1e-4) <= 1e-18)
    // ‖A‖₁ = 104 and ‖A⁻¹‖₁ = 25.25; in the sup norm it would be 101 · 26.
    let shear = Matrix(rows: 2, columns: 2, values: [1, 100, 0, 4])
    let exact = 1 / (104 * 25.25)
    #expect(try abs(LUFactorization(shear).reciprocalCondition - exact) <= 1e-15)
    let nearlySingular = Matrix(rows: 2, columns: 2, values: [1, 1, 1, 1 + 0x1p-52])
    #expect(try LUFactorization(nearlySingular).reciprocalCondition <= 0x1p-52)
  }

  @Test func refusesWhatHasNoInverse() {
    #expect(throws: LinearAlgebraError.singular(pivot: 1)) {
      try LUFactorization(Matrix(rows: 2, columns: 2, values: [1, 2, 2, 4]))
    }
    #expect(throws: LinearAlgebraError.singular(pivot: 0)) { try Matrix(rows: 1, columns: 1).inverse() }
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) {
      try LUFactorization(Matrix(rows: 2, columns: 2, values: [1, 2, .nan, 4]))
    }
  }

  @Test func handlesTheEmptyMatrix() throws {
    let factored = try LUFactorization(Matrix(rows: 0, columns: 0))
    #expect(factored.solve([]) == [])
    #expect(factored.reciprocalCondition == 1)
  }
}
