public import FixedPoint

/// A part of a phase portrait to compute off the main loop.
public enum PhaseWork: Sendable {
  case survey(PhaseSurvey.Request, Analysis, any EntrywiseSolver)
  /// Trajectories from starts that were added by hand.
  case trajectories([[Double]], StartRegion, Network, any EntrywiseSolver)
  case field(PhaseGrid, StartRegion, Network)
  case section(MapSection.Request, StartRegion, Network)
  /// The next part of a map of basins.
  case basins(BasinMap, Network, any EntrywiseSolver)

  /// Does it: a pure function, so that it does not matter when.
  public var result: PhaseResult {
    switch self {
    case .survey(let request, let analysis, let solver): .survey(PhaseSurvey(request, of: analysis, by: solver))
    case .trajectories(let starts, let region, let network, let solver):
      .trajectories(PhaseSurvey.trajectories(from: starts, in: region, on: network, by: solver))
    case .field(let grid, let region, let network): .field(VectorField(grid, of: network, in: region))
    case .section(let request, let region, let network): .section(MapSection(request, of: network, in: region))
    case .basins(let basins, let network, let solver): .basins(Self.refined(basins, network, solver))
    }
  }

  private static func refined(_ basins: BasinMap, _ network: Network, _ solver: some EntrywiseSolver) -> BasinMap {
    var basins = basins
    basins.refine(on: network, by: solver)
    return basins
  }
}

/// What came of a part.
public enum PhaseResult: Sendable {
  case survey(PhaseSurvey)
  case trajectories([Trajectory])
  case field(VectorField)
  case section(MapSection)
  case basins(BasinMap)
}
