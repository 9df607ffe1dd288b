import Screen
import Testing

private let scrubber = Scrubber(position: 9, last: 14, marks: [.init(3), .init(12, glyph: "!", role: .bad)])

@Suite("Scrubber")
struct ScrubberTests {
  @Test("Position and marks") func positionAndMarks() {
    let expected = """
      |━━━━━━◆━━━━━━━━━━━━●─────!────  9/14|
      """
    #expect(framed(scrubber, 36, 1, .unicode) == expected)
  }

  @Test("The same in ASCII") func theSameInAscii() {
    let expected = """
      |======#============*-----!----  9/14|
      """
    #expect(framed(scrubber, 36, 1, .ascii) == expected)
  }

  @Test("Small") func small() {
    let expected = """
      |━◆━●─|
      """
    #expect(framed(scrubber, 5, 1, .unicode) == expected)
  }
}
