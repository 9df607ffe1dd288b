internal import FixedPoint
internal import LinearAlgebra

/// A session's pipeline with the places of its tensors among the parameters.
struct PipelineModel: Sendable {
  let pipeline: SessionPipeline
  /// One for each of the pipeline's parameters.
  let ranges: [Range<Int>]

  /// The operators with these parameters; `nil` where one is not finite.
  func links<Scalar: BatchScalar>(_ parameters: [Scalar]) -> [PipelineLink]? {
    pipeline.links(parameters.map { Double($0) }, ranges)
  }

  /// Puts back what a step took out of the sets that the session draws its tensors from.
  func project<Scalar: BatchScalar>(_ parameters: inout [Scalar]) {
    for (parameter, range) in zip(pipeline.parameters, ranges) where parameter.isNonnegative {
      for place in range where parameters[place] < 0 { parameters[place] = 0 }
    }
  }

  /// The gradients of the operators' tensors, added to where each stands.
  func add<Scalar: BatchScalar>(_ gradients: [[String: [Double]]], to gradient: inout [Scalar]) {
    for (parameter, range) in zip(pipeline.parameters, ranges) {
      guard let own = gradients[parameter.position][parameter.field] else {
        preconditionFailure("every tensor that is trained has a gradient")
      }
      for (place, value) in zip(range, own) { gradient[place] += Scalar(value) }
    }
  }
}
