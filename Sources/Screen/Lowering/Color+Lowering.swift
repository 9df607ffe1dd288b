extension Color {
  /// The nearest colour that a terminal has; `standard` for one without colours.
  func lowered(to colors: Profile.Colors) -> Color {
    switch (self, colors) {
    case (.standard, _), (_, .mono): .standard
    case (.rgb(let red, let green, let blue), .palette256): .palette(Self.nearest256(Int(red), Int(green), Int(blue)))
    case (.rgb(let red, let green, let blue), .sixteen): .palette(Self.nearest(Int(red), Int(green), Int(blue), of: 16))
    case (.rgb(let red, let green, let blue), .eight): .palette(Self.nearest(Int(red), Int(green), Int(blue), of: 8))
    case (.palette(let index), .palette256): .palette(index)
    case (.palette(let index), .sixteen): index < 16 ? self : .standard
    case (.palette(let index), .eight): .palette(index < 16 ? index % 8 : 7)
    }
  }

  /// Black or white, whichever is farther away.
  var contrast: Color {
    guard case .rgb(let red, let green, let blue) = self else { return .standard }
    let luma = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue)
    return luma > 127_500 ? .rgb(0, 0, 0) : .rgb(255, 255, 255)
  }

  /// Nearest of the 6x6x6 cube and the 24 greys (indices 16 to 255, which do not depend on the terminal's theme).
  private static func nearest256(_ red: Int, _ green: Int, _ blue: Int) -> UInt8 {
    let (r, g, b) = (cubeStep(red), cubeStep(green), cubeStep(blue))
    let cube = squared(red - cubeLevel(r), green - cubeLevel(g), blue - cubeLevel(b))
    let step = min(23, max(0, ((red + green + blue) / 3 - 3) / 10))
    let level = 8 + 10 * step
    let grey = squared(red - level, green - level, blue - level)
    return UInt8(grey < cube ? 232 + step : 16 + 36 * r + 6 * g + b)
  }

  /// Index of the nearest cube level (0, 95, 135, 175, 215, 255).
  private static func cubeStep(_ value: Int) -> Int { value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40 }
  private static func cubeLevel(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }

  /// Weighted squared distance: the eye is most sensitive to green.
  private static func squared(_ red: Int, _ green: Int, _ blue: Int) -> Int {
    3 * red * red + 4 * green * green + 2 * blue * blue
  }

  /// Nearest of the first `count` colours. Greys are matched by lightness, colours by hue: a pale or dark orange is
  /// still yellow or red, never grey.
  private static func nearest(_ red: Int, _ green: Int, _ blue: Int, of count: Int) -> UInt8 {
    let high = max(red, green, blue)
    let low = min(red, green, blue)
    guard high - low >= 40 else { return grey(high, of: count) }
    let threshold = (high + low) / 2
    let hue = (red > threshold ? 1 : 0) | (green > threshold ? 2 : 0) | (blue > threshold ? 4 : 0)
    return UInt8(hue + (count == 16 && high >= 176 ? 8 : 0))
  }

  /// Lightness, if the colour has no hue to speak of.
  var grey: Int? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    let high = max(red, green, blue)
    return high - min(red, green, blue) < 40 ? Int(high) : nil
  }

  private static func grey(_ level: Int, of count: Int) -> UInt8 {
    if count == 8 { return level < 96 ? 0 : 7 }
    return level < 48 ? 0 : level < 144 ? 8 : level < 216 ? 7 : 15
  }
}
