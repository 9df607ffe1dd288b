import FixedPoint
import Training

/// A training that was started: how far it is, and what is known of it.
struct LiveTraining: Sendable {
  enum Phase: Sendable, Equatable {
    case loading
    case running
    case paused
    case stopped
    case done
    /// Could not be loaded, or gone on with.
    case failed(String)
  }

  /// One step of the optimiser.
  struct Step: Sendable {
    /// Counted from 1, over all epochs that were watched.
    let number: Int
    /// Its place on an axis of epochs.
    let epoch: Double
    let loss: Double?
    let forward: Double?
    let backward: Double?
    let seconds: Double
    let samples: Int
  }

  let title: String
  /// The ticket that it was started with.
  private let origin: Int
  private(set) var phase = Phase.loading
  /// `nil` while the data are loaded.
  private(set) var course: TrainingCourse?
  /// The last ones of the current run.
  private(set) var steps: [Step] = []
  private(set) var probe: SampleProbe?
  /// What the rate is to be multiplied by as soon as the batches under way are done.
  private(set) var awaitedFactor = 1.0
  /// The work under way.
  private(set) var ticket: Int?
  /// When the next work is due.
  private(set) var due: UInt64
  /// Batches that were done since the start, and when something was last kept.
  private(set) var batchCount = 0
  private(set) var keptCount = 0
  private var stepCount = 0
  /// The batches and the sample that the probe is of, or is asked for.
  private var probed: (batches: Int, sample: Int)?

  static let mostSteps = 600
  /// Work is asked for at most this often, in nanoseconds.
  private static let pace: UInt64 = 33_000_000

  init(_ title: String, ticket: Int, at now: UInt64) {
    self.title = title
    origin = ticket
    self.ticket = ticket
    due = now
  }

  var isUnkept: Bool { batchCount > keptCount }
  var isRunning: Bool { phase == .running }
  var run: TrainingRun? { course?.run }

  /// When the next tick is needed.
  var deadline: UInt64? { isRunning && ticket == nil ? due : nil }

  /// Whether there is anything more to train.
  var canGoOn: Bool { course.map { !$0.isDone } == true && (phase == .paused || phase == .stopped) }
}

// MARK: - What is asked of it

extension LiveTraining {
  mutating func pause() { if phase == .running { phase = .paused } }
  mutating func goOn() { if canGoOn { phase = .running } }
  mutating func stop() { if phase == .running || phase == .paused { phase = .stopped } }

  /// At once, or when the batches under way are done.
  mutating func scaleRate(by factor: Double) {
    awaitedFactor *= factor
    if ticket == nil { scaleAwaited() }
  }

  private mutating func scaleAwaited() {
    if awaitedFactor != 1, course?.isDone == false { course?.scaleRate(by: awaitedFactor) }
    awaitedFactor = 1
  }

  var mark: TrainingMark { TrainingMark(training: origin, batches: batchCount) }

  mutating func noteKept(_ mark: TrainingMark) {
    if mark.training == origin { keptCount = max(keptCount, mark.batches) }
  }

  /// The next while of training, or a sample to look at, if one is wanted and nothing is under way.
  mutating func nextEffect(sample: Int?, ticket next: Int, at now: UInt64) -> TrainingEffect? {
    guard ticket == nil, let course else { return nil }
    if phase == .running {
      guard due <= now else { return nil }
      due = now + Self.pace
      ticket = next
      return .advance(course, sample: sample, ticket: next)
    }
    guard let sample, probed.map({ $0 != (batchCount, sample) }) ?? true else { return nil }
    probed = (batchCount, sample)
    ticket = next
    return .probe(course.run, sample: sample, ticket: next)
  }
}

// MARK: - What comes back

extension LiveTraining {
  /// Takes the training that was loaded, and begins.
  mutating func take(_ loaded: Result<TrainingCourse, Failure>) {
    ticket = nil
    switch loaded {
    case .success(let course):
      self.course = course
      phase = course.isDone ? .done : phase == .loading ? .running : phase
    case .failure(let failure): phase = .failed(failure.text)
    }
  }

  /// - Returns: whether an epoch has ended.
  mutating func take(_ result: Result<TrainingSlice, Failure>, sample: Int) -> Bool {
    ticket = nil
    switch result {
    case .failure(let failure):
      phase = .failed(failure.text)
      return false
    case .success(let slice):
      let epochs = course?.epochCount ?? 0
      if slice.course.run.number != course?.run.number { steps = [] }
      note(slice.batches, in: slice.course)
      course = slice.course
      if let probe = slice.probe {
        self.probe = probe
        probed = (batchCount, sample)
      }
      scaleAwaited()
      if slice.course.isDone { phase = .done }
      return slice.course.epochCount > epochs
    }
  }

  mutating func take(_ probe: SampleProbe) {
    ticket = nil
    self.probe = probe
    scaleAwaited()
  }

  private mutating func note(_ batches: [BatchReport], in course: TrainingCourse) {
    batchCount += batches.count
    for batch in batches where batch.purpose == .training {
      stepCount += 1
      steps.append(Step(batch, number: stepCount))
    }
    steps = steps.suffix(Self.mostSteps)
  }
}

extension LiveTraining.Step {
  fileprivate init(_ batch: BatchReport, number: Int) {
    self.number = number
    epoch = Double(batch.epoch - 1) + Double(batch.batch) / Double(batch.count)
    loss = batch.score.loss
    forward = batch.forward.meanSteps
    backward = batch.backward.meanSteps
    seconds = batch.seconds
    samples = batch.score.count
  }
}

// MARK: - How fast it is

extension LiveTraining {
  /// Of all epochs of all runs, what is done.
  var share: Double? {
    guard let course else { return nil }
    let epochs = Double(course.plan.epochs * course.plan.runs)
    let before = Double((course.run.number - 1) * course.plan.epochs)
    return phase == .done ? 1 : (before + epochsOfRun) / epochs
  }

  private var epochsOfRun: Double {
    guard let run else { return 0 }
    return Double(run.history.count) + (run.progress.map { Double($0.done) / Double($0.count) } ?? 0)
  }

  /// Mean seconds of the last steps; `nil` before the first one.
  var secondsPerStep: Double? {
    let last = steps.suffix(50)
    return last.isEmpty ? nil : last.reduce(0) { $0 + $1.seconds } / Double(last.count)
  }

  /// Labelled samples that the last steps trained on in a second.
  var samplesPerSecond: Double? {
    let last = steps.suffix(50)
    let seconds = last.reduce(0) { $0 + $1.seconds }
    return seconds > 0 ? Double(last.reduce(0) { $0 + $1.samples }) / seconds : nil
  }

  /// By the time of the last epoch, or of the batches of the first one so far.
  var secondsLeft: Double? {
    guard let course, let run, phase != .done else { return nil }
    let whole =
      run.history.last?.seconds
      ?? run.progress.flatMap { progress in
        secondsPerStep.map { $0 * Double(progress.count) }
      }
    let runsLeft = Double((course.plan.runs - run.number) * course.plan.epochs)
    return whole.map { $0 * (runsLeft + Double(course.plan.epochs) - epochsOfRun) }
  }
}
