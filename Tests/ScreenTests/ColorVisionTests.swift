import TestSupport
import Testing

@testable import Screen

/// Colours that must be told apart are, with every kind of colour vision, on terminals of 256, 16 and 8 colours.
struct ColorVisionTests {
  private static let themes = [Theme.dark, .light]

  /// The colours of roles as a terminal shows them.
  private func colors(_ roles: [Theme.Role], _ theme: Theme, on colors: Profile.Colors) -> [Color] {
    roles.map { Look(theme: theme, profile: Profile(colors: colors))[$0].foreground.lowered(to: colors) }
  }

  private func expectApart(_ colors: [Color], by least: Double, _ comment: String) {
    for vision in ColorVision.allCases {
      for second in colors.indices {
        for first in 0..<second {
          let distance = vision.distance(colors[first], colors[second])
          #expect(distance >= least, "\(comment): \(first + 1) and \(second + 1), \(vision)")
        }
      }
    }
  }

  @Test func distancesAreThoseOfTheDefinition() {
    // Black and white are 100 apart in lightness; red and green of one lightness nearly meet for a protanope.
    for vision in ColorVision.allCases { #expect(abs(vision.distance(.hex(0), .hex(0xFFFFFF)) - 100) < 0.01) }
    #expect(ColorVision.all.distance(.hex(0x8A6100), .hex(0xB84A00)) > 30)
    #expect(ColorVision.protanopia.distance(.hex(0x8A6100), .hex(0xB84A00)) < 4)
  }

  @Test(arguments: themes) func eightSeriesAreToldApartIn256Colours(_ theme: Theme) {
    let series = (0..<8).map { Theme.Role.series($0) }
    expectApart(colors(series, theme, on: .palette256), by: 24, "series")
    expectApart(series.map { theme[$0].foreground }, by: 24, "series as they are meant")
  }

  @Test(arguments: themes) func judgementsAreToldApart(_ theme: Theme) {
    let roles = [Theme.Role.good, .warning, .bad, .undefined]
    expectApart(roles.map { theme[$0].foreground }, by: 19, "judgements")
  }

  /// Of eight colours some always meet for some people: the first four series do not.
  @Test(arguments: themes, [Profile.Colors.eight, .sixteen]) func fourSeriesAreToldApartInFewColours(
    _ theme: Theme, _ few: Profile.Colors
  ) {
    expectApart(colors((0..<4).map { .series($0) }, theme, on: few), by: 30, "\(few)")
    let all = Set(colors((0..<8).map { .series($0) }, theme, on: few))
    #expect(all.count == (few == .eight ? 7 : 8))
  }
}
