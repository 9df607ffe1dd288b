internal import LinearAlgebra

/// The step that Peaceman-Rachford and Douglas-Rachford splitting share: u <- (1 - θ) u + θ C_F(C_G(u)), with the
/// reflected resolvents C_G(u) = 2 prox_αg(u) - u and C_F(v) = 2 V (v + α b) - v, V = (I + α (I - W))⁻¹ factored once.
struct ResolventSplitting: Sendable, Equatable {
  let form: ProximalForm
  /// α
  let step: Double
  /// θ
  let factor: Double
  /// The factors of I + α (I - W).
  private let resolvent: LUFactorization
  /// α b = α (p + W q).
  private let scaledOffset: [Double]

  /// - Throws: `SolverError.singular` if I + α (I - W) is.
  init(_ form: ProximalForm, step: Double, factor: Double, method: String) throws(SolverError) {
    let identity = Matrix.identity(form.weight.rows)
    let slope = identity.adding(-1, times: form.weight)
    guard let resolvent = try? LUFactorization(identity.adding(step, times: slope)),
      resolvent.reciprocalCondition > .ulpOfOne
    else { throw .singular(method: method, step: 1) }
    self.form = form
    self.step = step
    self.factor = factor
    self.resolvent = resolvent
    scaledOffset = zip(form.weight.multiply(form.shift), form.offset).map { step * ($0 + $1) }
  }

  /// The u that belongs to an iterate: where the iterate is a fixed point, so is u.
  func governing(_ iterate: [Double]) -> [Double] {
    filled(iterate.count) { form.forward(iterate, step: step, into: &$0) }
  }

  /// One step of u and of z = prox_αg(u) + q; allocates nothing.
  func advance(_ u: inout [Double], _ iterate: inout [Double], scratch: inout MutableSpan<Double>) {
    for i in u.indices { scratch[i] = 2 * (iterate[i] - form.shift[i]) - u[i] + scaledOffset[i] }
    resolvent.solve(&scratch)
    for i in u.indices {
      let reflected = 2 * scratch[i] - (2 * (iterate[i] - form.shift[i]) - u[i])
      u[i] = (1 - factor) * u[i] + factor * reflected
    }
    form.backward(u.span, step: step, into: &iterate)
  }
}

/// The state of ``PeacemanRachford`` and ``DouglasRachford``: the iterate, its image, and the vector u that governs it.
public struct ResolventState: SolverState {
  let splitting: ResolventSplitting
  /// u, with z = prox_αg(u) + q after every step; its distance to the limit is what the proven factors are about.
  public internal(set) var governing: [Double]
  var plain: PlainState

  init(_ splitting: ResolventSplitting, at iterate: [Double], image: [Double], evaluations: Int) {
    self.splitting = splitting
    governing = splitting.governing(iterate)
    plain = PlainState(iterate: iterate, image: image, evaluations: evaluations)
  }

  /// α
  public var step: Double { splitting.step }
  public var iterate: [Double] { plain.iterate }
  public var image: [Double] { plain.image }
  public var evaluations: Int { plain.evaluations }
  public var footprint: Int { 24 * (iterate.count + 8) }

  mutating func advance(on map: some FixedPointMap, using workspace: inout Workspace) {
    workspace.reserve(map.dimension)
    var whole = workspace.value.mutableSpan
    var scratch = whole._mutatingExtracting(first: map.dimension)
    splitting.advance(&governing, &plain.iterate, scratch: &scratch)
    plain.evaluate(map, using: &workspace)
  }
}
