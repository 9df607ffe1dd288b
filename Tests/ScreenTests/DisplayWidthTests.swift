import Screen
import Testing

@Suite("Display width")
struct DisplayWidthTests {
  // Expected widths: East Asian Width and general category of the Unicode character database.
  @Test(
    "Scalars",
    arguments: [
      ("a", 1), ("é", 1), ("─", 1), ("⣿", 1), ("█", 1), ("—", 1), ("…", 1), ("ρ", 1), ("Ж", 1), ("א", 1), ("ⓐ", 1),
      ("\u{301}", 0), ("\u{200B}", 0), ("\u{200D}", 0), ("\u{FE0F}", 0), ("\u{20DD}", 0), ("\u{1160}", 0),
      ("\u{202E}", 0),
      ("日", 2), ("あ", 2), ("한", 2), ("\u{1100}", 2), ("Ａ", 2), ("，", 2), ("｡", 1), ("　", 2), ("😀", 2), ("⌚", 2),
      ("✅", 2), ("✔", 1), ("☃", 1), ("⚡", 2), ("𠀀", 2), ("🀄", 2), ("🂡", 1), ("\u{378}", 1),
    ] as [(Unicode.Scalar, Int)])
  func scalars(_ scalar: Unicode.Scalar, _ width: Int) { #expect(DisplayWidth.of(scalar) == width) }

  @Test("Texts", arguments: [("", 0), ("abc", 3), ("e\u{301}", 1), ("日本", 4), ("👩‍👩‍👧", 2), ("a\u{1B}b", 3)])
  func texts(_ text: String, _ width: Int) { #expect(DisplayWidth.of(text) == width) }

  @Test(
    "Cut to a width, with an ellipsis",
    arguments: [
      ("abcdef", 4, "abc…"), ("abc", 3, "abc"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("ab", 1, "…"), ("ab", 0, ""),
    ])
  func truncates(_ text: String, _ width: Int, _ expected: String) {
    #expect(DisplayWidth.truncate(text, to: width) == expected)
  }

  @Test("Filled to a width")
  func pads() {
    #expect(DisplayWidth.pad("ab", to: 5) == "ab   ")
    #expect(DisplayWidth.pad("ab", to: 5, .right) == "   ab")
    #expect(DisplayWidth.pad("ab", to: 5, .center) == " ab  ")
    #expect(DisplayWidth.pad("abc", to: 2) == "a…")
  }
}
