/// A colour as the canvas knows it, before it is lowered to what the terminal can show.
public enum Color: Sendable, Hashable {
  /// The terminal's own foreground or background.
  case standard
  /// 24-bit colour; lowered to 256, 16 or 8 colours, or dropped, by ``Profile``.
  case rgb(UInt8, UInt8, UInt8)
  /// An index into the terminal's palette of 8, 16 or 256 colours: what lowering leaves of ``rgb(_:_:_:)``.
  case palette(UInt8)
}

/// Look of one cell.
public struct Style: Sendable, Hashable {
  public struct Attributes: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let underline = Attributes(rawValue: 4)
    public static let reverse = Attributes(rawValue: 8)
  }

  public var foreground: Color
  public var background: Color
  public var attributes: Attributes

  public init(_ foreground: Color = .standard, on background: Color = .standard, _ attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  public static let plain = Style()

  /// The same with more attributes.
  public func with(_ more: Attributes) -> Style { Style(foreground, on: background, attributes.union(more)) }

  /// Attributes on the terminal's own colours.
  static func attributed(_ attributes: Attributes) -> Style { Style(.standard, on: .standard, attributes) }
}
