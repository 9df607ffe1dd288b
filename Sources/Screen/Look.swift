/// What a drawing needs to know beyond its data: theme, terminal, and the dots of plots.
public struct Look: Sendable, Hashable {
  public var theme: Theme
  public var profile: Profile
  public var dots: Dots

  /// `dots` is braille on Unicode and plot characters on ASCII, if not given. A terminal without colours gets the
  /// monochrome theme.
  public init(theme: Theme = .dark, profile: Profile = Profile(), dots: Dots? = nil) {
    self.theme = profile.colors == .mono ? .monochrome : theme.reduced(to: profile.colors)
    self.profile = profile
    self.dots = profile.glyphs == .ascii ? .ascii : dots ?? .braille
  }

  public subscript(role: Theme.Role) -> Style { theme[role] }
}

/// Something that draws itself into a rectangle, of any size, and never outside it.
public protocol Drawable: Sendable {
  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look)
}
