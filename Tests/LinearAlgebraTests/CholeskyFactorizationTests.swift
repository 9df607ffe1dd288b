import LinearAlgebra
import TestSupport
import Testing

@Suite struct CholeskyFactorizationTests {
  @Test func closedForm() throws {
    let factored = try CholeskyFactorization(Matrix(rows: 2, columns: 2, values: [4, 2, 2, 10]))
    #expect(factored.lower == Matrix(rows: 2, columns: 2, values: [2, 0, 1, 3]))
    #expect(factored.solve([8, 22]) == [1, 2])
  }

  @Test(arguments: [1, 8, 60]) func reproducesTheMatrix(size: Int) throws {
    var generator = SeededGenerator(seed: 6)
    let root = generator.matrix(size, size)
    var gram = root.multiply(root, otherOrientation: .transposed)
    for i in 0..<size { gram[i, i] += 1 }
    let lower = try CholeskyFactorization(gram).lower
    let bound = 4 * Double(size + 1) * Double.ulpOfOne * gram.normInf
    #expect(largestDifference(lower.multiply(lower, otherOrientation: .transposed), gram) <= bound)
    #expect(try gram.isProvedPositiveDefinite())
  }

  @Test func refusesWhatIsNotPositiveDefinite() throws {
    let indefinite = Matrix(rows: 2, columns: 2, values: [1, 2, 2, 1])
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) { try CholeskyFactorization(indefinite) }
    #expect(try !indefinite.isPositiveDefinite())
    #expect(try !indefinite.isProvedPositiveDefinite())
  }

  /// The Hilbert matrix of order 12 is positive definite, its smallest eigenvalue is 2.6e-17: too small to be proved in
  /// double precision. One with smallest eigenvalue 3.3e-6 (order 5) is not.
  @Test func provesOnlyWhatItCan() throws {
    #expect(try hilbert(5).isProvedPositiveDefinite())
    #expect(try !hilbert(12).isProvedPositiveDefinite())
  }

  /// A singular matrix is never proved, however rounding falls.
  @Test func singularIsNeverProved() throws {
    var generator = SeededGenerator(seed: 7)
    for size in 2...30 {
      // B Bᵀ with small integers and one column fewer than rows: exact, and singular.
      let root = Matrix(
        rows: size, columns: size - 1,
        values: (0..<(size * (size - 1))).map { _ in Double(Int.random(in: -9...9, using: &generator)) })
      #expect(try !root.multiply(root, otherOrientation: .transposed).isProvedPositiveDefinite())
    }
  }

  @Test func emptyMatrix() throws { #expect(try Matrix(rows: 0, columns: 0).isPositiveDefinite()) }

  private func hilbert(_ size: Int) -> Matrix {
    Matrix(rows: size, columns: size, values: (0..<(size * size)).map { 1 / Double($0 / size + $0 % size + 1) })
  }
}
