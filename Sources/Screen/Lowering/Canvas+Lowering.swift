extension Canvas {
  /// The picture as a terminal with `profile` can show it: palette colours only, ASCII if asked, wide characters whole
  /// or blank. Lowering twice changes nothing.
  public func lowered(to profile: Profile) -> Canvas {
    var result = self
    var last: (from: Style, isBlock: Bool, to: Style) = (.plain, false, .plain)
    for row in 0..<size.height {
      let start = row * size.width
      for column in 0..<size.width {
        let cell = cells[start + column]
        let scalar = mended(start, column)
        let isBlock = (0x2580...0x259F).contains(scalar.value)
        if cell.style != last.from || isBlock != last.isBlock {
          let style = cell.style
          last = (style, isBlock, isBlock ? style.matched(to: profile.colors) : style.lowered(to: profile.colors))
        }
        result.cells[start + column] = Cell(profile.glyphs == .ascii ? AsciiGlyph.of(scalar) : scalar, last.to)
      }
    }
    return result
  }
}

extension Style {
  /// Each colour by itself as the nearest that a terminal has: for block elements, whose two halves may well be equal.
  func matched(to colors: Profile.Colors) -> Style {
    var result = self
    result.foreground = foreground.lowered(to: colors)
    result.background = background.lowered(to: colors)
    return result
  }

  /// The style in the colours of a terminal. What is legible stays legible: two colours that were different and would
  /// become the same get the terminal's contrast instead; with few colours, grey text on the terminal's own background keeps
  /// the terminal's own colour, dimmed, since white or black could be that background.
  public func lowered(to colors: Profile.Colors) -> Style {
    var result = self
    if background == .standard, let grey = foreground.grey, colors == .eight || colors == .sixteen {
      let isMiddle = (48..<168).contains(grey)
      result.foreground = isMiddle && colors == .sixteen ? .palette(8) : .standard
      if isMiddle && colors == .eight { result.attributes.insert(.dim) }
      return result
    }
    result = matched(to: colors)
    if result.foreground == result.background, foreground != background {
      let contrast = [background.contrast, Color.hex(0), .hex(0xFFFFFF)].map { $0.lowered(to: colors) }
      result.foreground = contrast.first { $0 != result.background } ?? result.foreground
    }
    return result
  }
}
