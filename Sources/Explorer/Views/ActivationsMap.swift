import FixedPoint
import Screen

/// Units down, steps across: the iterate of every step as colours.
///
/// Where there are more steps than columns evenly chosen ones are shown, the last one among them, so that a frame costs
/// the same however long the run is.
struct ActivationsMap: Drawable {
  private let units: [Int]
  private let steps: [Int]
  private let states: [[Double]]
  private let cursor: Int?
  private let unit: Int

  /// `width`: cells of the whole drawing, axis and labels included.
  init(_ watch: Watch, width: Int) {
    let count = watch.run.map.dimension
    units = watch.units.showsMarkedOnly ? watch.units.marked : Array(0..<count)
    steps = watch.sampledSteps(atMost: width - String(max(0, count - 1)).count - 1)
    states = steps.map { watch.run.iterate(at: $0) }
    (cursor, unit) = (watch.shownCursor, watch.unit)
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

  /// The unit under a cell.
  func unit(at point: Point, in rect: Rect, _ profile: Profile) -> Int? {
    map.row(at: point, in: rect, profile).map { units[$0] }
  }

  private var map: HeatMap {
    let (states, units) = (states, units)
    return HeatMap(
      rows: states.isEmpty ? 0 : units.count, columns: states.count, columnNumbers: steps, rowNumbers: units,
      cursor: cursor == 0 ? nil : cursor, rowCursor: units.firstIndex(of: unit)
    ) { row, column in states[column][units[row]] }
  }
}
