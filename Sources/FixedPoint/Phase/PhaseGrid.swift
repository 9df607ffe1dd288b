/// Places at the middles of equal cells of a phase plane's window.
public struct PhaseGrid: Sendable, Equatable {
  public var plane: PhasePlane
  public var window: PhaseWindow
  public var columns: Int
  public var rows: Int

  public init(plane: PhasePlane, window: PhaseWindow, columns: Int, rows: Int) {
    self.plane = plane
    self.window = window
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  public var count: Int { columns * rows }

  /// The middle of a cell; cells are counted row by row from below.
  public func place(of index: Int) -> PhasePoint {
    let (row, column) = index.quotientAndRemainder(dividingBy: columns)
    return window.place((Double(column) + 0.5) / Double(columns), (Double(row) + 0.5) / Double(rows))
  }

  /// The state at the middle of a cell.
  public func state(of index: Int) -> [Double] { plane.state(at: place(of: index)) }
}
