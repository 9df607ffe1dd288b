import LinearAlgebra
import TestSupport
import Testing

@Suite struct MatrixStridedTests {
  private let matrix = Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6])
  /// Three rows of two entries, five apart; what lies between is never read.
  private let block: [Double] = [1, -1, .nan, .nan, .nan, 2, 0, .nan, .nan, .nan, 0, 3]

  @Test func multipliesRowsThatLieApart() {
    var result = [Double](repeating: .nan, count: 4)
    var span = result.mutableSpan
    matrix.multiply(strided: block.span, stride: 5, width: 2, into: &span)
    #expect(result == [5, 8, 14, 14])
  }

  @Test func addsToWhatIsKept() {
    var result = [10.0, 20, 30, 40]
    var span = result.mutableSpan
    matrix.add(strided: block.span, stride: 5, width: 2, to: &span)
    #expect(result == [15, 28, 44, 54])
  }

  /// Columns beyond those of a whole panel, and more rows than a tile has.
  @Test(arguments: [1, 8, 16, 17, 40])
  func everyEntryIsOneChain(width: Int) {
    var generator = SeededGenerator(seed: 6)
    let (matrix, stride) = (generator.matrix(13, 300), width + 3)
    let block = generator.vector(299 * stride + width)
    var result = [Double](repeating: .nan, count: 13 * width)
    var span = result.mutableSpan
    matrix.multiply(strided: block.span, stride: stride, width: width, into: &span)
    for row in 0..<13 {
      for column in 0..<width {
        let exact = (0..<300).reduce(0) { $0.addingProduct(matrix[row, $1], block[$1 * stride + column]) }
        #expect(result[row * width + column] == exact)
      }
    }
  }
}
