internal import LinearAlgebra

/// Averaged iteration: z <- (1 - α) z + α f(z), with α given or from the diagonal of the map's weights.
///
/// One evaluation a step. The automatic factor is α* = 1/(1 - min_i min(W_ii, 0)): for f(z) = σ(W z + p) + q with slopes
/// in [0, 1] and a spectral abscissa γ < 1 of W's Metzler part, the steps contract in a weighted sup norm by
/// 1 - α*(1 - max(γ, 0)). W is all that is affine before the activation, with every scale and skip. For other maps
/// with one affine part, W is that part's, and α* a damping factor like another. Beyond 2048 entries W is not formed: its
/// diagonal is found row by row, for maps of the first form.
/// Source: Jafarpour, Davydov, Proskurnikov, Bullo, *Robust implicit networks via non-Euclidean contractions*, NeurIPS
/// 2021 (theorem 9 of the theory).
public struct Averaged: FixedPointSolver {
  /// The part α of the way from z to f(z).
  public enum Factor: Sendable, Equatable {
    case automatic
    /// In (0, 1].
    case fixed(Double)
  }

  public static let description = MethodDescription(
    "averaged", summary: "part of the way, by the weights' diagonal",
    options: [
      Field(
        "factor", .numberOrChoice(Double.leastNormalMagnitude...1, ["auto"]), default: .text("auto"),
        "the part of the way from z to f(z), above 0 and at most 1; auto: 1/(1 - the least of 0 and the W_ii)")
    ])

  public let factor: Factor

  public init(factor: Factor = .automatic) {
    if case .fixed(let value) = factor {
      precondition(value > 0 && value <= 1, "an averaging factor is above 0 and at most 1")
    }
    self.factor = factor
  }

  public init(_ options: FieldValues) throws(FieldError) {
    let checked = try options.validated(against: Self.description.options)
    self.init(factor: checked.number("factor").map(Factor.fixed) ?? .automatic)
  }

  public var options: FieldValues {
    switch factor {
    case .automatic: FieldValues(["factor": .text("auto")])
    case .fixed(let value): FieldValues(["factor": .number(value)])
    }
  }

  public func start(_ map: some FixedPointMap, at iterate: [Double], image: [Double], evaluations: Int)
    throws(SolverError) -> AveragedState
  {
    AveragedState(
      plain: PlainState(iterate: iterate, image: image, evaluations: evaluations), factor: try factor(on: map))
  }

  private func factor(on map: some FixedPointMap) throws(SolverError) -> Double {
    switch factor {
    case .fixed(let value): return value
    case .automatic:
      if let network = map as? Network, network.dimension > Network.largestProximalDimension {
        return Self.automaticFactor(diagonal: try Self.diagonal(of: network))
      }
      guard let weight = (try? map.proximalForm().weight) ?? map.oneAffinePart, weight.rows == weight.columns else {
        throw .needs(method: Self.description.name, requirement: "a map with one affine part, or a number as factor")
      }
      return Self.automaticFactor(weight)
    }
  }

  /// The diagonal of the weights of a network that is too large for a dense matrix.
  private static func diagonal(of network: Network) throws(SolverError) -> [Double] {
    do throws(ProximalFormObstacle) {
      return try network.affineDiagonal()
    } catch {
      throw .needs(method: description.name, requirement: "\(error.requirement), or a number as factor")
    }
  }

  /// α* = 1/(1 - min_i min(W_ii, 0)) of a square matrix: 1 where the diagonal is not negative.
  static func automaticFactor(_ weight: Matrix) -> Double {
    automaticFactor(diagonal: (0..<weight.rows).map { weight[$0, $0] })
  }

  private static func automaticFactor(diagonal: [Double]) -> Double { 1 / (1 - diagonal.reduce(0) { min($0, $1) }) }

  public func advance(_ state: inout AveragedState, on map: some FixedPointMap, using workspace: inout Workspace) {
    state.plain.average(state.factor, on: map, using: &workspace)
  }
}

/// The state of ``Averaged``: the iterate, its image, and the factor that was found for the map.
public struct AveragedState: SolverState {
  var plain: PlainState
  /// α
  public let factor: Double

  public var iterate: [Double] { plain.iterate }
  public var image: [Double] { plain.image }
  public var evaluations: Int { plain.evaluations }
}
