internal import LinearAlgebra

/// What is known of a map before its phase portrait is drawn: trajectories from scattered starts, the fixed points that
/// they and Newton's iteration find, and the directions in which the trajectories spread.
public struct PhaseSurvey: Sendable {
  /// What is asked for.
  public struct Request: Sendable, Equatable {
    /// Number of scattered starts.
    public var count: Int
    public var seed: UInt64
    /// The session's start: where the search for fixed points begins.
    public var start: [Double]

    public init(count: Int, seed: UInt64, start: [Double]) {
      self.count = count
      self.seed = seed
      self.start = start
    }
  }

  public let request: Request
  public let region: StartRegion
  public let trajectories: [Trajectory]
  /// In the order of their first coordinates.
  public let fixedPoints: FixedPointList
  /// Of all iterates after the starts; `nil` for a map of one unit.
  public let principal: PrincipalDirections?

  /// Makes the survey of a map by an entrywise method.
  public init(_ request: Request, of analysis: Analysis, by solver: any EntrywiseSolver) {
    let network = analysis.network
    let region = StartRegion(analysis, start: request.start)
    let rule = Self.stopping(region, dimension: network.dimension, count: request.count)
    self.request = request
    self.region = region
    let starts = region.points(request.count, seed: request.seed)
    trajectories = starts.map { Self.trajectory(from: $0, on: network, by: solver, stopping: rule) }
    let later = trajectories.flatMap { $0.iterates.dropFirst() }
    principal = network.dimension < 2 ? nil : PrincipalDirections(of: later, dimension: network.dimension)
    fixedPoints = Self.fixedPoints(of: analysis, region, trajectories, from: request.start)
  }

  /// Trajectories that were asked for one by one.
  public static func trajectories(
    from starts: [[Double]], in region: StartRegion, on network: Network, by solver: any EntrywiseSolver
  ) -> [Trajectory] {
    let rule = stopping(region, dimension: network.dimension, count: starts.count)
    return starts.map { trajectory(from: $0, on: network, by: solver, stopping: rule) }
  }

  private static func trajectory(
    from start: [Double], on network: Network, by solver: some EntrywiseSolver, stopping: StoppingRule
  ) -> Trajectory {
    Trajectory(from: start, on: network, by: solver, stopping: stopping)
  }

  /// When an orbit counts as settled: by its largest residual, so that points at the origin count too.
  ///
  /// The limit of steps keeps all iterates of `count` trajectories within some megabytes.
  static func stopping(_ region: StartRegion, dimension: Int, count: Int) -> StoppingRule {
    let size = region.box.magnitude.reduce(1, max)
    let limit = max(24, min(mostSteps, 4_000_000 / max(1, dimension * count)))
    return StoppingRule(tolerance: settledResidual * size, measure: .residualSup, maxSteps: limit)
  }

  /// The largest ‖f(z) - z‖_inf at which an orbit counts as settled, relative to the region's size or 1.
  public static let settledResidual = 1e-9
  /// Orbits that have not settled after so many steps are given up.
  public static let mostSteps = 400
  /// Newton's iteration is not tried for maps of more units.
  public static let largestSearch = 128

  private static func fixedPoints(
    of analysis: Analysis, _ region: StartRegion, _ trajectories: [Trajectory], from start: [Double]
  ) -> FixedPointList {
    let network = analysis.network
    var found = FixedPointList()
    if network.dimension <= largestSearch {
      let search = FixedPointSearch(network: network, box: region.box)
      for point in search.run(from: [start] + trajectories.prefix(12).map(\.start)) where region.allows(point.point) {
        found.include(point)
      }
    }
    for point in trajectories.compactMap(\.fixedPoint) { _ = found.include(settled: point, of: network) }
    var sorted = FixedPointList()
    for point in found.points.sorted(by: { $0.point.lexicographicallyPrecedes($1.point) }) { sorted.include(point) }
    return sorted
  }
}
