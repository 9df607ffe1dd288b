import Screen
import Testing

private let footer = Footer([
  .init("space", "step", priority: 9), .init("r", "run", priority: 8), .init("←/→", "scrub"), .init("b", "branch"),
  .init("q", "quit", priority: 10),
])

@Suite("Footer")
struct FooterTests {
  @Test("All items") func allItems() {
    let expected = """
      | space step   r run   ←/→ scrub   b branch   q quit         |
      """
    #expect(framed(footer, 60, 1, .unicode) == expected)
  }

  @Test("The most important that fit") func theMostImportantThatFit() {
    let expected = """
      | space step   r run   q quit      |
      """
    #expect(framed(footer, 34, 1, .unicode) == expected)
  }

  @Test("The same in ASCII") func theSameInAscii() {
    let expected = """
      | space step   r run   </> scrub   b branch   q quit         |
      """
    #expect(framed(footer, 60, 1, .ascii) == expected)
  }
}
