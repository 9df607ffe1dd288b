internal import LinearAlgebra

/// Encloses J over a box for each way in which the kinks of the pipeline can be resolved there: a slope on either side of
/// every unit that has a kink in the box, one of the largest entries for every tie of a sup norm.
///
/// Between two points of the box f(x) - f(y) = J̄ (x - y), and J̄ is a member of every operator's mean derivatives, chained.
/// A unit's mean slope lies between both sides' slopes; a tie's mean derivative is a weighted mean of those of its entries.
/// So det(I - J̄), and every minor, is affine in each slope and in each tie's weights, the others fixed, since each enters by
/// a matrix of rank one. Their extreme values are taken where every kink is resolved.
struct KinkSelections {
  /// One enclosure of J for each selection.
  private(set) var jacobians: [IntervalMatrix]

  private static let mostSelections = 32

  /// `nil` if f has no derivative with bounds on the box, or there are too many selections.
  init?(of network: Network, over box: IntervalVector) {
    guard let values = try? network.enclosedValues(over: box) else { return nil }
    jacobians = [.identity(network.dimension)]
    for (position, link) in network.operators.enumerated() {
      guard follow(link, over: values[position]), jacobians.count <= Self.mostSelections else { return nil }
      if link.stateFactor != 0 {
        let skipped = link.stateFactor * IntervalMatrix.identity(network.dimension)
        jacobians = jacobians.map { $0 + skipped }
      }
    }
  }

  private mutating func follow(_ link: any Operator, over value: IntervalVector) -> Bool {
    switch link {
    case let link as Activate: follow(link, over: value)
    case let link as Normalize: follow(link, over: value)
    default: replaceEach { running in (try? link.encloseJacobian(over: value, times: running)).map { [$0] } }
    }
  }

  private mutating func follow(_ link: Activate, over value: IntervalVector) -> Bool {
    for unit in 0..<value.count {
      guard let slopes = link.selectedSlopes(over: value[unit], unit: unit) else { return false }
      let fits = replaceEach { running in
        slopes.map { slope in
          var scaled = running
          scaled.scaleRow(unit, by: slope)
          return scaled
        }
      }
      guard fits, jacobians.count <= Self.mostSelections else { return false }
    }
    return true
  }

  private mutating func follow(_ link: Normalize, over value: IntervalVector) -> Bool {
    guard let blocks = try? link.selectedJacobians(over: value) else { return false }
    for (number, block) in blocks.enumerated() {
      let start = number * link.sliceSize
      let fits = replaceEach { running in
        block.map { derivative in
          running.replacingRows(from: start, by: derivative * running.block(start: start, count: link.sliceSize))
        }
      }
      guard fits, jacobians.count <= Self.mostSelections else { return false }
    }
    return true
  }

  private mutating func replaceEach(_ next: (IntervalMatrix) -> [IntervalMatrix]?) -> Bool {
    var result: [IntervalMatrix] = []
    for running in jacobians {
      guard let selected = next(running) else { return false }
      result += selected
    }
    jacobians = result
    return true
  }
}

extension Activate {
  /// The slope over an interval, or both sides' slopes if there is one kink inside; `nil` where it has no bounds.
  fileprivate func selectedSlopes(over interval: Interval, unit: Int) -> [Interval]? {
    let kinks = activation.kinks.filter { interval.contains($0.location) }
    if kinks.count == 1, power == 1 { return [Interval(kinks[0].left), Interval(kinks[0].right)] }
    return (try? slopeRange(over: interval, unit: unit)).map { [$0] }
  }
}

extension IntervalMatrix {
  fileprivate func replacingRows(from start: Int, by rows: IntervalMatrix) -> IntervalMatrix {
    var result = self
    let range = start * columns..<start * columns + rows.lower.values.count
    result.lower.values.replaceSubrange(range, with: rows.lower.values)
    result.upper.values.replaceSubrange(range, with: rows.upper.values)
    return result
  }
}
