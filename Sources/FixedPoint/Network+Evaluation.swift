internal import LinearAlgebra

extension Network: FixedPointMap {
  public func evaluate(
    _ iterate: Span<Double>, into image: inout MutableSpan<Double>, using workspace: inout Workspace
  ) {
    if stages.isEmpty { return image.copy(iterate) }
    workspace.reserve(largestCount, scratch: scratchCount)
    workspace.pass(iterate, through: counts, of: 1, into: &image) { position, value, result, scratch in
      stages[position].apply(value, state: iterate, into: &result, using: &scratch)
    }
  }

  /// The running value before each operator, and the image last: `operators.count + 1` arrays.
  public func values(at iterate: [Double]) -> [[Double]] {
    precondition(iterate.count == dimension, "an iterate has as many entries as the map's dimension")
    var result = [iterate]
    for (position, link) in operators.enumerated() {
      let value = result[position]
      result.append(filled(link.outputShape.count) { link.apply(value.span, state: iterate.span, into: &$0) })
    }
    return result
  }

  /// The first place of the pipeline whose value at `iterate` is not finite, `nil` if there is none.
  public func firstNonFinite(at iterate: [Double]) -> NonFiniteValue? {
    for (stage, value) in values(at: iterate).enumerated() {
      guard let unit = value.firstIndex(where: { !$0.isFinite }) else { continue }
      return NonFiniteValue(position: stage == 0 ? nil : stage - 1, unit: unit, value: value[unit])
    }
    return nil
  }
}

/// Where a value of the pipeline is not finite.
public struct NonFiniteValue: Sendable {
  /// Position of the operator whose output it is; `nil` if the iterate itself is not finite.
  public let position: Int?
  /// Flat index of the first entry concerned.
  public let unit: Int
  /// NaN or an infinity.
  public let value: Double
}

/// A new array of `count` numbers, written by `body`.
func filled(_ count: Int, _ body: (inout MutableSpan<Double>) -> Void) -> [Double] {
  var result = [Double](repeating: 0, count: count)
  var span = result.mutableSpan
  body(&span)
  return result
}
