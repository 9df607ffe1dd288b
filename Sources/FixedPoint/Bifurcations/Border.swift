/// A place where f has a kink: an entry of the pipeline passes a number at which the slope jumps, or becomes the largest
/// of those whose sup norm divides.
struct Border: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// The entry passes this number.
    case level(Double)
    /// The entry becomes the largest in magnitude of the entries from `start`, `count` of them.
    case peak(start: Int, count: Int)
  }

  /// Of the operator in the pipeline.
  let position: Int
  /// Of the entry in the value that the operator is given.
  let unit: Int
  let kind: Kind

  /// Negative on one side, positive on the other, of the value that the operator is given.
  func distance(_ value: [Double]) -> Double {
    switch kind {
    case .level(let level): value[unit] - level
    case .peak: abs(value[unit]) - abs(value[rival(value)])
    }
  }

  /// The largest of the other entries that are divided together.
  func rival(_ value: [Double]) -> Int {
    guard case .peak(let start, let count) = kind else { return unit }
    var best: Int?
    for i in start..<start + count where i != unit {
      if best.map({ abs(value[i]) > abs(value[$0]) }) ?? true { best = i }
    }
    return best ?? unit
  }

  /// Moves the entry to a side, by as little as there is, if it is not there.
  func move(_ value: inout [Double], to side: Int8) {
    switch kind {
    case .level(let level):
      if side > 0, value[unit] <= level { value[unit] = level.nextUp }
      if side < 0, value[unit] >= level { value[unit] = level.nextDown }
    case .peak:
      let rival = abs(value[rival(value)])
      if side > 0, abs(value[unit]) <= rival { value[unit] = value[unit] < 0 ? -rival.nextUp : rival.nextUp }
    }
  }
}

extension Network {
  /// All places where f has a kink.
  var borders: [Border] {
    operators.enumerated().flatMap { position, link -> [Border] in
      if let activate = link as? Activate {
        return activate.inputShape.indices.flatMap { unit in
          activate.activation.kinks.map { Border(position: position, unit: unit, kind: .level($0.location)) }
        }
      }
      return (link as? Normalize)?.borders(at: position) ?? []
    }
  }
}

extension Shape {
  fileprivate var indices: Range<Int> { 0..<count }
}

extension Normalize {
  fileprivate func borders(at position: Int) -> [Border] {
    (0..<inputShape.count).compactMap { unit in
      switch norm {
      case .power(1): return Border(position: position, unit: unit, kind: .level(0))
      case .power: return nil
      case .sup:
        let start = unit / sliceSize * sliceSize
        return sliceSize > 1 ? Border(position: position, unit: unit, kind: .peak(start: start, count: sliceSize)) : nil
      }
    }
  }
}
