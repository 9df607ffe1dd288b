import LinearAlgebra
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
    matrix.multiply(strided: block.span, stride: 5, width: 2, into: &span, keep: 0.5)
    #expect(result == [10, 18, 29, 34])
  }
}
