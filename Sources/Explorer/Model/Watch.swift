public import FixedPoint
import Screen
public import Sessions

/// The screen on which a run is watched: the experiment and how it is looked at.
public struct Watch: Sendable {
  public var experiment: Experiment
  /// Where the session is kept; `nil` if it was never saved.
  public var path: String?
  /// True when work is in no file: edits, branches or notes.
  public var isModified = false
  /// What the file has; `nil` where there is none.
  var file: FileState?
  /// What a save that is under way writes.
  var saving: FileState?
  /// A recording that is being shown; `nil` once it was shown or something else was done.
  var showing: Showing?
  /// The step that every pane points at: 0 is the start.
  public var cursor: Int {
    didSet { if cursor != oldValue { window?.follow(cursor) } }
  }
  public var measure: Measure
  public var playback: Playback?
  public var speed = Speed.normal
  public var focus = WatchPane.residual
  public var isZoomed = false
  /// What the theorems say of the map.
  public var certification: Certification?
  /// The methods side by side; `nil` until the race is first shown.
  public var race: RaceBoard?
  /// How the spectrum screen is looked at.
  var spectrum = SpectrumScreen()
  /// What is known of the map's derivative along the run; `nil` until it is first shown.
  var study: RunStudy?
  /// The session as rows to change; `nil` until the build screen is first shown.
  public var build: BuildBoard?
  /// The phase portrait; `nil` until it is first shown.
  public var phase: PhaseBoard?
  /// Every fixed point, as far as the search has come.
  var fixedPoints: FixedPointsBoard?
  /// The other side of the comparison.
  public var comparison = CompareBoard()
  /// The session over its parameters; `nil` until it is first shown.
  public var sweep: SweepBoard?
  /// Why the run did not converge, once it has ended so.
  var failure: RunFailure?
  /// What the mouse holds between a press and the release: a drag never leaves it.
  var grip: WatchGrip?
  /// The steps of earlier runs, kept to compare with.
  private(set) var frozen: [FrozenCurve] = []
  var units = UnitSelection()
  /// The steps that the plots show; `nil` for all.
  var window: StepWindow?
  var residualScale = Scale.log10
  var contractionScale = Scale.linear
  var trajectoryScale = Scale.linear

  public init(experiment: Experiment, path: String?) {
    self.experiment = experiment
    self.path = path
    self.cursor = experiment.lookedAt ?? experiment.cursor
    self.measure = experiment.run.stopping.measure
    file = FileState(self)
  }

  public var run: Run<Network> { experiment.run }
  /// What was written about the step that is looked at.
  var note: StepNote? { experiment.notes.first { $0.step == cursor } }
  public var isAtEnd: Bool { cursor == run.stepCount }

  /// Title of the session, or the name of its file.
  public var title: String {
    if let title = experiment.document.title, !title.isEmpty { return title }
    return path.map(SessionFile.name) ?? "untitled"
  }
}

extension Watch {
  static let mostFrozen = 4

  /// Keeps the run's steps to compare with, or lets go of them if they are kept.
  mutating func toggleFrozen() {
    let curve = curve
    if let index = frozen.firstIndex(of: curve) {
      frozen.remove(at: index)
    } else if frozen.count < Self.mostFrozen {
      frozen.append(curve)
    }
  }

  /// The run as it would be frozen.
  private var curve: FrozenCurve { FrozenCurve(run: run) }

  /// Whether the run's steps are kept as they are.
  var isFrozen: Bool { frozen.contains(curve) }

  mutating func letGoOfFrozen() { frozen = [] }

  /// What exported files are called unless another name is typed: the session's file without its endings.
  var exportName: String {
    let file = path.map(SessionFile.name) ?? "trace"
    return file.split(separator: ".").first.map(String.init) ?? "trace"
  }
}

/// The residuals of a run that is kept to compare with.
struct FrozenCurve: Sendable, Equatable {
  let run: Run<Network>

  var label: String { "frozen " + run.solver.summary }
  var trace: [TraceRow] { run.trace }

  static func == (one: FrozenCurve, other: FrozenCurve) -> Bool {
    one.label == other.label && one.trace == other.trace
  }
}

/// Something on the watch screen that shows steps and can be scrubbed on.
enum WatchGrip: Sendable, Equatable {
  case timeline
  case pane(WatchPane)
}

/// A recording that is shown from its start to its end.
struct Showing: Sendable, Equatable {
  /// Steps a second.
  var rate: Double
  /// The last recorded step.
  let end: Int
}

/// A run that goes on by itself.
public struct Playback: Sendable, Equatable {
  /// Monotonic nanoseconds of the last tick.
  public var last: UInt64
  /// Steps owed, with the fraction carried from tick to tick.
  public var owed: Double
  /// Steps a second; `nil` for as fast as frames can be shown.
  public var rate: Double?
  /// When the next tick is due.
  public var deadline: UInt64
  /// The step where it ends by itself, for what only shows steps that are there; `nil` runs until there is an outcome.
  public var end: Int?
}

/// Steps a second of a run that goes on by itself.
public enum Speed: Int, Sendable, CaseIterable {
  case slowest, slow, normal, fast, faster, fastest, unlimited

  /// `nil` for as fast as frames can be shown.
  public var stepsPerSecond: Double? {
    switch self {
    case .slowest: 1
    case .slow: 4
    case .normal: 16
    case .fast: 64
    case .faster: 256
    case .fastest: 1024
    case .unlimited: nil
    }
  }

  var up: Speed { Speed(rawValue: rawValue + 1) ?? self }
  var down: Speed { Speed(rawValue: rawValue - 1) ?? self }

  /// The slowest one that is faster than so many steps a second.
  static func above(_ rate: Double) -> Speed {
    allCases.first { ($0.stepsPerSecond ?? .infinity) > rate } ?? .unlimited
  }

  /// The fastest one that is slower than so many steps a second.
  static func below(_ rate: Double) -> Speed {
    allCases.last { ($0.stepsPerSecond ?? .infinity) < rate } ?? .slowest
  }
}
