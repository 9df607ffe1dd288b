/// Number of terminal cells that characters take.
public enum DisplayWidth {
  /// Cells of one scalar: 0 for marks and format characters that join what stands before them, 2 for East Asian wide
  /// and emoji, otherwise 1. Control characters count 1, since a canvas shows a picture of them.
  ///
  /// Source: Unicode Standard Annex 11 (classes W and F), general categories Mn, Me, Cf.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 || (0x2500...0x25FC).contains(value) || (0x2800...0x28FF).contains(value) { return 1 }
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    case .unassigned where !isWide(value): return 1
    default: return isWide(value) || scalar.properties.isEmojiPresentation && !isRegional(value) ? 2 : 1
    }
  }

  /// Cells of a text, as ``Canvas`` writes it.
  public static func of(_ text: String) -> Int {
    var width = 0
    var glyphs = Glyphs(text)
    while let glyph = glyphs.next() { width += glyph.width }
    return width
  }

  /// The longest beginning of a text that fits, with `…` in its last cell if something was cut.
  public static func truncate(_ text: String, to limit: Int) -> String {
    guard of(text) > limit else { return text }
    guard limit > 0 else { return "" }
    var kept = String.UnicodeScalarView()
    var width = 0
    var glyphs = Glyphs(text)
    while let glyph = glyphs.next(), width + glyph.width < limit {
      kept.append(glyph.scalar)
      width += glyph.width
    }
    return String(kept) + "…"
  }

  /// A text filled with blanks to a width, or cut to it.
  public static func pad(_ text: String, to width: Int, _ alignment: Alignment = .left) -> String {
    let cut = truncate(text, to: width)
    let room = max(0, width - of(cut))
    let before = alignment.offset(in: room)
    return String(repeating: " ", count: before) + cut + String(repeating: " ", count: room - before)
  }

  static func isRegional(_ value: UInt32) -> Bool { (0x1F1E6...0x1F1FF).contains(value) }

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    var low = 0
    var high = wide.count
    while low < high {
      let middle = (low + high) / 2
      if wide[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < wide.count && wide[low].contains(value)
  }

  /// East Asian wide and full width, without the emoji that ``Unicode/Scalar/Properties`` knows.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5, 0x2FF0...0x303E,
    0x3041...0x3096, 0x3099...0x30FF, 0x3105...0x312F, 0x3131...0x318E, 0x3190...0x31E3, 0x31EF...0x321E,
    0x3220...0x3247, 0x3250...0x4DBF, 0x4E00...0xA48C, 0xA490...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE52, 0xFE54...0xFE66, 0xFE68...0xFE6B, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x16FE3, 0x16FF0...0x16FF1, 0x17000...0x187F7, 0x18800...0x18CD5, 0x18D00...0x18D08,
    0x1AFF0...0x1AFF3, 0x1AFF5...0x1AFFB, 0x1AFFD...0x1AFFE, 0x1B000...0x1B122, 0x1B150...0x1B152, 0x1B164...0x1B167,
    0x1B170...0x1B2FB, 0x1F200...0x1F202, 0x1F210...0x1F23B, 0x1F240...0x1F248, 0x1F250...0x1F251, 0x1F260...0x1F265,
    0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}

/// Where a text stands in the room it has.
public enum Alignment: Sendable, Hashable {
  case left
  case center
  case right

  func offset(in room: Int) -> Int {
    switch self {
    case .left: 0
    case .center: room / 2
    case .right: room
    }
  }
}
