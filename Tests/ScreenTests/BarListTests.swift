import Screen
import Testing

private let bars = BarList([.init("alpha", 3), .init("a long label", -1.5), .init("none", nil), .init("tiny", 1e-9)])

@Suite("Bar list")
struct BarListTests {
  @Test("Bars with values") func barsWithValues() {
    let expected = """
      |alpha        ██████████████████     3.00|
      |a long label █████████             -1.50|
      |none                                   —|
      |tiny         ▏                  1.00e-09|
      """
    #expect(framed(bars, 40, 4, .unicode) == expected)
  }

  @Test("The same in ASCII") func theSameInAscii() {
    let expected = """
      |alpha        ##################     3.00|
      |a long label #########             -1.50|
      |none                                   -|
      |tiny         .                  1.00e-09|
      """
    #expect(framed(bars, 40, 4, .ascii) == expected)
  }

  @Test("Small") func small() {
    let expected = """
      |al… █ 3.…|
      |a … ▌ -1…|
      """
    #expect(framed(bars, 9, 2, .unicode) == expected)
  }
}
