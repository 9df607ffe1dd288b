/// How a person wants to see things; no part of any session.
public struct Settings: Sendable, Equatable {
  public var theme = ThemeName.dark
  public var mouse = true
  public var plainGlyphs = false

  public init() {}
}

/// The colour themes, in the order in which the key goes through them.
public enum ThemeName: String, Sendable, CaseIterable {
  case dark, light, monochrome

  var next: ThemeName {
    switch self {
    case .dark: .light
    case .light: .monochrome
    case .monochrome: .dark
    }
  }
}
