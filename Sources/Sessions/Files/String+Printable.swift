extension String {
  /// The text as it may reach a terminal, a title, a table or a recording, and of bounded length.
  ///
  /// U+FFFD stands for what could move a cursor, break a line, change the direction of writing, or hide; marks on one
  /// letter beyond ``mostMarks`` are left out.
  public func printable(atMost count: Int = .max) -> String {
    if utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return utf8.count <= count ? self : prefix(count) + "…" }
    var scalars = String.UnicodeScalarView()
    var marks = 0
    for scalar in unicodeScalars {
      marks = scalar.isMark ? marks + 1 : 0
      if marks <= Self.mostMarks { scalars.append(scalar.isHostile ? "\u{FFFD}" : scalar) }
    }
    let text = String(scalars)
    return text.count <= count ? text : text.prefix(count) + "…"
  }

  /// The most marks on one letter: no writing needs more.
  private static var mostMarks: Int { 4 }

  /// ``printable(atMost:)`` as a cell of a Markdown table.
  public var tableCell: String { printable().replacing("|", with: "\\|") }
}

extension Unicode.Scalar {
  /// C0, C1 and DEL; separators of lines; what changes the direction of writing, has no width, or tags. Selectors of a
  /// picture's form are none of these.
  fileprivate var isHostile: Bool {
    if value < 0x7F { return value < 0x20 }
    if 0xFE00...0xFE0F ~= value { return false }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
    default: return properties.isDefaultIgnorableCodePoint
    }
  }

  fileprivate var isMark: Bool {
    guard value >= 0x300 else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return true
    default: return false
    }
  }
}
