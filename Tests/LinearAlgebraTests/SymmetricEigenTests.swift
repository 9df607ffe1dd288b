import LinearAlgebra
import TestSupport
import Testing

@Suite struct SymmetricEigenTests {
  @Test func closedForm() throws {
    // The second difference matrix: 2 - 2 cos(kπ/(n+1)), here 2 - √2, 2, 2 + √2.
    let matrix = Matrix(rows: 3, columns: 3, values: [2, -1, 0, -1, 2, -1, 0, -1, 2])
    let root = 2.0.squareRoot()
    #expect(largestDifference(try SymmetricEigen.values(of: matrix), [2 - root, 2, 2 + root]) <= 3e-15)
  }

  @Test func readsTheLowerTriangle() throws {
    let matrix = Matrix(rows: 2, columns: 2, values: [0, 99, 1, 0])
    #expect(largestDifference(try SymmetricEigen.values(of: matrix), [-1, 1]) <= 1e-15)
  }

  @Test(arguments: [1, 6, 50]) func rowsAreEigenvectors(size: Int) throws {
    var generator = SeededGenerator(seed: 5)
    let matrix = generator.matrix(size, size).symmetricPart
    let eigen = try SymmetricEigen(matrix)
    let bound = 20 * Double(size) * Double.ulpOfOne
    let images = eigen.vectors.multiply(matrix)
    var expected = eigen.vectors
    for i in 0..<size {
      for j in 0..<size { expected[i, j] *= eigen.values[i] }
    }
    #expect(largestDifference(images, expected) <= bound * matrix.normInf)
    let gram = eigen.vectors.multiply(eigen.vectors, otherOrientation: .transposed)
    #expect(largestDifference(gram, .identity(size)) <= bound)
    #expect(eigen.values == eigen.values.sorted())
  }

  @Test func emptyMatrix() throws { #expect(try SymmetricEigen.values(of: Matrix(rows: 0, columns: 0)) == []) }
}
