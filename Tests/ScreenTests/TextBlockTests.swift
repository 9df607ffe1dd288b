import Screen
import Testing

private let prose = TextBlock(
  "A fixed point is a state that the map leaves where it is.\n\n  Indented 日本語 stays indented.\nAverylongwordthatdoesnotfit"
)
private let scrolled = TextBlock(prose.text, offset: 2)

@Suite("Text block")
struct TextBlockTests {
  @Test("Wraps at words") func wrapsAtWords() {
    let expected = """
      |A fixed point is a    |
      |state that the map    |
      |leaves where it is.   |
      |                      |
      |  Indented 日本語     |
      |  stays indented.     |
      |Averylongwordthatdoesn|
      |otfit                 |
      |                      |
      """
    #expect(framed(prose, 22, 9, .unicode) == expected)
  }

  @Test("Scrolls") func scrolls() {
    let expected = """
      |leaves where it is.  │|
      |                     █|
      |  Indented 日本語    █|
      |  stays indented.    │|
      """
    #expect(framed(scrolled, 22, 4, .unicode) == expected)
  }

  @Test("ASCII has no wide characters") func asciiHasNoWideCharacters() {
    let expected = """
      |A fixed point is a    |
      |state that the map    |
      |leaves where it is.   |
      |                      |
      |  Indented ??????     |
      |  stays indented.     |
      |Averylongwordthatdoesn|
      |otfit                 |
      |                      |
      """
    #expect(framed(prose, 22, 9, .ascii) == expected)
  }
}
