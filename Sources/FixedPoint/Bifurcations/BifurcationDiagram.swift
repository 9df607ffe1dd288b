/// All branches of fixed points that were found over a range of one parameter.
///
/// At several parameters fixed points are looked for: from a list of starts, and by enumeration in few dimensions; each
/// that lies on no branch yet is followed both ways, and so are the branches that leave at its branch points. A branch
/// that none of this meets is not found: nothing here is a proof,
/// except that ``Enumeration`` proves what it lists at one parameter.
public struct BifurcationDiagram: Sendable, Equatable {
  public let branches: [Branch]
  /// Lines of fixed points at single parameters, where f is affine along them; they are not followed.
  public let lines: [FixedLine]
  /// False if the search was broken off, or came to its limit of branches or points.
  public let isComplete: Bool

  /// How far a search is.
  public struct Progress: Sendable {
    /// Parameters at which fixed points were looked for, of ``searches``.
    public let searched: Int
    public let searches: Int
    public let branches: Int
    public let points: Int
  }

  /// The largest dimension in which fixed points are enumerated, and how many boxes are then searched at a parameter.
  private static let enumeration = (mostEntries: 6, budget: 256)
  private static let mostPoints = 4000

  /// - Parameters:
  ///   - family: the map and the parameter's range.
  ///   - start: where iterations are started first.
  ///   - searches: at how many parameters fixed points are looked for.
  ///   - box: what the entries of a state may be; a branch ends where it leaves it. Without one a branch ends where it goes
  ///     to infinity.
  ///   - isWanted: asked often, with how far the search is; false breaks it off.
  public init(
    of family: NetworkFamily, start: [Double]? = nil, searches: Int = 9, box: ClosedRange<Double>? = nil,
    isWanted: (Progress) -> Bool = { _ in true }
  ) {
    precondition(searches >= 1, "fixed points are looked for at one parameter at least")
    let result = withoutActuallyEscaping(isWanted) { isWanted in
      let found = Self.searched(family, start, searches, box, isWanted)
      return found.map { Self.followed(family, $0, box, isWanted) }
    }
    branches = result?.branches ?? []
    lines = result?.lines ?? []
    isComplete = result?.isComplete ?? false
  }

  /// Fixed points at one parameter.
  private typealias Found = (parameter: Double, states: [[Double]])

  /// Looks for fixed points; `nil` if that is broken off.
  private static func searched(
    _ family: NetworkFamily, _ start: [Double]?, _ searches: Int, _ box: ClosedRange<Double>?,
    _ isWanted: (Progress) -> Bool
  ) -> [Found]? {
    var found: [Found] = []
    for search in 0..<searches {
      guard isWanted(Progress(searched: search, searches: searches, branches: 0, points: 0)) else { return nil }
      // Off the simple fractions of the range, where people put bifurcations.
      let part = (Double(search) + 0.381_966_011_250_105) / Double(searches)
      let parameter = family.range.lowerBound + part * family.width
      guard let network = family.network(at: parameter) else { continue }
      let states = fixedPoints(of: network, start).filter { state in
        state.allSatisfy { value in box.map { $0.contains(value) } ?? value.isFinite }
      }
      found.append((parameter, states))
    }
    return found
  }

  private static func followed(
    _ family: NetworkFamily, _ found: [Found], _ box: ClosedRange<Double>?, _ isWanted: @escaping (Progress) -> Bool
  ) -> (branches: [Branch], lines: [FixedLine], isComplete: Bool) {
    let sizes = found.flatMap(\.states).map { $0.reduce(0) { max($0, abs($1)) } }.sorted()
    var progress = Progress(searched: found.count, searches: found.count, branches: 0, points: 0)
    var isBrokenOff = false
    let limits = TracingLimits(
      mostPoints: mostPoints, size: 100 * (1 + (sizes.isEmpty ? 0 : sizes[sizes.count / 2])), box: box
    ) {
      isBrokenOff = isBrokenOff || !isWanted(progress)
      return !isBrokenOff
    }
    var tracing = BranchTracing(family, limits)
    for (parameter, states) in found {
      for state in states {
        tracing.follow(state, at: parameter)
        progress = Progress(
          searched: found.count, searches: found.count, branches: tracing.branches.count, points: tracing.points)
      }
    }
    let branches = EventMerge.merged(tracing.branches, family.width).meeting
    return (branches, tracing.lines, !tracing.isOver)
  }

  private static func fixedPoints(of network: Network, _ start: [Double]?) -> [[Double]] {
    let analysis = Analysis(network: network, start: start)
    let sampled = analysis.fixedPoints.map(\.point)
    guard network.dimension <= enumeration.mostEntries, let region = analysis.enumerationBox else { return sampled }
    var search = Enumeration(of: region.box, under: network, guesses: sampled)
    search.run(network, budget: enumeration.budget)
    return sampled + search.fixedPoints.map(\.center)
  }
}
