/// How plots draw below the size of a cell.
public enum Dots: Sendable, Hashable, CaseIterable {
  /// Two columns and four rows of dots in a cell.
  case braille
  /// An upper and a lower half.
  case halfBlock
  /// Plot characters chosen by density and slope of the same 2x4 dots that braille shows.
  case ascii

  /// Dots in a cell.
  public var perCell: Size {
    switch self {
    case .braille, .ascii: Size(width: 2, height: 4)
    case .halfBlock: Size(width: 1, height: 2)
    }
  }

  /// The character that shows a cell's dots (bits as in the braille patterns of Unicode).
  func glyph(_ mask: UInt8) -> Unicode.Scalar {
    switch self {
    case .braille: DotGlyph.braille(mask)
    case .ascii: DotGlyph.ascii(mask)
    case .halfBlock: mask == 1 ? "▀" : mask == 2 ? "▄" : "█"
    }
  }
}
