import Dispatch
public import FixedPoint

/// A part of the search for every fixed point to do off the main loop, the search on all processors.
public enum FixedPointsWork: Sendable {
  /// Finds the box to be searched, with the session's start.
  case begin(Analysis, start: [Double])
  /// The next boxes, until so many have been searched in all.
  case search(Enumeration, Network, budget: Int)
  /// The next starts.
  case shares(BasinShares, Network, any EntrywiseSolver)

  /// Does it: a pure function, so that neither the time nor the number of threads matters.
  public var result: FixedPointsResult {
    switch self {
    case .begin(let analysis, let start): Self.begun(analysis, start)
    case .search(let search, let network, let budget): .searched(Self.advanced(search, network, budget))
    case .shares(let shares, let network, let solver): .shares(Self.refined(shares, network, solver))
    }
  }

  private static func begun(_ analysis: Analysis, _ start: [Double]) -> FixedPointsResult {
    let guesses = analysis.fixedPoints.map(\.point)
    let starts = StartRegion(analysis, start: start)
    guard analysis.sizeObstacle == nil, let region = analysis.enumerationBox else {
      return .begun(.nowhere(.proved(near: guesses, of: analysis.network)), starts)
    }
    let search = Enumeration(of: region.box, under: analysis.network, guesses: guesses)
    return .begun(.box(search, region.domain), starts)
  }

  /// As many generations as a person can wait for who wants to stop.
  private static func advanced(_ search: Enumeration, _ network: Network, _ budget: Int) -> Enumeration {
    var search = search
    for _ in 0..<max(1, 256 / (network.dimension * network.dimension))
    where !search.isFinished && search.examined < budget {
      search.advance(network, parts: parts) { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) }
    }
    return search
  }

  /// Of a generation: more than there are processors, so that none waits long for another.
  private static let parts = 8

  private static func refined(_ shares: BasinShares, _ network: Network, _ solver: some EntrywiseSolver) -> BasinShares
  {
    var shares = shares
    shares.refine(on: network, by: solver)
    return shares
  }
}

/// What came of a part.
public enum FixedPointsResult: Sendable {
  /// What is searched, and where starts are drawn from.
  case begun(FixedPointsSearch, StartRegion)
  case searched(Enumeration)
  case shares(BasinShares)
}

/// Where every fixed point is looked for.
public enum FixedPointsSearch: Sendable {
  /// In a box that holds every fixed point of the scope.
  case box(Enumeration, Scope)
  /// No box is known: some fixed points, proved, and there may be others.
  case nowhere([EnclosedFixedPoint])

  var fixedPoints: [EnclosedFixedPoint] {
    switch self {
    case .box(let search, _): search.fixedPoints
    case .nowhere(let points): points
    }
  }
}
