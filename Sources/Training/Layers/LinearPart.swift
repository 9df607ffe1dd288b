internal import LinearAlgebra

/// The linear map L of an equilibrium layer.
enum LinearPart<Scalar: BatchScalar>: Sendable {
  case matrix(MatrixPart)
  case kernel(KernelPart)
  /// Over the nodes, with so many features each.
  case graph(SparseRows<Scalar>, features: Int)

  /// What products need of the parameters, made once a step.
  struct Weights: Sendable {
    var forward: [Scalar] = []
    /// Of the transposed map, where that is not the same numbers read otherwise.
    var backward: [Scalar] = []
  }

  func weights(_ parameters: [Scalar]) -> Weights {
    switch self {
    case .matrix(let part): return Weights(forward: part.weight(parameters))
    case .kernel(let part):
      return Weights(
        forward: Array(parameters[part.kernel]), backward: part.transposed(parameters.span.extracting(part.kernel)))
    case .graph: return Weights()
    }
  }

  /// result <- L value, for all samples.
  func apply(
    _ weights: Weights, _ value: Span<Scalar>, into result: inout MutableSpan<Scalar>, scratch: inout [Scalar]
  ) {
    switch self {
    case .matrix(let part): part.apply(weights.forward, .transposed, value, into: &result)
    case .kernel(let part): part.apply(weights.forward.span, value, into: &result, scratch: &scratch)
    case .graph(let matrix, let features): matrix.multiply(value, width: features, into: &result)
    }
  }

  /// result <- Lᵀ value, for all samples.
  func applyTransposed(
    _ weights: Weights, _ value: Span<Scalar>, into result: inout MutableSpan<Scalar>, scratch: inout [Scalar]
  ) {
    switch self {
    case .matrix(let part): part.apply(weights.forward, .asStored, value, into: &result)
    case .kernel(let part): part.reversed.apply(weights.backward.span, value, into: &result, scratch: &scratch)
    // Symmetric.
    case .graph(let matrix, let features): matrix.multiply(value, width: features, into: &result)
    }
  }

  /// gradient <- gradient + that of the parameters of L, from the cotangents of L z.
  func accumulate(
    _ cotangents: Span<Scalar>, at states: Span<Scalar>, _ parameters: [Scalar], to gradient: inout [Scalar],
    scratch: inout [Scalar]
  ) {
    switch self {
    case .matrix(let part):
      var slope = [Scalar](repeating: 0, count: part.order * part.order)
      var result = slope.mutableSpan
      Scalar.multiply(
        cotangents, .transposed, states, .asStored,
        sizes: ProductSizes(part.order, states.count / part.order, part.order), into: &result, scale: 1, keep: 0)
      part.pullBack(slope, parameters, to: &gradient)
    case .kernel(let part):
      gradient.mutate(part.kernel) { part.accumulate(cotangents, at: states, to: &$0, scratch: &scratch) }
    case .graph: break
    }
  }
}
