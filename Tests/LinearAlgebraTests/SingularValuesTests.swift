import LinearAlgebra
import TestSupport
import Testing

@Suite struct SingularValuesTests {
  @Test(arguments: [(1, 1), (5, 3), (3, 5), (40, 40)]) func decomposes(rows: Int, columns: Int) throws {
    var generator = SeededGenerator(seed: 4)
    let matrix = generator.matrix(rows, columns)
    let decomposed = try SingularValues(matrix)
    let count = min(rows, columns)
    let bound = 20 * Double(rows + columns) * Double.ulpOfOne
    var product = Matrix(rows: count, columns: columns)
    for i in 0..<count {
      for j in 0..<columns { product[i, j] = decomposed.values[i] * decomposed.rightTransposed[i, j] }
    }
    #expect(largestDifference(decomposed.left.multiply(product), matrix) <= bound * decomposed.values[0])
    let identity = Matrix.identity(count)
    let left = decomposed.left.multiply(decomposed.left, orientation: .transposed)
    let right = decomposed.rightTransposed.multiply(decomposed.rightTransposed, otherOrientation: .transposed)
    #expect(largestDifference(left, identity) <= bound)
    #expect(largestDifference(right, identity) <= bound)
    #expect(decomposed.values == decomposed.values.sorted(by: >))
    #expect(largestDifference(try SingularValues.values(of: matrix), decomposed.values) <= bound * decomposed.values[0])
  }

  @Test func rankDeficiencyShows() throws {
    let values = try SingularValues.values(of: Matrix(rows: 2, columns: 2, values: [1, 2, 2, 4]))
    #expect(abs(values[0] - 5) <= 5e-15 && values[1] <= 5e-15)
  }
}
