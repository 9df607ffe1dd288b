import FixedPoint
import Sessions

/// What is known of the map's derivative at the steps of the open session's run; computed off the main loop, each step
/// once, and kept as long as the step stays what it is.
struct RunStudy: Sendable {
  /// A method in force, and the row from which it went on.
  private struct Leg: Sendable, Equatable {
    let step: Int
    let name: String
    let options: FieldValues

    init(_ step: Int, _ method: any FixedPointSolver) {
      self.step = step
      name = type(of: method).description.name
      options = method.options
    }
  }

  /// The largest state whose Jacobian is decomposed.
  static let largestDense = 1024
  private static let activitiesTogether = 32

  /// Tells the results for this course of the run from those for an earlier one.
  private(set) var generation: Int
  private let network: NetworkSource
  private let input: TensorSource?
  private let start: TensorSource
  private var legs: [Leg]
  private(set) var spectra = StepCache<Linearization>()
  /// `nil` of a map without an activation that tells.
  private(set) var activities = StepCache<ActivityShares?>()
  /// The step whose spectrum is being computed.
  private(set) var pending: Int?
  private var isCountingActivities = false

  init(generation: Int, _ experiment: Experiment) {
    let document = experiment.document
    self.generation = generation
    (network, input, start) = (document.network, document.input, document.start)
    legs = Self.legs(experiment.run)
  }

  private static func legs(_ run: Run<Network>) -> [Leg] { run.methods.map { Leg($0.step, $0.method) } }

  func isOf(_ experiment: Experiment) -> Bool {
    network == experiment.document.network && input == experiment.document.input
      && start == experiment.document.start
  }

  /// Forgets what is of rows that another method makes now; what is on its way is then of no use: results are taken
  /// under another generation from there on.
  mutating func follow(_ run: Run<Network>, generation next: Int) {
    let now = Self.legs(run)
    guard now != legs else { return }
    let same = zip(legs, now).prefix { $0 == $1 }.count
    let changed = [legs, now].compactMap { $0.dropFirst(same).first?.step }.min() ?? 1
    spectra.drop(after: changed)
    activities.drop(after: changed)
    legs = now
    generation = next
    (pending, isCountingActivities) = (nil, false)
  }
}

extension RunStudy {
  /// What a screen shows of a study.
  struct Needs: OptionSet {
    let rawValue: Int
    /// The spectrum at the cursor.
    static let spectrum = Needs(rawValue: 1)
    /// Spectra along the run.
    static let course = Needs(rawValue: 2)
    /// The activity of the units along the run.
    static let activity = Needs(rawValue: 4)
  }

  /// The next pieces of work, one of a kind at a time: the cursor's step first.
  mutating func next(for run: Run<Network>, at cursor: Int, _ needs: Needs) -> [SpectrumTask] {
    [nextSpectrum(run, cursor, needs), nextActivities(run, needs)].compactMap(\.self)
  }

  private mutating func nextSpectrum(_ run: Run<Network>, _ cursor: Int, _ needs: Needs) -> SpectrumTask? {
    guard needs.contains(.spectrum), pending == nil, run.map.dimension <= Self.largestDense else { return nil }
    let surveyed = needs.contains(.course) ? spectra.missing(of: Survey(upTo: run.stepCount)).first : nil
    guard let step = spectra[cursor] == nil ? max(1, cursor) : surveyed else { return nil }
    pending = step
    return task(.linearization(step: step, iterate: run.iterate(at: min(step, run.stepCount))), run)
  }

  private mutating func nextActivities(_ run: Run<Network>, _ needs: Needs) -> SpectrumTask? {
    guard needs.contains(.activity), !isCountingActivities else { return nil }
    let steps = activities.missing(of: Survey(upTo: run.stepCount)).prefix(Self.activitiesTogether)
    guard !steps.isEmpty else { return nil }
    isCountingActivities = true
    return task(.activities(steps.map { (step: $0, iterate: run.iterate(at: $0)) }), run)
  }

  private func task(_ work: SpectrumTask.Work, _ run: Run<Network>) -> SpectrumTask {
    SpectrumTask(generation: generation, network: run.map, work: work)
  }

  mutating func note(_ finding: SpectrumResult.Finding) {
    switch finding {
    case .linearization(let step, let linearization):
      spectra.note(linearization, of: step)
      pending = nil
    case .activities(let found):
      for (step, shares) in found { activities.note(shares, of: step) }
      isCountingActivities = false
    }
  }

  /// The spectrum at a step, or until it is there that of the last step before it, with its own step.
  func shown(at step: Int) -> (step: Int, Linearization)? {
    if let here = spectra[step] { return (step, here) }
    return spectra.last(upTo: step).flatMap { before in spectra[before].map { (before, $0) } }
  }
}
