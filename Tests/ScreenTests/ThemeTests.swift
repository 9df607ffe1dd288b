import Screen
import Testing

@Suite("Theme")
struct ThemeTests {
  /// Relative luminance. Source: WCAG 2.1.
  private func luminance(_ color: Color) -> Double? {
    guard case .rgb(let red, let green, let blue) = color else { return nil }
    func linear(_ value: UInt8) -> Double {
      let share = Double(value) / 255
      // A power of 2.2 is within 1% of the piecewise curve; computed as share^2 * share^0.2 by fifth roots.
      var root = share
      for _ in 0..<60 where share > 0 {
        root -= (root * root * root * root * root - share) / (5 * root * root * root * root)
      }
      return share * share * root
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  @Test("Text roles stand out from the background they are made for")
  func contrast() throws {
    for role in Theme.Role.allCases where role != .frozen {
      if let dark = luminance(Theme.dark[role].foreground) { #expect((dark + 0.05) / 0.05 >= 4.5, "\(role) on black") }
      if let light = luminance(Theme.light[role].foreground) {
        #expect(1.05 / (light + 0.05) >= 4.5, "\(role) on white")
      }
    }
  }

  @Test("Series are told apart", arguments: [Theme.dark, .light])
  func series(_ theme: Theme) {
    #expect(Set((0..<8).map { theme[.series($0)] }).count == 8)
    #expect(Theme.Role.series(8) == .series1 && Theme.Role.series(-1) == .series8)
  }

  @Test("Judgements have different shapes, in ASCII too")
  func shapes() {
    let shapes = [Theme.Role.good, .warning, .bad, .neutral, .undefined].compactMap(\.shape)
    var canvas = Canvas(size: Size(width: 5, height: 1))
    for (x, shape) in shapes.enumerated() { canvas.put(shape, at: x, 0) }
    #expect(Set(shapes).count == 5)
    #expect(Set(canvas.lowered(to: Profile(colors: .mono, glyphs: .ascii)).text).count == 5)
  }

  @Test("Monochrome has no colours")
  func monochrome() {
    for role in Theme.Role.allCases {
      let style = Theme.monochrome[role]
      #expect(style.foreground == .standard && style.background == .standard)
    }
    #expect(Look(theme: .dark, profile: Profile(colors: .mono)).theme == .monochrome)
  }

  @Test("Palettes end at their ends, and clamp")
  func palettes() {
    let palette = Palette([0x000000, 0x640000, 0x6400C8])
    #expect(palette.color(at: 0) == .rgb(0, 0, 0) && palette.color(at: -3) == .rgb(0, 0, 0))
    #expect(palette.color(at: 0.25) == .rgb(50, 0, 0) && palette.color(at: 0.75) == .rgb(100, 0, 100))
    #expect(palette.color(at: 1) == .rgb(100, 0, 200) && palette.color(at: 9) == .rgb(100, 0, 200))
    #expect(Palette([0x010203]).color(at: 0.5) == .rgb(1, 2, 3))
  }

  @Test("The ends of the diverging palette differ in hue and match in lightness")
  func diverging() throws {
    let low = try #require(luminance(Palette.blueOrange.color(at: 0)))
    let high = try #require(luminance(Palette.blueOrange.color(at: 1)))
    #expect(abs(low - high) < 0.1)
  }

  @Test("Sequential palettes rise in lightness", arguments: [Palette.cividis, .viridis])
  func sequential(_ palette: Palette) {
    let levels = (0...20).compactMap { luminance(palette.color(at: Double($0) / 20)) }
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 })
  }
}
