// Where an operator is continuously differentiable: the linearisation at a fixed point tells its stability there alone.

extension LinearOperator {
  public func isSmooth(over value: IntervalVector) -> Bool { true }
}

extension SparseLinearOperator {
  public func isSmooth(over value: IntervalVector) -> Bool { true }
}

extension Inject {
  public func isSmooth(over value: IntervalVector) -> Bool { true }
}

extension Skip {
  public func isSmooth(over value: IntervalVector) -> Bool { true }
}

extension Scale {
  public func isSmooth(over value: IntervalVector) -> Bool { true }
}

extension Activate {
  public func isSmooth(over value: IntervalVector) -> Bool {
    (0..<value.count).allSatisfy { unit in
      let interval = value[unit]
      guard interval.lower > activation.kind.domainStart, (try? slopeRange(over: interval, unit: unit)) != nil,
        !activation.kinks.contains(where: { interval.contains($0.location) })
      else { return false }
      // A power that is no integer ends at 0.
      return power.isInteger || activation.range(over: interval).map { $0.lower + shift > 0 } ?? false
    }
  }
}

extension Normalize {
  public func isSmooth(over value: IntervalVector) -> Bool {
    stride(from: 0, to: value.count, by: sliceSize).allSatisfy { start in
      let entries = (start..<start + sliceSize).map { value[$0] }
      switch norm {
      case .power(1): return entries.allSatisfy { !$0.contains(0) }
      case .power: return entries.contains { !$0.contains(0) }
      case .sup:
        let least = entries.map(\.mignitude).max() ?? 0
        let peaks = entries.filter { $0.magnitude >= least }
        return peaks.count == 1 && least > 0
      }
    }
  }
}

extension Network {
  /// Whether f is certainly continuously differentiable on a neighbourhood of the box.
  func isSmooth(over box: IntervalVector) -> Bool {
    guard let values = try? enclosedValues(over: box) else { return false }
    return zip(operators, values).allSatisfy { $0.isSmooth(over: $1) }
  }
}
