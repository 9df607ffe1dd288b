/// A linear map, an activation and an injected constant, one after the other in the pipeline: v -> (σ(W v) + shift)^power + c.
///
/// Nearly every network is one; applied together they are called once and need one buffer. The numbers are those of the
/// three operators, bit for bit.
struct Layer: Stage {
  let action: LinearAction
  let activate: Activate
  let inject: Inject
  let scratchCount: Int
  var resultCount: Int { scratchCount }

  /// The layer that three operators make, `nil` if they are none.
  init?(_ links: ArraySlice<any Operator>) {
    guard links.count == 3, let linear = links.first as? any LinearOperator,
      let activate = links[links.startIndex + 1] as? Activate, let inject = links.last as? Inject
    else { return nil }
    action = linear.action
    self.activate = activate
    self.inject = inject
    scratchCount = linear.outputShape.count
  }

  func apply(
    _ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>,
    using scratch: inout MutableSpan<Double>
  ) {
    var product = scratch._mutatingExtracting(first: scratchCount)
    action.multiply(value, into: &product)
    activate.apply(product.span, state: state, into: &result)
    inject.add(to: &result)
  }

  /// The operators, with layers in the place of those that make one.
  static func stages(of operators: [any Operator]) -> [any Stage] {
    var stages: [any Stage] = []
    var position = 0
    while position < operators.count {
      if let layer = Layer(operators[position...].prefix(3)) {
        stages.append(layer)
        position += 3
      } else {
        stages.append(operators[position])
        position += 1
      }
    }
    return stages
  }
}
