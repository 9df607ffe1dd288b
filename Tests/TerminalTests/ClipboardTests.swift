import Testing

@testable import Terminal

struct ClipboardTests {
  /// Source: RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func base64(_ text: String, _ encoded: String) { #expect(Clipboard.base64(Array(text.utf8)) == encoded) }

  @Test func multiplexersPassItOn() {
    let request = "\u{1B}]52;c;Zm9v\u{7}"
    #expect(Clipboard.sequences("foo", inside: nil) == [request])
    #expect(Clipboard.sequences("foo", inside: .tmux) == [request, "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zm9v\u{7}\u{1B}\\"])
    #expect(Clipboard.sequences("foo", inside: .screen) == ["\u{1B}P\(request)\u{1B}\\"])
    let long = Clipboard.sequences(String(repeating: "x", count: 3000), inside: .screen)
    #expect(long.count > 1 && long.allSatisfy { $0.utf8.count <= 768 })
  }

  @Test func titlesCannotHoldCommands() {
    #expect(WindowTitle.sequence("a\u{7}\u{1B}]52;c;\u{9C}b") == "\u{1B}]2;a]52;c;b\u{7}")
  }
}
