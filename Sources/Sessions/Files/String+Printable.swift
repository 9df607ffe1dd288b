extension String {
  /// The text without control characters, which could move a terminal's cursor or break a line, and of bounded length.
  public func printable(atMost count: Int = .max) -> String {
    let isPlain = unicodeScalars.allSatisfy { !$0.isControl }
    if isPlain, count == .max || utf8.count <= count { return self }
    let text = String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }))
    return text.count <= count ? text : text.prefix(count) + "…"
  }
}

extension Unicode.Scalar {
  /// C0, C1 and DEL, and what changes the direction of writing.
  fileprivate var isControl: Bool {
    value < 0x20 || 0x7F...0x9F ~= value || 0x202A...0x202E ~= value || 0x2066...0x2069 ~= value
  }
}
