import FixedPoint
import Sessions

/// The race of the open session's problem, as far as it has been run.
public struct RaceBoard: Sendable {
  /// A method that may take part.
  struct Entrant: Sendable {
    let source: SolverSource
    let solver: any FixedPointSolver
    var isOn: Bool
    var result: RaceResult?
  }

  struct FrozenCurve: Sendable, Equatable {
    let label: String
    let result: RaceResult
  }

  /// What the curves are drawn against.
  enum Axis: Sendable { case evaluations, time }

  /// Tells the results of one problem from those of the one before.
  let generation: Int
  let race: Race<Network>
  private(set) var entrants: [Entrant]
  /// The entrant that is running now.
  private(set) var running: Int?
  var selection = 0
  var axis = Axis.evaluations
  /// Curves that are kept to compare with, also when the problem changes.
  private(set) var frozen: [FrozenCurve] = []
  /// What the problem is made from, to see whether it has changed.
  private let network: NetworkSource
  private let input: TensorSource?
  private let start: TensorSource

  /// Every method of the catalogue, and the session's own where it is another.
  init(generation: Int, _ experiment: Experiment) {
    let document = experiment.document
    self.generation = generation
    (network, input, start) = (document.network, document.input, document.start)
    let problem = experiment.problem
    race = Race(map: problem.network, start: problem.start, stopping: experiment.run.stopping)
    entrants = []
    for method in MethodCatalog.all { include(SolverSource(method.description.name)) }
    include(document.solver)
  }

  private static let largestDense = 1024
  private static let dense = ["newton", "newton-log"]

  func isOf(_ experiment: Experiment) -> Bool {
    network == experiment.document.network && input == experiment.document.input
      && start == experiment.document.start && race.stopping == experiment.run.stopping
  }
}

extension RaceBoard {
  var selected: Entrant { entrants[selection] }

  /// What is shown of each entrant: nothing of those that are off.
  var results: [RaceResult?] { entrants.map { $0.isOn ? $0.result : nil } }

  var isComplete: Bool { entrants.allSatisfy { !$0.isOn || $0.result != nil } }

  /// Begins with the next entrant that is on and has no result, if none is running: one at a time, so that their times
  /// can be compared.
  mutating func startNext() -> Effect? {
    guard running == nil, let next = entrants.firstIndex(where: { $0.isOn && $0.result == nil }) else { return nil }
    running = next
    return .race(race, entrants[next].solver, index: next, generation: generation)
  }

  /// Adds a method, if it is not there; one that needs a dense Jacobian is off for large states.
  mutating func include(_ source: SolverSource) {
    guard !entrants.contains(where: { $0.source == source }), let solver = try? Problem.solver(source) else { return }
    let isOn = race.map.dimension <= Self.largestDense || !Self.dense.contains(source.method)
    entrants.append(Entrant(source: source, solver: solver, isOn: isOn))
  }

  mutating func note(_ result: RaceResult, of index: Int) {
    entrants[index].result = result
    running = nil
  }

  mutating func select(_ change: Int) { selection = max(0, min(selection + change, entrants.count - 1)) }

  mutating func toggleSelected() { entrants[selection].isOn.toggle() }

  /// Leaves the selected one alone on, or turns all on where it is.
  mutating func toggleOthers() {
    let isAlone = entrants.indices.allSatisfy { entrants[$0].isOn == ($0 == selection) }
    for index in entrants.indices { entrants[index].isOn = isAlone || index == selection }
  }

  /// Keeps the selected method's curve beside those that are kept; lets go of them all if it is one of them.
  mutating func toggleFrozen() {
    let curve = selected.result.map { FrozenCurve(label: "frozen " + selected.source.label, result: $0) }
    if let curve, !frozen.contains(curve) {
      frozen.append(curve)
    } else {
      frozen = []
    }
  }

  mutating func toggleAxis() { axis = axis == .evaluations ? .time : .evaluations }

  /// Who needs the least so far, in one line.
  var conclusion: String {
    let ending = isComplete ? "" : "; running…"
    guard let fewest = results.fewestEvaluations, let fastest = results.fastest,
      let count = results[fewest]?.evaluations, let time = results[fastest]?.durationText
    else { return isComplete ? "no method converged" : "running…" }
    return "fewest evaluations: \(entrants[fewest].source.label), \(count); "
      + "shortest time: \(entrants[fastest].source.label), \(time)" + ending
  }
}

extension ExplorerModel {
  /// Keeps the race going while its screen is shown; another problem begins another race.
  mutating func raceIfShown() -> [Effect] {
    guard place == .race, let current = watch else { return [] }
    if current.race?.isOf(current.experiment) != true {
      raceCount += 1
      var board = RaceBoard(generation: raceCount, current.experiment)
      if let before = current.race { board.keepView(of: before) }
      watch?.race = board
    }
    watch?.race?.include(current.experiment.document.solver)
    return [watch?.race?.startNext()].compactMap(\.self)
  }

  /// Takes in a result; those of an earlier problem are dropped.
  mutating func note(_ result: RaceResult, of index: Int, in generation: Int) -> [Effect] {
    if watch?.race?.generation == generation { watch?.race?.note(result, of: index) }
    return []
  }

  mutating func performRace(_ command: Command) -> [Effect] {
    switch command {
    case .nextEntrant: watch?.race?.select(1)
    case .previousEntrant: watch?.race?.select(-1)
    case .toggleEntrant: watch?.race?.toggleSelected()
    case .toggleOtherEntrants: watch?.race?.toggleOthers()
    case .toggleRaceAxis: watch?.race?.toggleAxis()
    case .freezeEntrant: watch?.race?.toggleFrozen()
    case .leaveRace: place = .watch
    case .takeEntrant:
      guard let source = watch?.race?.selected.source else { return [] }
      place = .watch
      return perform(.setSolver(source))
    default: break
    }
    return []
  }
}

extension RaceBoard {
  /// Selection, axis and which methods are on stay as they were.
  fileprivate mutating func keepView(of before: RaceBoard) {
    axis = before.axis
    frozen = before.frozen
    selection = min(before.selection, entrants.count - 1)
    for index in entrants.indices {
      guard let same = before.entrants.first(where: { $0.source == entrants[index].source }) else { continue }
      entrants[index].isOn = same.isOn
    }
  }
}
