import FixedPoint

/// Which units the watch screen shows, and in which order.
struct UnitSelection: Sendable, Equatable {
  var order = UnitOrder.index
  /// The unit under the cursor; `nil` for the first of the list, whichever it is at a step.
  var chosen: Int?
  /// Ascending.
  private(set) var marked: [Int] = []
  var showsMarkedOnly = false
  /// First row shown of the list.
  var offset = 0

  mutating func toggleMark(_ unit: Int) {
    if let index = marked.firstIndex(of: unit) {
      marked.remove(at: index)
    } else {
      marked = (marked + [unit]).sorted()
    }
    if marked.isEmpty { showsMarkedOnly = false }
  }

  mutating func mark(_ unit: Int) { if !marked.contains(unit) { toggleMark(unit) } }

  mutating func unmarkAll() { (marked, showsMarkedOnly) = ([], false) }
}

/// In which order the units are listed.
enum UnitOrder: Int, Sendable, CaseIterable {
  case index, residual, value

  var next: UnitOrder { UnitOrder(rawValue: (rawValue + 1) % UnitOrder.allCases.count) ?? .index }

  var text: String {
    switch self {
    case .index: "by index"
    case .residual: "by residual"
    case .value: "by value"
    }
  }
}

extension Watch {
  /// f(z) - z at the cursor, unit by unit; `nil` before the first step, when f has not been evaluated.
  var residuals: [Double]? {
    cursor == 0 ? nil : zip(run.image(at: cursor), run.iterate(at: cursor)).map { $0 - $1 }
  }

  /// The units that are listed, in their order: the largest first, and before them those that are not finite.
  var listedUnits: [Int] {
    let shown = units.showsMarkedOnly ? units.marked : Array(0..<run.map.dimension)
    switch units.order {
    case .index: return shown
    case .residual: return residuals.map { Self.sorted(shown, by: $0.map(abs)) } ?? shown
    case .value: return Self.sorted(shown, by: run.iterate(at: cursor))
    }
  }

  private static func sorted(_ shown: [Int], by key: [Double]) -> [Int] {
    let keys = key.map { $0.isFinite ? $0 : .infinity }
    return shown.sorted { (keys[$0], $1) > (keys[$1], $0) }
  }

  /// The unit under the cursor.
  var unit: Int {
    if let chosen = units.chosen, !units.showsMarkedOnly || units.marked.contains(chosen) { return chosen }
    return listedUnits.first ?? 0
  }

  /// The unit with the largest residual at the cursor; one that is not finite before all others.
  var worstUnit: Int? { residuals.flatMap { Self.sorted(Array($0.indices), by: $0.map(abs)).first } }

  /// The units whose trajectories are drawn: those that are marked, else those with the largest residuals.
  var tracedUnits: [Int] {
    if !units.marked.isEmpty { return Array(units.marked.prefix(Self.mostTraced)) }
    let all = Array(0..<run.map.dimension)
    let byResidual = residuals.map { Self.sorted(all, by: $0.map(abs)) } ?? all
    return byResidual.prefix(Self.tracedByDefault).sorted()
  }

  private static let mostTraced = 8
  private static let tracedByDefault = 3
}
