import FixedPoint
public import Screen
public import Sessions

/// Everything that the explorer's screen depends on: a value, changed only by ``update(_:)``.
public struct ExplorerModel: Sendable {
  /// The window.
  public var size: Size
  public var profile: Profile
  public var settings: Settings
  public var place: Place
  public var gallery: Gallery
  /// The open session, if there is one.
  public var watch: Watch?
  /// What can be trained, and the training under way.
  var train = TrainBoard()
  /// What covers the screen and takes the keys; `nil` if nothing does.
  public var overlay: Overlay?
  public var toast: Toast?
  /// True until the first key or click of a person who is here for the first time.
  public var greets = false
  /// Where relative paths start; `nil` leaves them as they are.
  public var directory: String?
  /// Monotonic time in nanoseconds of the message being handled.
  public var now: UInt64
  /// True once the program is to end.
  public var isFinished: Bool
  /// What is done once the save under way has succeeded.
  var afterSaving: Command?
  /// What the prompt for a field begins with: the field set last.
  var lastEdit = "network.operators[0].weight.gain="
  /// What keeps changes safe from a crash.
  var unsaved = Unsaved()
  /// The names of the data sets whose samples can be an input or a start.
  var datasets: [String] = []
  /// The certifications under way, the light ones (`true`) and the others, each by its generation.
  var certifying: [Bool: Int] = [:]
  /// Counts the solves that the build screen asked for, so that late results are told apart.
  var solveCount = 0
  /// Counts the networks that were certified, so that late results of an earlier one are told apart.
  var certifiedCount = 0
  /// Counts the problems that were raced, likewise.
  var raceCount = 0
  /// Counts the courses of runs whose derivative was studied, likewise.
  var surveyCount = 0
  /// Counts the parts of phase portraits that were asked for, likewise.
  var phaseCount = 0
  /// Counts the parts of sweeps that were asked for, likewise.
  var sweepCount = 0
  /// How many parts of a sweep are computed at a time.
  var processors = 1
  /// Counts the parts of searches for fixed points, likewise.
  var fixedPointsCount = 0
  /// The part of a search that is under way: one at a time, of whichever map.
  var fixedPointsTask: Int?
  /// Counts the diagnoses and adjoint solves that were asked for, likewise.
  var studyCount = 0
  /// Counts the parts of trainings that were asked for, likewise.
  var trainCount = 0

  public init(size: Size, profile: Profile, settings: Settings = Settings()) {
    self.size = size
    self.profile = profile
    self.settings = settings
    self.place = .gallery
    self.gallery = Gallery()
    self.watch = nil
    self.overlay = nil
    self.toast = nil
    self.now = 0
    self.isFinished = false
  }

  /// Tells of something that was not as expected before the first frame.
  public mutating func warn(_ text: String) { say(.warning, text) }

  /// Opens the explorer on a session; with `playing`, its steps are shown one after the other from the start, so many a
  /// second.
  public mutating func open(_ experiment: Experiment, at path: String?, playing stepsPerSecond: Double? = nil) {
    var watch = Watch(experiment: experiment, path: path)
    if let stepsPerSecond {
      watch.cursor = 0
      watch.showing = Showing(rate: stepsPerSecond, end: experiment.run.stepCount)
      watch.playback = Playback(
        last: now, owed: 0, rate: stepsPerSecond, deadline: now, end: experiment.run.stepCount)
    }
    self.watch = watch
    certifying = [:]
    place = .watch
    if let warning = experiment.opening?.report.warning { say(.warning, warning) }
  }

  /// The smallest window in which every screen is usable.
  public static let minimumSize = Size(width: 80, height: 24)

  public var isTooSmall: Bool {
    size.width < Self.minimumSize.width || size.height < Self.minimumSize.height
  }

  /// The part of the window beneath the tabs: what the screens, the footer and what covers them are drawn on.
  var body: Rect { Rect(x: 0, y: 1, width: size.width, height: max(0, size.height - 1)) }

  /// The profile with the person's own wishes applied.
  public var shownProfile: Profile {
    var shown = profile
    if settings.plainGlyphs { shown.glyphs = .ascii }
    return shown
  }

  /// When the next tick is due, if time matters at all: nothing wakes an idle explorer.
  public var deadline: UInt64? {
    let comparison = place == .compare ? watch?.comparison.deadline : nil
    let journal = unsaved.isWriting ? nil : unsaved.due
    return [watch?.playback?.deadline, comparison, train.live?.deadline, toast?.expiry, journal].compactMap(\.self)
      .min()
  }
}

/// A short message over the footer that goes away by itself.
public struct Toast: Sendable, Equatable {
  public enum Kind: Sendable { case note, warning, failure }

  public var kind: Kind
  public var text: String
  /// Monotonic nanoseconds.
  public var expiry: UInt64
}
