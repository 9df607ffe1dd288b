/// The values of a series gathered by columns of dots, in order, so that no value is lost however many there are.
struct CurveColumns {
  /// The values of one column.
  struct Group {
    let x: Double
    let first: Double
    private(set) var last: Double
    private(set) var least: Double
    private(set) var greatest: Double

    fileprivate init(x: Double, _ value: Double) {
      self.x = x
      (first, last, least, greatest) = (value, value, value, value)
    }

    fileprivate mutating func add(_ value: Double) {
      last = value
      least = min(least, value)
      greatest = max(greatest, value)
    }

    /// Whether the values reach beyond the first and the last.
    var isWild: Bool { least < min(first, last) || greatest > max(first, last) }
  }

  /// Why a value has no place on the axes.
  enum Defect { case undefined, above, below }

  enum Part {
    case values(Group)
    case defect(Defect, x: Double)
  }

  let steps: Axis
  let values: Axis
  /// Number of columns across the step axis; the first is 0.
  let count: Int

  /// Reports the parts of a series in order.
  func gather(_ series: LinePlot.Series, _ report: (Part) -> Void) {
    var group: Group?
    for index in series.values.indices {
      guard let share = steps.position(of: series.position(index)) else { continue }
      let x = (share * Double(max(0, count - 1))).rounded()
      let value = series.values[index]
      if let value, values.defect(of: value) == nil, group?.x == x {
        group?.add(value)
        continue
      }
      if let group { report(.values(group)) }
      if let defect = values.defect(of: value) { report(.defect(defect, x: x)) }
      group = values.defect(of: value) == nil ? value.map { Group(x: x, $0) } : nil
    }
    if let group { report(.values(group)) }
  }
}

extension Axis {
  /// Why the axis cannot show a value; `nil` if it can.
  fileprivate func defect(of value: Double?) -> CurveColumns.Defect? {
    guard let value, !value.isNaN else { return .undefined }
    if value.isInfinite { return value > 0 ? .above : scale == .log10 ? .undefined : .below }
    if scale == .linear || value > 0 { return nil }
    return value == 0 ? .below : .undefined
  }
}
