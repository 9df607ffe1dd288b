import FixedPoint
import Screen

/// Units down, steps across: the iterate of every step as colours.
///
/// A run of more steps than there are columns shows evenly chosen steps, the last one among them, so that a frame costs
/// the same however long the run is.
struct ActivationsMap: Drawable {
  private let steps: [Int]
  private let states: [[Double]]
  private let cursor: Int

  /// `width`: cells of the whole drawing, axis and labels included.
  init(run: Run<Network>, cursor: Int, width: Int) {
    let columns = width - String(max(0, run.map.dimension - 1)).count - 1
    let count = min(run.stepCount, max(1, columns))
    steps = (0..<count).map { (index: Int) in ((index + 1) * run.stepCount + count - 1) / count }
    states = steps.map { run.iterate(at: $0) }
    self.cursor = cursor
  }

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) { map.draw(in: rect, on: &canvas, look) }

  /// The step under a cell.
  func step(at point: Point, in rect: Rect) -> Int? { map.column(at: point, in: rect) }

  /// The map for a picture, with no step marked.
  var figure: some Figure {
    var map = map
    map.cursor = nil
    return map
  }

  private var map: HeatMap {
    let states = states
    return HeatMap(
      rows: states.first?.count ?? 0, columns: states.count, columnNumbers: steps, cursor: cursor == 0 ? nil : cursor
    ) { row, column in states[column][row] }
  }
}
