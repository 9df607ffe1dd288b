/// What the parts of a screen look like, by role.
public struct Theme: Sendable, Hashable {
  public enum Role: Int, Sendable, Hashable, CaseIterable {
    case text, dim, border, title, focus, selection, key, number
    case good, warning, bad, neutral, undefined, cursor, level, frozen
    case series1, series2, series3, series4, series5, series6, series7, series8

    /// The role of the i-th series, from 0; after the eighth they repeat.
    public static func series(_ index: Int) -> Role {
      Role(rawValue: Role.series1.rawValue + ((index % 8) + 8) % 8) ?? .series1
    }

    /// The shape that stands beside a judgement, so that it does not hang on colour.
    public var shape: Unicode.Scalar? {
      switch self {
      case .good: "✓"
      case .warning: "!"
      case .bad: "✗"
      case .neutral: "·"
      case .undefined: "?"
      default: nil
      }
    }
  }

  private var styles: [Style]
  /// For values around 0.
  public var diverging: Palette
  /// For values from small to large.
  public var sequential: Palette
  /// Stands for the terminal's own foreground in pictures that are no terminal.
  public var ink: Color
  /// The background of such pictures.
  public var paper: Color

  public init(
    diverging: Palette, sequential: Palette, ink: Color = .hex(0x000000), paper: Color = .hex(0xFFFFFF),
    _ style: (Role) -> Style
  ) {
    self.diverging = diverging
    self.sequential = sequential
    self.ink = ink
    self.paper = paper
    self.styles = Role.allCases.map(style)
  }

  public subscript(role: Role) -> Style {
    get { styles[role.rawValue] }
    set { styles[role.rawValue] = newValue }
  }

  /// The name of the first role with this look, or its parts.
  public func name(of style: Style) -> String {
    if let role = Role.allCases.first(where: { self[$0] == style }) { return "\(role)" }
    return "\(style.foreground) on \(style.background) \(style.attributes.rawValue)"
  }
}

extension Theme {
  /// For dark backgrounds. Series colours after Okabe and Ito, told apart with every kind of colour vision.
  public static let dark = Theme(
    diverging: .blueOrange, sequential: .viridis, ink: .hex(0xE8EAEC), paper: .hex(0x101418)
  ) { role in
    switch role {
    case .text, .number: .plain
    case .dim, .border, .level: Style(.hex(0x808890))
    case .title: .attributed(.bold)
    case .focus: Style(.hex(0xF0E442)).with(.bold)
    case .selection: .attributed(.reverse)
    case .key: Style(.hex(0x56B4E9)).with(.bold)
    case .good: Style(.hex(0x56B4E9))
    case .warning: Style(.hex(0xF0E442))
    case .bad: Style(.hex(0xE66100)).with(.bold)
    case .neutral: Style(.hex(0xA0A8B0))
    case .undefined: Style(.hex(0xCC79A7))
    case .cursor: Style(.hex(0xFFFFFF)).with(.bold)
    case .frozen: Style(.hex(0x6C7680)).with(.dim)
    default: Style(.hex(seriesOnDark[role.rawValue - Role.series1.rawValue]))
    }
  }

  /// For light backgrounds.
  public static let light = Theme(diverging: .blueOrange, sequential: .cividis) { role in
    switch role {
    case .text, .number: .plain
    case .dim, .border, .level: Style(.hex(0x70767C))
    case .title: .attributed(.bold)
    case .focus: Style(.hex(0x004A9F)).with(.bold)
    case .selection: .attributed(.reverse)
    case .key: Style(.hex(0x0060A8)).with(.bold)
    case .good: Style(.hex(0x0060A8))
    case .warning: Style(.hex(0x8A6100))
    case .bad: Style(.hex(0xB84A00)).with(.bold)
    case .neutral: Style(.hex(0x60666C))
    case .undefined: Style(.hex(0x9A4478))
    case .cursor: Style(.hex(0x000000)).with(.bold)
    case .frozen: Style(.hex(0x8C9298)).with(.dim)
    default: Style(.hex(seriesOnLight[role.rawValue - Role.series1.rawValue]))
    }
  }

  /// Without colours: bold, dim, underline and reverse only; values as greys.
  public static let monochrome = Theme(diverging: .grey, sequential: .grey) { role in
    switch role {
    case .title, .focus, .key, .bad, .cursor: .attributed(.bold)
    case .selection: .attributed(.reverse)
    case .dim, .border, .level, .frozen: .attributed(.dim)
    case .warning: .attributed(.underline)
    default: .plain
    }
  }

  private static let seriesOnDark: [UInt32] = [
    0x56B4E9, 0xE69F00, 0x2FC79A, 0xF0E442, 0xD87CB0, 0xE66100, 0x6F94FF, 0xC0C0C0,
  ]
  private static let seriesOnLight: [UInt32] = [
    0x0072B2, 0xB85A00, 0x00785A, 0x8A3FA0, 0x8A6D00, 0xA03050, 0x3A50C0, 0x505050,
  ]
}

extension Color {
  /// A colour from 0xRRGGBB.
  public static func hex(_ value: UInt32) -> Color {
    .rgb(UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }
}
