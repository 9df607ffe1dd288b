import FixedPoint
import Sessions

/// The fixed points of the open session's map, as far as the search for all of them has come, and how many starts reach
/// each.
public struct FixedPointsBoard: Sendable {
  /// A map of at most so many units is searched unasked.
  static let unaskedUnits = 3
  private static let unaskedBudget = 4096
  /// A map of at most so many units is searched as soon as a person looks at its fixed points.
  static let promptUnits = 16
  /// Boxes that are searched when a person asks for it.
  static let askedBudget = 200_000

  let analysis: Analysis
  private let network: NetworkSource
  private let input: TensorSource?
  private let start: [Double]
  private(set) var solver: any EntrywiseSolver
  /// The method by which starts are followed, as the screen tells it.
  private(set) var method: String

  /// `nil` until the search has begun.
  private(set) var search: FixedPointsSearch?
  private(set) var shares: BasinShares?
  private(set) var certificate: Certificate?
  private var starts: StartRegion?
  /// How many boxes are to be searched in all; 0 does not begin.
  private var budget: Int
  /// The part that is under way.
  private(set) var ticket: Int?
  /// Of the next point beside a fixed point.
  private var seed: UInt64 = 1

  init(_ experiment: Experiment, analysis: Analysis) {
    self.analysis = analysis
    network = experiment.document.network
    input = experiment.document.input
    start = experiment.problem.start
    (solver, method) = Self.follower(experiment)
    budget = analysis.network.dimension <= Self.unaskedUnits ? Self.unaskedBudget : 0
  }

  /// The session's method if it moves many starts at once, else plain iteration.
  private static func follower(_ experiment: Experiment) -> (any EntrywiseSolver, String) {
    guard let solver = experiment.problem.solver as? any EntrywiseSolver else { return (Picard(), "picard") }
    return (solver, experiment.document.solver.label)
  }

  func isOf(_ experiment: Experiment) -> Bool {
    network == experiment.document.network && input == experiment.document.input
  }

  /// Starts are followed by the session's method: by another one they may end elsewhere.
  mutating func follow(_ experiment: Experiment) {
    let (solver, method) = Self.follower(experiment)
    guard method != self.method else { return }
    (self.solver, self.method) = (solver, method)
    (shares, ticket) = (nil, nil)
  }

  var fixedPoints: [EnclosedFixedPoint] { search?.fixedPoints ?? [] }
  var dimension: Int { analysis.network.dimension }

  /// Whether every fixed point of the scope is listed.
  var isComplete: Bool {
    if case .box(let search, _) = search { search.isComplete } else { false }
  }

  /// Whether boxes are being searched, or about to be.
  var isSearching: Bool {
    switch search {
    case nil: budget > 0
    case .box(let search, _): !search.isFinished && search.examined < budget
    case .nowhere: false
    }
  }

  /// Whether there is more to be searched.
  var canSearch: Bool {
    switch search {
    case nil: true
    case .box(let search, _): !search.isFinished
    case .nowhere: false
    }
  }

  /// Searches on.
  mutating func ask() {
    guard !isSearching else { return }
    budget = Self.askedBudget
    if case .box(let search, _) = search { budget += search.examined }
  }

  /// Searches no further than the part that is under way.
  mutating func stop() { budget = 0 }

  /// A point close to a fixed point, another one each time; `nil` before anything is known.
  mutating func nextPoint(beside index: Int) -> (point: [Double], seed: UInt64)? {
    guard let starts, fixedPoints.indices.contains(index) else { return nil }
    defer { seed += 1 }
    return (starts.point(beside: fixedPoints[index].center, seed: seed), seed)
  }
}

// MARK: - What is computed

extension FixedPointsBoard {
  /// The next part: of the search while it goes on, then of the starts.
  var nextWork: FixedPointsWork? {
    if isSearching {
      guard case .box(let search, _) = search else { return .begin(analysis, start: start) }
      return .search(search, analysis.network, budget: budget)
    }
    guard let starts, !fixedPoints.isEmpty else { return nil }
    if let shares, shares.fixedPoints == fixedPoints {
      return shares.isComplete ? nil : .shares(shares, analysis.network, solver)
    }
    return .shares(BasinShares(of: fixedPoints, in: starts, seed: Self.startsSeed), analysis.network, solver)
  }

  private static let startsSeed: UInt64 = 1

  mutating func begin(_ ticket: Int) { self.ticket = ticket }

  /// Takes in the result of the part that is under way; others are dropped.
  mutating func take(_ result: FixedPointsResult, ticket: Int) {
    guard self.ticket == ticket else { return }
    self.ticket = nil
    switch result {
    case .begun(let search, let starts): (self.search, self.starts) = (search, starts)
    case .searched(let search):
      guard case .box(_, let scope) = self.search else { return }
      self.search = .box(search, scope)
    case .shares(let shares): self.shares = shares
    }
    noteCertificate()
  }

  /// A search that has ended, or has found two, says whether there is exactly one.
  private mutating func noteCertificate() {
    guard case .box(let search, let scope) = search else { return }
    let statement = VerifiedEnumeration.certificate(search, in: scope)
    if search.isFinished || statement.verdict == .refuted { certificate = statement }
  }
}
