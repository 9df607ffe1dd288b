/// A grid of cells: a value to draw into, compare, and print.
///
/// Drawing clips to ``clip``; nothing outside it is changed.
public struct Canvas: Sendable, Equatable {
  public struct Cell: Sendable, Hashable {
    /// The character shown; a wide character is followed by a cell with ``continuation``.
    public var scalar: Unicode.Scalar
    public var style: Style

    public init(_ scalar: Unicode.Scalar = " ", _ style: Style = .plain) {
      self.scalar = scalar
      self.style = style
    }

    /// Marks the second cell of a wide character.
    public static let continuation = Unicode.Scalar(0)
  }

  public let size: Size
  /// Row by row.
  public internal(set) var cells: [Cell]

  public init(size: Size) {
    self.size = size
    self.cells = Array(repeating: Cell(), count: max(0, size.width) * max(0, size.height))
  }
}
