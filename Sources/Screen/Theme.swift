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

  /// The series on a terminal of 8 colours, and on one of 16; empty where they have none.
  private let eight, sixteen: [UInt8]

  public init(
    diverging: Palette, sequential: Palette, ink: Color = .hex(0x000000), paper: Color = .hex(0xFFFFFF),
    eight: [UInt8] = [], sixteen: [UInt8] = [], _ style: (Role) -> Style
  ) {
    (self.eight, self.sixteen) = (eight, sixteen)
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

  /// The theme for a terminal with so many colours: of few, each series gets one of its own as long as there are any,
  /// rather than the nearest, which several would share.
  func reduced(to colors: Profile.Colors) -> Theme {
    let few = colors == .eight ? eight : colors == .sixteen ? sixteen : []
    guard !few.isEmpty else { return self }
    var reduced = self
    for index in 0..<8 { reduced[.series(index)].foreground = .palette(few[index % few.count]) }
    return reduced
  }

  /// The name of the first role with this look, or its parts.
  public func name(of style: Style) -> String {
    if let role = Role.allCases.first(where: { self[$0] == style }) { return "\(role)" }
    return "\(style.foreground) on \(style.background) \(style.attributes.rawValue)"
  }
}

extension Theme {
  /// For dark backgrounds. The series are colours of the 256 that are told apart with every kind of colour vision.
  public static let dark = Theme(
    diverging: .blueOrange, sequential: .viridis, ink: .hex(0xE8EAEC), paper: .hex(0x101418),
    eight: [6, 3, 5, 1, 7, 2, 4],
    sixteen: [14, 11, 13, 9, 15, 10, 12, 8]
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
  public static let light = Theme(
    diverging: .blueOrange, sequential: .cividis, eight: [4, 1, 0, 5, 6, 2, 3], sixteen: [4, 1, 0, 5, 6, 2, 8, 3]
  ) { role in
    switch role {
    case .text, .number: .plain
    case .dim, .border, .level: Style(.hex(0x70767C))
    case .title: .attributed(.bold)
    case .focus: Style(.hex(0x004A9F)).with(.bold)
    case .selection: .attributed(.reverse)
    case .key: Style(.hex(0x0060A8)).with(.bold)
    case .good: Style(.hex(0x005FD7))
    case .warning: Style(.hex(0x876A00))
    case .bad: Style(.hex(0x870000)).with(.bold)
    case .neutral: Style(.hex(0x60666C))
    case .undefined: Style(.hex(0xA0408C))
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
    0x5FAFFF, 0xD78700, 0x5FFF87, 0xFFFFFF, 0xAF87AF, 0xFF005F, 0x875FFF, 0xAFFF00,
  ]
  private static let seriesOnLight: [UInt32] = [
    0x005FFF, 0xAF5F00, 0x00855F, 0x5F005F, 0x870000, 0x000087, 0x875FAF, 0x000000,
  ]
}

extension Color {
  /// A colour from 0xRRGGBB.
  public static func hex(_ value: UInt32) -> Color {
    .rgb(UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }
}
