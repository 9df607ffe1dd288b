internal import FixedPoint
internal import Glibc
internal import LinearAlgebra

/// t -> (σ(t) + shift)^power, entrywise, and its derivative.
struct LayerActivation: Sendable {
  let function: Activation
  let shift: Double
  let power: Double

  init(_ kind: ActivationKind, shift: Double = 0, power: Double = 1) {
    function = Activation(kind)
    self.shift = shift
    self.power = power
  }

  func apply<Scalar: BatchScalar>(_ values: inout MutableSpan<Scalar>) {
    applyFunction(&values)
    if shift != 0 { for i in 0..<values.count { values[i] += Scalar(shift) } }
    if power != 1 { for i in 0..<values.count { values[i] = Scalar(pow(Double(values[i]), power)) } }
  }

  private func applyFunction<Scalar: BatchScalar>(_ values: inout MutableSpan<Scalar>) {
    switch function.kind {
    case .identity: break
    case .tanh: Scalar.tanh(&values)
    case .relu: for i in 0..<values.count { values[i] = values[i] > 0 ? values[i] : 0 }
    default: for i in 0..<values.count { values[i] = Scalar(function.value(Double(values[i]))) }
    }
  }

  /// The same of the first `count` values, and slopes <- the derivatives.
  func linearize<Scalar: BatchScalar>(_ values: inout [Scalar], count: Int, slopes: inout [Scalar]) {
    let isTanh = function.kind == .tanh
    if !isTanh { for i in 0..<count { slopes[i] = slope(values[i]) } }
    values.mutate(0..<count) { applyFunction(&$0) }
    if isTanh { for i in 0..<count { slopes[i] = 1 - values[i] * values[i] } }
    if shift != 0 { for i in 0..<count { values[i] += Scalar(shift) } }
    if power == 1 { return }
    for i in 0..<count {
      let base = Double(values[i])
      slopes[i] *= Scalar(power * pow(base, power - 1))
      values[i] = Scalar(pow(base, power))
    }
  }

  private func slope<Scalar: BatchScalar>(_ value: Scalar) -> Scalar {
    switch function.kind {
    case .identity: 1
    case .relu: value > 0 ? 1 : 0
    default: Scalar(function.slope(Double(value)))
    }
  }
}
