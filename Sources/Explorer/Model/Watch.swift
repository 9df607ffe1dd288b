public import FixedPoint
public import Sessions

/// The screen on which a run is watched: the experiment and how it is looked at.
public struct Watch: Sendable {
  public var experiment: Experiment
  /// Where the session is kept; `nil` if it was never saved.
  public var path: String?
  /// True when the experiment differs from the file.
  public var isModified = false
  /// The step that every pane points at: 0 is the start.
  public var cursor: Int
  public var measure: Measure
  public var playback: Playback?
  public var speed = Speed.normal
  public var focus = WatchPane.residual
  public var isZoomed = false
  /// What the theorems say of the map.
  public var certification: Certification?
  /// The methods side by side; `nil` until the race is first shown.
  public var race: RaceBoard?
  /// The phase portrait; `nil` until it is first shown.
  public var phase: PhaseBoard?
  /// The other side of the comparison.
  public var comparison = CompareBoard()
  /// Why the run did not converge, once it has ended so.
  var failure: RunFailure?
  /// What the mouse holds between a press and the release: a drag never leaves it.
  var grip: WatchGrip?
  /// The steps of an earlier run, kept to compare with.
  private(set) var frozen: (label: String, trace: [TraceRow])?
  /// The same run whole.
  private(set) var frozenRun: Run<Network>?
  /// First unit shown in the state pane.
  public var stateOffset = 0

  public init(experiment: Experiment, path: String?) {
    self.experiment = experiment
    self.path = path
    self.cursor = experiment.cursor
    self.measure = experiment.run.stopping.measure
  }

  public var run: Run<Network> { experiment.run }
  public var isAtEnd: Bool { cursor == run.stepCount }

  /// Title of the session, or the name of its file.
  public var title: String {
    if let title = experiment.document.title, !title.isEmpty { return title }
    return path?.split(separator: "/").last.map(String.init) ?? "untitled"
  }
}

extension Watch {
  /// Keeps the run's steps to compare with, or lets go of what is kept.
  mutating func toggleFrozen() {
    frozenRun = frozenRun == nil ? run : nil
    frozen = frozenRun.map { ("frozen " + $0.solver.summary, $0.trace) }
  }

  /// What exported files are called unless another name is typed: the session's file without its endings.
  var exportName: String {
    let file = path?.split(separator: "/").last.map(String.init) ?? "trace"
    return file.split(separator: ".").first.map(String.init) ?? "trace"
  }
}

/// Something on the watch screen that shows steps and can be scrubbed on.
enum WatchGrip: Sendable, Equatable {
  case timeline
  case pane(WatchPane)
}

/// The panes of the watch screen, in the order in which the key goes through them.
public enum WatchPane: Int, Sendable, CaseIterable {
  case residual, contraction, activations, state

  var next: WatchPane { WatchPane(rawValue: (rawValue + 1) % WatchPane.allCases.count) ?? .residual }
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
}
