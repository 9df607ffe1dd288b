internal import FixedPoint
internal import LinearAlgebra

/// p = scale · ρ(U x + b), once for each sample.
struct Injection<Scalar: BatchScalar>: Sendable {
  enum Source: Sendable {
    /// U as [inputs, units].
    case matrix(inputs: Int, weight: Range<Int>)
    case kernel(KernelPart)
  }

  let source: Source
  let bias: Range<Int>
  let units: Int
  let activation: LayerActivation
  let scale: Double

  /// The first `count` entries of injected <- p of each sample; `slopes` keeps scale · ρ' for the way back.
  func apply(
    _ inputs: SampleInputs<Scalar>, rows: Int, count: Int, _ parameters: [Scalar], into injected: inout [Scalar],
    slopes: inout [Scalar], scratch: inout [Scalar]
  ) {
    injected.mutate(0..<count) { applyLinear(inputs, rows: rows, parameters, into: &$0, scratch: &scratch) }
    activation.linearize(&injected, count: count, slopes: &slopes)
    if scale == 1 { return }
    for i in 0..<count {
      injected[i] *= Scalar(scale)
      slopes[i] *= Scalar(scale)
    }
  }

  /// injected <- U x + b.
  private func applyLinear(
    _ inputs: SampleInputs<Scalar>, rows: Int, _ parameters: [Scalar], into injected: inout MutableSpan<Scalar>,
    scratch: inout [Scalar]
  ) {
    switch (source, inputs) {
    case (.matrix(let count, let weight), .rows(let values)):
      Scalar.multiply(
        values.span.extracting(first: rows * count), .asStored, parameters.span.extracting(weight), .asStored,
        sizes: ProductSizes(rows, count, units), into: &injected, scale: 1, keep: 0)
    case (.matrix(_, let weight), .sparse(let matrix)):
      matrix.multiply(parameters.span.extracting(weight), width: units, into: &injected)
    case (.kernel(let part), .rows(let values)):
      part.apply(
        parameters.span.extracting(part.kernel), values.span.extracting(first: rows * part.inputCount),
        into: &injected, scratch: &scratch)
    case (.kernel, .sparse): preconditionFailure("an image has all its pixels")
    }
    let bias = parameters.span.extracting(bias)
    for start in stride(from: 0, to: injected.count, by: units) {
      for unit in 0..<units { injected[start + unit] += bias[unit] }
    }
  }

  /// gradient <- gradient + that of U and b, from the cotangents of U x + b.
  func accumulate(
    _ own: Span<Scalar>, at inputs: SampleInputs<Scalar>, rows: Int,
    to gradient: inout [Scalar], scratch: inout [Scalar]
  ) {
    switch (source, inputs) {
    case (.matrix(let count, let weight), .rows(let values)):
      gradient.mutate(weight) {
        Scalar.multiply(
          values.span.extracting(first: rows * count), .transposed, own, .asStored,
          sizes: ProductSizes(count, rows, units), into: &$0, scale: 1, keep: 1)
      }
    case (.matrix(_, let weight), .sparse(let matrix)):
      gradient.mutate(weight) { matrix.addTransposed(own, width: units, to: &$0) }
    case (.kernel(let part), .rows(let values)):
      gradient.mutate(part.kernel) {
        part.accumulate(
          own, at: values.span.extracting(first: rows * part.inputCount), to: &$0, scratch: &scratch)
      }
    case (.kernel, .sparse): preconditionFailure("an image has all its pixels")
    }
    gradient.mutate(bias) { sum in
      for start in stride(from: 0, to: own.count, by: units) {
        for unit in 0..<units { sum[unit] += own[start + unit] }
      }
    }
  }
}

extension Injection {
  /// p of some samples, without the way back.
  func values(of inputs: SampleInputs<Scalar>, rows: Int, _ parameters: [Scalar]) -> [Scalar] {
    var values = [Scalar](repeating: 0, count: rows * units)
    var (slopes, scratch) = (values, [Scalar]())
    apply(inputs, rows: rows, count: values.count, parameters, into: &values, slopes: &slopes, scratch: &scratch)
    return values
  }

  /// cotangents <- those of rows x, [rows, inputs], from the cotangents of U x + b.
  func pullBack(_ own: Span<Scalar>, rows: Int, _ parameters: [Scalar], into cotangents: inout [Scalar]) {
    guard case .matrix(let count, let weight) = source else {
      preconditionFailure("only a matrix has a layer before it")
    }
    cotangents.reserve(rows * count)
    cotangents.mutate(0..<rows * count) {
      Scalar.multiply(
        own, .asStored, parameters.span.extracting(weight), .transposed, sizes: ProductSizes(rows, units, count),
        into: &$0, scale: 1, keep: 0)
    }
  }
}

/// The inputs of some samples.
enum SampleInputs<Scalar: BatchScalar>: Sendable {
  /// One sample after the other.
  case rows([Scalar])
  /// A node a row.
  case sparse(SparseRows<Scalar>)
}
