internal import LinearAlgebra

/// f(z) = N(σ(L z + p)) or N(σ(L z) + p) for many samples, with what the way back needs.
struct EquilibriumLayer<Scalar: BatchScalar>: Sendable {
  let linear: LinearPart<Scalar>
  let activation: LayerActivation
  let placement: ModelPlan.Placement
  /// Number of entries that are divided by their largest magnitude; `nil` for no normalisation.
  let slice: Int?

  /// images <- f(states), with p in `injected`.
  func evaluate(
    _ weights: LinearPart<Scalar>.Weights, _ states: Span<Scalar>, _ injected: Span<Scalar>,
    into images: inout MutableSpan<Scalar>, scratch: inout [Scalar]
  ) {
    linear.apply(weights, states, into: &images, scratch: &scratch)
    if placement == .beforeActivation { Scalar.add(1, times: injected, to: &images) }
    activation.apply(&images)
    if placement == .afterActivation { Scalar.add(1, times: injected, to: &images) }
    guard let slice else { return }
    for start in stride(from: 0, to: images.count, by: slice) {
      let size = Peak(images.span.extracting(start..<start + slice)).magnitude
      for i in start..<start + slice { images[i] /= size }
    }
  }

  /// f(states) with its derivative.
  func linearize(
    _ weights: LinearPart<Scalar>.Weights, _ states: Span<Scalar>, _ injected: Span<Scalar>,
    into point: inout Linearization<Scalar>, scratch: inout [Scalar]
  ) {
    let count = states.count
    point.reserve(count, slices: slice.map { count / $0 } ?? 0)
    point.images.mutate(0..<count) { images in
      linear.apply(weights, states, into: &images, scratch: &scratch)
      if placement == .beforeActivation { Scalar.add(1, times: injected, to: &images) }
    }
    activation.linearize(&point.images, count: count, slopes: &point.slopes)
    if placement == .afterActivation { point.images.mutate(0..<count) { Scalar.add(1, times: injected, to: &$0) } }
    guard let slice else { return }
    for (index, start) in stride(from: 0, to: count, by: slice).enumerated() {
      let peak = Peak(point.images.span.extracting(start..<start + slice))
      point.peaks[index] = peak
      point.images.mutate(start..<start + slice) { for i in 0..<slice { $0[i] /= peak.magnitude } }
    }
  }

  /// From cotangents of f(z), in place, to those of what the normalisation divides.
  func pullBackNormalization(_ cotangents: inout MutableSpan<Scalar>, at point: Linearization<Scalar>) {
    guard let slice else { return }
    for (index, start) in stride(from: 0, to: cotangents.count, by: slice).enumerated() {
      let peak = point.peaks[index]
      let along = Scalar.dot(
        point.images.span.extracting(start..<start + slice), cotangents.span.extracting(start..<start + slice))
      cotangents[start + peak.place] -= point.images[start + peak.place] < 0 ? -along : along
      for i in start..<start + slice { cotangents[i] /= peak.magnitude }
    }
  }

  /// From there, in place, to the cotangents of L z.
  func pullBackActivation(_ cotangents: inout MutableSpan<Scalar>, at point: Linearization<Scalar>) {
    let slopes = point.slopes.span
    for i in 0..<cotangents.count { cotangents[i] *= slopes[i] }
  }

  /// result <- Jᵀ cotangents; `inner` is scratch of at least that length.
  func pullBack(
    _ weights: LinearPart<Scalar>.Weights, _ cotangents: Span<Scalar>, at point: Linearization<Scalar>,
    into result: inout MutableSpan<Scalar>, inner: inout [Scalar], scratch: inout [Scalar]
  ) {
    inner.mutate(0..<cotangents.count) {
      $0.copy(cotangents)
      pullBackNormalization(&$0, at: point)
      pullBackActivation(&$0, at: point)
    }
    linear.applyTransposed(weights, inner.span.extracting(first: cotangents.count), into: &result, scratch: &scratch)
  }
}

/// What f's derivative at the states of a batch is made of.
struct Linearization<Scalar: BatchScalar>: Sendable {
  /// f(z).
  var images: [Scalar] = []
  /// Of the activation.
  var slopes: [Scalar] = []
  /// Of each slice that is normalised, before that.
  var peaks: [Peak<Scalar>] = []

  mutating func reserve(_ count: Int, slices: Int) {
    images.reserve(count)
    slopes.reserve(count)
    if peaks.count < slices { peaks = Array(repeating: Peak(), count: slices) }
  }
}

/// The first of the entries of largest magnitude.
struct Peak<Scalar: BatchScalar>: Sendable {
  private(set) var place = 0
  private(set) var magnitude: Scalar = 0

  init() {}

  init(_ values: Span<Scalar>) {
    for i in 0..<values.count where values[i].magnitude > magnitude {
      magnitude = values[i].magnitude
      place = i
    }
  }
}
