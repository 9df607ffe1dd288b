/// The characters of a text as cells show them: one scalar and its width each.
///
/// Marks, joiners and what is joined (skin tones, the later parts of an emoji sequence, the second half of a flag) are
/// left out, since a cell holds one scalar; control characters become their pictures.
struct Glyphs {
  private var scalars: String.UnicodeScalarView.Iterator
  private var joins = false
  private var afterRegional = false

  init(_ text: String) { scalars = text.unicodeScalars.makeIterator() }

  mutating func next() -> (scalar: Unicode.Scalar, width: Int)? {
    while let scalar = scalars.next() {
      if scalar.value >= 0x20 && scalar.value < 0x7F {
        (joins, afterRegional) = (false, false)
        return (scalar, 1)
      }
      if let glyph = glyph(scalar) { return glyph }
    }
    return nil
  }

  private mutating func glyph(_ scalar: Unicode.Scalar) -> (scalar: Unicode.Scalar, width: Int)? {
    let value = scalar.value
    if value == 0x200D {
      joins = true
      return nil
    }
    let secondOfFlag = afterRegional && DisplayWidth.isRegional(value)
    let width = DisplayWidth.of(scalar)
    if width == 0 || secondOfFlag || joins || (0x1F3FB...0x1F3FF).contains(value) {
      if width > 0 { (joins, afterRegional) = (false, false) }
      return nil
    }
    afterRegional = DisplayWidth.isRegional(value)
    return (picture(scalar), width)
  }

  private func picture(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09: " "
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "?"
    case 0x7F: "␡"
    case 0x80..<0xA0: "\u{FFFD}"
    default: scalar
    }
  }
}
