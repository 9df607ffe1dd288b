import Screen
import Testing

private let falling = Sparkline(decay(32, 0.5), scale: .log10)
private let odd = Sparkline([1, nil, 0.1, 0, -1, .infinity, 0.01], scale: .log10)

@Suite("Sparkline")
struct SparklineTests {
  @Test("Falls by levels on a log scale") func fallsByLevelsOnALogScale() {
    let expected = """
      |████▇▇▇▇▆▆▆▆▅▅▅▅▄▄▄▄▃▃▃▃▂▂▂▂▁▁▁▁  |
      """
    #expect(framed(falling, 34, 1, .unicode) == expected)
  }

  @Test("The same in ASCII") func theSameInAscii() {
    let expected = """
      |####%%%%****++++====----....____  |
      """
    #expect(framed(falling, 34, 1, .ascii) == expected)
  }

  @Test("What has no place is marked") func whatHasNoPlaceIsMarked() {
    let expected = """
      |█×▅▾×▴▁   |
      """
    #expect(framed(odd, 10, 1, .unicode) == expected)
  }

  @Test("More values than places: the largest") func moreValuesThanPlacesTheLargest() {
    let expected = """
      |█▇▆▅▄▃▂▁|
      """
    #expect(framed(falling, 8, 1, .unicode) == expected)
  }
}
