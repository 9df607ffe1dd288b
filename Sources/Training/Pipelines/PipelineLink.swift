internal import FixedPoint
internal import LinearAlgebra

/// An operator of a pipeline that is trained.
enum PipelineLink: Sendable {
  /// What sees x.
  case injection(PipelineInjection)
  /// With the fields that it was made of, as the parameters are now.
  case fixed(any Operator, FieldValues)

  /// The tensors that have a gradient, by operator: those of ``gradients(_:at:)`` and of ``PipelineInjection``.
  static let trained: [String: Set<String>] = [
    Dense.description.name: ["weight"], Monotone.description.name: ["A", "B"], Convolve.description.name: ["kernel"],
    Inject.description.name: ["weight", "bias"],
  ]

  /// The gradients of the operator's tensors by field, from the cotangents of its result.
  func gradients(_ cotangents: [Double], at value: [Double]) -> [String: [Double]] {
    guard case .fixed(let link, let fields) = self else { return [:] }
    switch link {
    case let dense as Dense:
      let weight = dense.action.weight
      return ["weight": outerProducts(cotangents, value, rows: weight.rows, columns: weight.columns)]
    case is Monotone: return monotone(cotangents, at: value, of: fields)
    case let convolve as Convolve:
      guard let kernel = fields.tensor("kernel") else { return [:] }
      let shape = convolve.inputShape.sizes
      let taps = KernelTaps(
        kernel.shape, height: shape[1], width: shape[2], isCircular: fields.text("padding") == "circular")
      var sum = [Double](repeating: 0, count: kernel.values.count)
      taps.visit { weight, source, target in sum[weight] += cotangents[target] * value[source] }
      return ["kernel": sum]
    default: return [:]
    }
  }

  /// Of W = (1 - m) I - AᵀA + B - Bᵀ with G the gradient of W: -A (G + Gᵀ), and G - Gᵀ.
  private func monotone(_ cotangents: [Double], at value: [Double], of fields: FieldValues) -> [String: [Double]] {
    guard let factor = fields.tensor("A"), let turn = fields.tensor("B") else { return [:] }
    let n = turn.shape.sizes[0]
    let gradient = Matrix(
      rows: n, columns: n, values: outerProducts(cotangents, value, rows: n, columns: n))
    let transposed = gradient.transposed.values
    let symmetric = Matrix(rows: n, columns: n, values: zip(gradient.values, transposed).map { $0 + $1 })
    let rows = Matrix(rows: factor.shape.sizes[0], columns: n, values: factor.values)
    return [
      "A": rows.multiply(symmetric).values.map { -$0 }, "B": zip(gradient.values, transposed).map { $0 - $1 },
    ]
  }
}
