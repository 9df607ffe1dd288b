/// The values of a heat map gathered into the places of the screen, each read once.
struct HeatGrid {
  let width: Int
  let height: Int
  /// Largest number of values that share a place, by rows and columns.
  let gathered: Size
  private(set) var extremes = Extremes()
  private(set) var hasUndefined = false
  private var values: [HeatMap.Place]

  /// `spread`: largest number of places that one row or two columns take where there is more room than values.
  init(_ map: HeatMap, width: Int, height: Int, spread: Int) {
    self.width = Self.places(map.columns, in: width, spread: 4)
    self.height = Self.places(map.rows, in: height, spread: spread)
    self.values = Array(repeating: .outside, count: self.width * self.height)
    self.gathered = Size(
      width: self.width == 0 ? 0 : (map.columns + self.width - 1) / self.width,
      height: self.height == 0 ? 0 : (map.rows + self.height - 1) / self.height)
    for row in 0..<self.height { gather(row, of: map) }
  }

  private mutating func gather(_ row: Int, of map: HeatMap) {
    let units = Self.span(row, of: height, over: map.rows)
    for column in 0..<width {
      let steps = Self.span(column, of: width, over: map.columns)
      values[row * width + column] = peak(units, steps, of: map)
    }
  }

  private mutating func peak(_ units: Range<Int>, _ steps: Range<Int>, of map: HeatMap) -> HeatMap.Place {
    var result: Double?
    var isDefined = true
    if let count = map.count, units.lowerBound * map.columns + steps.lowerBound >= count { return .outside }
    for unit in units {
      for step in steps where unit * map.columns + step < map.count ?? .max {
        guard let value = map.value(unit, step), value.isFinite else {
          isDefined = false
          continue
        }
        extremes.add(value)
        result = result.map { map.coloring.isFarther(value, than: $0) ? value : $0 } ?? value
      }
    }
    if !isDefined { hasUndefined = true }
    return isDefined ? result.map { .value($0) } ?? .undefined : .undefined
  }

  /// What stands at a place.
  subscript(row: Int, column: Int) -> HeatMap.Place {
    guard row < height else { return .outside }
    return values[row * width + column]
  }

  static func places(_ count: Int, in room: Int, spread: Int) -> Int {
    guard count > 0, room > 0 else { return 0 }
    return min(room, count * max(1, min(spread, room / count)))
  }

  /// The indices that share a place.
  static func span(_ place: Int, of places: Int, over count: Int) -> Range<Int> {
    let start = place * count / places
    return start..<max(start + 1, (place + 1) * count / places)
  }

  /// The first place that shows an index.
  static func place(of index: Int, in places: Int, over count: Int) -> Int {
    guard places > 0, count > 0 else { return 0 }
    return places >= count ? index * (places / count) : ((index + 1) * places - 1) / count
  }
}

extension HeatMap {
  /// What stands at a place of the screen.
  enum Place {
    case value(Double)
    case undefined
    case outside

    var isOutside: Bool { if case .outside = self { true } else { false } }
  }
}

extension HeatMap.Coloring {
  fileprivate func isFarther(_ value: Double, than other: Double) -> Bool {
    switch self {
    case .diverging: abs(value) > abs(other)
    case .sequential: value > other
    }
  }
}
