/// The control sequence that names the terminal's window.
enum WindowTitle {
  /// Control characters are left out, so that a title cannot say anything else to the terminal.
  static func sequence(_ title: String) -> String {
    let shown = title.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
    return "\u{1B}]2;\(String(String.UnicodeScalarView(shown)))\u{7}"
  }
}
