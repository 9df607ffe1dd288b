internal import FixedPoint
internal import LinearAlgebra

/// The parameters of a step with what the products need of them.
struct StepWeights<Scalar: BatchScalar>: Sendable {
  let parameters: [Scalar]
  let linear: LinearPart<Scalar>.Weights
  /// (2I - W)⁻¹ of Peaceman and Rachford's splitting with step 1, if that is the method.
  let resolvent: [Scalar]?
  /// The operators of a session's pipeline; `nil` if it is none, or a parameter is not finite.
  let links: [PipelineLink]?

  init(_ model: Model<Scalar>, _ parameters: [Scalar], _ forward: ForwardPlan) {
    self.parameters = parameters
    links = model.pipeline?.links(parameters)
    guard model.pipeline == nil else {
      (linear, resolvent) = (LinearPart<Scalar>.Weights(), nil)
      return
    }
    linear = model.layer.linear.weights(parameters)
    let n = model.plan.units
    guard forward.method == .peacemanRachford else {
      resolvent = nil
      return
    }
    var system = Matrix(rows: n, columns: n, values: linear.forward.map { -Double($0) })
    for i in 0..<n { system[i, i] += 2 }
    resolvent = (try? system.inverse())?.values.map { Scalar($0) }
  }
}
