import LinearAlgebra
import TestSupport
import Testing

/// Products of many rows with one matrix.
struct MatrixRowsTests {
  private static func product(_ vectors: [Double], _ matrix: Matrix) -> [Double] {
    var results = [Double](repeating: .nan, count: vectors.count / matrix.rows * matrix.columns)
    var span = results.mutableSpan
    matrix.multiply(rows: vectors.span, into: &span)
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

  /// In whole groups a row's bits depend neither on its place nor on how many rows there are.
  @Test(arguments: [1, 2, 3, 7, 16, 37, 87, 130, 300])
  func rowsInWholeGroupsAreTreatedAlike(size: Int) {
    var generator = SeededGenerator(seed: 4)
    let matrix = generator.matrix(size, size)
    let row = generator.vector(size)
    var seen: Set<[UInt64]> = []
    for groups in [1, 2, 3, 4, 8, 16, 17, 32] {
      let count = groups * Matrix.rowsTogether
      var vectors = generator.vector(count * size)
      for place in [0, 1, 5, count - 1] {
        vectors.replaceSubrange(place * size..<(place + 1) * size, with: row)
        let found = Self.product(vectors, matrix)
        seen.insert(found[place * size..<(place + 1) * size].map(\.bitPattern))
      }
    }
    #expect(seen.count == 1)
  }
}
