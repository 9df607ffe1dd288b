import LinearAlgebra
import TestSupport
import Testing

@Suite struct MatrixProductsTests {
  private let matrix = Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6])

  @Test func multipliesVectors() {
    #expect(matrix.multiply([1, 0, -1]) == [-2, -2])
    #expect(matrix.multiplyTransposed([1, -1]) == [-3, -3, -3])
  }

  @Test func accumulatesIntoTheCallersVector() {
    var result = [10.0, 20]
    var span = result.mutableSpan
    matrix.multiply([1, 1, 1].span, into: &span, scale: 2, keep: 0.5)
    #expect(result == [17, 40])
    var transposed = [1.0, 1, 1]
    var other = transposed.mutableSpan
    matrix.multiplyTransposed([1, 1].span, into: &other, keep: -1)
    #expect(transposed == [4, 6, 8])
  }

  @Test func doesNotReadWhatItReplaces() {
    var result = [Double.nan, .infinity]
    var span = result.mutableSpan
    matrix.multiply([1, 1, 1].span, into: &span)
    #expect(result == [6, 15])
    var product = Matrix(rows: 2, columns: 2, repeating: .nan)
    product.accumulate(matrix, times: matrix, .transposed, keep: 0)
    #expect(product.values == [14, 32, 32, 77])
  }

  @Test func multipliesMatricesInEveryOrientation() {
    var generator = SeededGenerator(seed: 1)
    let left = generator.matrix(4, 7)
    let right = generator.matrix(7, 3)
    let expected = naiveProduct(left, right)
    for product in [
      left.multiply(right),
      left.transposed.multiply(right, orientation: .transposed),
      left.multiply(right.transposed, otherOrientation: .transposed),
      left.transposed.multiply(right.transposed, orientation: .transposed, otherOrientation: .transposed),
    ] {
      #expect(product.rows == 4 && product.columns == 3)
      #expect(largestDifference(product, expected) <= 2 * 7 * Double.ulpOfOne)
    }
  }

  @Test func emptyFactorsGiveZeros() {
    #expect(Matrix(rows: 3, columns: 0).multiply([]) == [0, 0, 0])
    #expect(Matrix(rows: 0, columns: 3).multiply([1, 2, 3]) == [])
    #expect(Matrix(rows: 2, columns: 0).multiply(Matrix(rows: 0, columns: 2)) == Matrix(rows: 2, columns: 2))
  }

  /// Stored runs are compared bit by bit, so a product may not depend on where its vectors lie in memory.
  @Test(arguments: [1, 7, 16, 87]) func doesNotDependOnAlignment(size: Int) {
    var generator = SeededGenerator(seed: 2)
    let square = generator.matrix(size, size)
    let x = generator.vector(size)
    let expected = square.multiply(x)
    let expectedTransposed = square.multiplyTransposed(x)
    for offset in 1..<8 {
      let shifted = [Double](repeating: 0, count: offset) + x
      var room = [Double](repeating: 0, count: size + offset)
      var result = room.mutableSpan
      var tail = result._mutatingExtracting(offset...)
      square.multiply(shifted.span.extracting(offset...), into: &tail)
      #expect(Array(room[offset...]) == expected)
      var second = room.mutableSpan
      var secondTail = second._mutatingExtracting(offset...)
      square.multiplyTransposed(shifted.span.extracting(offset...), into: &secondTail)
      #expect(Array(room[offset...]) == expectedTransposed)
    }
  }

  @Test func transposes() {
    #expect(matrix.transposed == Matrix(rows: 3, columns: 2, values: [1, 4, 2, 5, 3, 6]))
  }

  private func naiveProduct(_ left: Matrix, _ right: Matrix) -> Matrix {
    var product = Matrix(rows: left.rows, columns: right.columns)
    for i in 0..<left.rows {
      for j in 0..<right.columns {
        product[i, j] = (0..<left.columns).reduce(0) { $0 + left[i, $1] * right[$1, j] }
      }
    }
    return product
  }
}
