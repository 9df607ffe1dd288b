import Screen
import Testing

private let half = Gauge("done", 0.5)
private let unknown = Gauge("done", nil)

@Suite("Gauge")
struct GaugeTests {
  @Test("A share") func aShare() {
    let expected = """
      |done ███████         50%|
      """
    #expect(framed(half, 24, 1, .unicode) == expected)
  }

  @Test("The same in ASCII") func theSameInAscii() {
    let expected = """
      |done #######         50%|
      """
    #expect(framed(half, 24, 1, .ascii) == expected)
  }

  @Test("Undefined has no bar") func undefinedHasNoBar() {
    let expected = """
      |done                   —|
      """
    #expect(framed(unknown, 24, 1, .unicode) == expected)
  }
}
