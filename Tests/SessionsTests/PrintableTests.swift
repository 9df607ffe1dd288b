import Testing

@testable import Sessions

@Suite("Texts that reach a terminal")
struct PrintableTests {
  @Test(
    "What moves the cursor, turns the writing or hides becomes U+FFFD",
    arguments: [
      "\u{1B}", "\u{7}", "\n", "\u{7F}", "\u{9B}", "\u{85}", "\u{61C}", "\u{200B}", "\u{200E}", "\u{2028}",
      "\u{2029}", "\u{202E}", "\u{2060}", "\u{2066}", "\u{2069}", "\u{FEFF}", "\u{E0041}", "\u{AD}", "\u{3164}",
    ])
  func hostile(_ text: String) {
    #expect(Array(("a" + text + "b").printable().unicodeScalars) == ["a", "\u{FFFD}", "b"])
  }

  @Test("Other texts stay as they are", arguments: ["plain", "é", "e\u{301}\u{323}", "日本", "⚠\u{FE0F}", "ﬀ ± λ"])
  func plain(_ text: String) { #expect(Array(text.printable().utf8) == Array(text.utf8)) }

  @Test("Marks on one letter are few, and a text is cut")
  func floods() {
    let text = "a" + String(repeating: "\u{301}", count: 500) + "b"
    #expect(text.printable().unicodeScalars.count == 6)
    #expect("abcdef".printable(atMost: 3) == "abc…")
  }

  @Test("A cell of a table holds neither an end of line nor of a cell")
  func cells() { #expect("|x\ny".tableCell == "\\|x\u{FFFD}y") }

  @Test("JSON writes C1 controls and DEL as escapes that read back to the same")
  func json() throws {
    let text = "a\u{9B}\u{7F}\u{80}\u{9F}\u{A0}é\u{FFFD}"
    let written = JSON(text).lineText
    #expect(written == #""a\u009b\u007f\u0080\u009f"# + "\u{A0}é\u{FFFD}\"")
    #expect(try JSON(parsing: written) == JSON(text))
  }
}
