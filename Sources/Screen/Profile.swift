/// What a terminal can show.
public struct Profile: Sendable, Hashable {
  public enum Colors: Sendable, Hashable, CaseIterable { case mono, eight, sixteen, palette256 }
  public enum Glyphs: Sendable, Hashable, CaseIterable { case ascii, unicode }

  public var colors: Colors
  public var glyphs: Glyphs

  public init(colors: Colors = .palette256, glyphs: Glyphs = .unicode) {
    self.colors = colors
    self.glyphs = glyphs
  }
}
