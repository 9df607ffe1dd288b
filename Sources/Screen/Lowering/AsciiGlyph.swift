/// The ASCII character that stands for a scalar.
enum AsciiGlyph {
  static func of(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let value = scalar.value
    switch value {
    case 0x20..<0x7F: return scalar
    case 0..<0x20: return "?"
    case 0xC0..<0x180: return character(latin, value - 0xC0)
    case 0x391...0x3C9: return character(greek, value - 0x391)
    case 0x2500..<0x2580: return boxLine(value)
    case 0x2580..<0x25A0: return character(blocks, value - 0x2580)
    case 0x2800..<0x2900: return DotGlyph.ascii(UInt8(value - 0x2800))
    default: return singles[scalar] ?? "?"
    }
  }

  private static func character(_ table: [Unicode.Scalar], _ index: UInt32) -> Unicode.Scalar {
    Int(index) < table.count ? table[Int(index)] : "?"
  }

  /// Horizontal lines are `-`, dotted ones `.`; vertical `|`; diagonals `/`, `\`, `X`; everything else is a joint.
  private static func boxLine(_ value: UInt32) -> Unicode.Scalar {
    switch value {
    case 0x2500, 0x254C, 0x254D, 0x2574, 0x2576, 0x2578, 0x257A, 0x257C, 0x257E:
      "-"
    case 0x2504, 0x2505, 0x2508, 0x2509: "."
    case 0x2502, 0x2503, 0x2551, 0x2575, 0x2577, 0x2579, 0x257B, 0x257D, 0x257F: "|"
    case 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F: ":"
    case 0x2501, 0x2550: "="
    case 0x2571: "/"
    case 0x2572: "\\"
    case 0x2573: "X"
    default: "+"
    }
  }

  /// U+2580 to U+259F: half and eighth blocks, shades, quadrants.
  private static let blocks = Array("\"_.-=+*%##===...=.=%\"|..'#\\##'/#".unicodeScalars)

  /// U+00C0 to U+017F without their marks.
  private static let latin = Array(
    ("AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
      + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUu"
      + "UuUuUuWwYyYZzZzZzs").unicodeScalars)

  /// U+0391 to U+03C9, the letter each is most often read as.
  private static let greek = Array("ABGDEZHTIKLMNXOPR?STUFCPWIUaehiuabgdezhtiklmnxoprsstufcpw".unicodeScalars)

  private static let singles: [Unicode.Scalar: Unicode.Scalar] = {
    let pairs = """
      ×x ÷/ ·. •* ●* ○o ◦o ◆# ◇o ■# □o ▪# ▫o ▲^ △^ ▴^ ▵^ ▼v ▽v ▾v ▿v ▶> ▷> ▸> ▹> ◀< ◁< ◂< ◃<
      ←< ↑^ →> ↓v ↔= ↕| ↵/ ⏎/ ⇥> ⇤< …~ —- –- −- ‐- ‑- ‘' ’' “" ”" «< »> ‹< ›> ✓+ ✔+ ✗x ✘x ✕x ✖x ★* ☆* °o ±+ ²2 ³3 ¹1
      ½h ≤< ≥> ≠# ≈~ ≡= ∞8 √v ∑S ∏P ∂d ∇V ∈e ∥| ‖| ⋮: ⋯. ¬! ∧& ∨| ℓl ∅0 ␛? ␡?
      """
    var table: [Unicode.Scalar: Unicode.Scalar] = ["\u{A0}": " ", "\u{3000}": " "]
    for pair in pairs.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let scalars = Array(pair.unicodeScalars)
      table[scalars[0]] = scalars[1]
    }
    return table
  }()
}
