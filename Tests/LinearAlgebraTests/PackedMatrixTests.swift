import LinearAlgebra
import TestSupport
import Testing

/// Products of many rows with one matrix.
struct PackedMatrixTests {
  private static func product(_ vectors: [Double], _ matrix: Matrix) -> [Double] {
    var results = [Double](repeating: .nan, count: vectors.count / matrix.rows * matrix.columns)
    var span = results.mutableSpan
    PackedMatrix(matrix).multiply(rows: vectors.span, into: &span)
    return results
  }

  @Test(arguments: [(1, 1), (3, 5), (16, 16), (87, 20)])
  func everyRowIsMultiplied(shape: (Int, Int)) {
    var generator = SeededGenerator(seed: 3)
    let matrix = generator.matrix(shape.0, shape.1)
    let vectors = generator.matrix(11, shape.0)
    let found = Self.product(vectors.values, matrix)
    for row in 0..<11 {
      for column in 0..<shape.1 {
        let exact = (0..<shape.0).reduce(0) { $0 + vectors[row, $1] * matrix[$1, column] }
        #expect(abs(found[row * shape.1 + column] - exact) <= 1e-13)
      }
    }
    #expect(Self.product([], matrix).isEmpty)
  }

  /// One chain of fused multiply-adds an entry: the bits of a row depend neither on its place nor on how many there are.
  @Test(arguments: [1, 2, 3, 7, 16, 37, 87, 130, 300])
  func everyEntryIsOneChain(size: Int) {
    var generator = SeededGenerator(seed: 4)
    let matrix = generator.matrix(size, size + 5)
    let vectors = generator.matrix(21, size)
    let exact = (0..<21).flatMap { row in
      (0..<size + 5).map { column in
        (0..<size).reduce(0) { $0.addingProduct(vectors[row, $1], matrix[$1, column]) }
      }
    }
    for range in [0..<21, 0..<1, 3..<4, 2..<10, 5..<19, 20..<21] {
      let found = Self.product(Array(vectors.values[range.lowerBound * size..<range.upperBound * size]), matrix)
      #expect(found == Array(exact[range.lowerBound * (size + 5)..<range.upperBound * (size + 5)]))
    }
  }
}
