import FixedPoint
import Sessions

extension ExplorerModel {
  /// Moves along the run, making new steps where there are none yet.
  mutating func performRun(_ command: Command) -> [Effect] {
    guard let current = watch else { return [] }
    switch command {
    case .step: go(to: current.cursor + 1)
    case .back: go(to: current.cursor - 1)
    case .stepMany(let count): go(to: current.cursor + count)
    case .moveCursor(let step): go(to: min(step, current.run.stepCount))
    case .jumpToStart: go(to: 0)
    case .jumpToEnd: jumpToEnd()
    case .togglePlay: togglePlay()
    case .faster: setSpeed(current.rate.map(Speed.above) ?? current.speed.up)
    case .slower: setSpeed(current.rate.map(Speed.below) ?? current.speed.down)
    default: break
    }
    return []
  }

  /// Points every pane at a step; past the last one the run is stepped on, which is recorded.
  private mutating func go(to step: Int) {
    guard var current = watch else { return }
    pause(&current)
    let target = max(0, step)
    let missing = target - current.run.stepCount
    if missing > 0, current.run.outcome == nil {
      change(&current) { experiment throws(SessionError) in
        try experiment.look(at: experiment.run.stepCount)
        try experiment.perform(.step(missing))
      }
    }
    current.cursor = min(target, current.run.stepCount)
    watch = current
  }

  private mutating func jumpToEnd() {
    guard var current = watch else { return }
    pause(&current)
    if let showing = current.showing, current.cursor < showing.end {
      current.cursor = min(showing.end, current.run.stepCount)
      watch = current
    } else if current.run.outcome == nil {
      watch = current
      startPlaying(at: .unlimited)
    } else {
      current.cursor = current.run.stepCount
      watch = current
    }
  }

  private mutating func togglePlay() {
    guard var current = watch else { return }
    if current.playback == nil {
      startPlaying(at: current.speed)
    } else {
      pause(&current)
      watch = current
    }
  }

  private mutating func setSpeed(_ speed: Speed) {
    watch?.speed = speed
    watch?.playback?.rate = speed.stepsPerSecond
    watch?.showing?.rate = speed.stepsPerSecond ?? 1e9
  }

  private mutating func startPlaying(at speed: Speed) {
    guard var current = watch else { return }
    if let showing = current.showing, current.cursor < showing.end {
      current.playback = Playback(last: now, owed: 1, rate: showing.rate, deadline: now, end: showing.end)
      watch = current
      return
    }
    current.showing = nil
    if current.cursor == current.run.stepCount || speed == .unlimited {
      current.cursor = current.run.stepCount
    }
    current.playback = Playback(last: now, owed: 1, speed: speed)
    watch = current
  }

  /// Makes the steps that are due since the last tick.
  mutating func play() -> [Effect] {
    guard var current = watch, var playback = current.playback, playback.deadline <= now else { return [] }
    let due = playback.takeDue(now: now, most: current.stepsPerFrame)
    watch?.playback = playback
    current.playback = playback
    let target = min(current.cursor + due, playback.end ?? .max)
    let missing = target - current.run.stepCount
    if missing > 0 {
      goOn(&current, missing)
    }
    current.cursor = min(target, current.run.stepCount)
    if current.isAtEnd, current.run.outcome != nil || playback.end != nil { pause(&current) }
    watch = current
    return []
  }

  /// New steps of a run that goes on by itself; that it runs is recorded once.
  private mutating func goOn(_ current: inout Watch, _ count: Int) {
    if !current.experiment.isRunning {
      change(&current) { experiment throws(SessionError) in
        try experiment.look(at: experiment.run.stepCount)
        try experiment.perform(.run)
      }
    }
    for _ in 0..<count where !current.experiment.advance() { return }
  }

  /// Ends a run that goes on by itself.
  private mutating func pause(_ current: inout Watch) {
    guard current.playback != nil else { return }
    current.playback = nil
    if current.experiment.isRunning {
      change(&current) { experiment throws(SessionError) in try experiment.perform(.pause) }
    }
  }

  /// Changes the mathematics; a refusal is shown and leaves everything as it was.
  mutating func change(_ current: inout Watch, _ body: (inout Experiment) throws(SessionError) -> Void) {
    var experiment = current.experiment
    do {
      try body(&experiment)
      current.take(experiment)
    } catch {
      say(.failure, error.message)
    }
  }

  /// Changes of what is solved and how.
  mutating func performChange(_ command: Command) -> [Effect] {
    guard var current = watch else { return [] }
    if case .setField(let path, _) = command { lastEdit = path + "=" }
    if command == .undo, current.build?.draft != nil {
      // It was not made yet: there is nothing more to take back.
      watch?.build?.dropDraft()
      return []
    }
    let cursor = current.cursor
    change(&current) { experiment throws(SessionError) in
      switch command {
      case .reset: try experiment.perform(.reset)
      case .branch:
        try experiment.look(at: cursor)
        try experiment.perform(.branch)
      case .setSolver(let method):
        try experiment.look(at: cursor)
        try experiment.perform(.solver(method))
      case .setField(let path, let value):
        if path.hasPrefix("solver") || path.hasPrefix("stopping") { try experiment.look(at: cursor) }
        try experiment.perform(.edit(path: path, value: value))
      case .setStart(let source): try experiment.perform(.start(source))
      case .setStopping(let rule):
        try experiment.look(at: cursor)
        try experiment.perform(.stopping(rule))
      case .undo: try experiment.perform(.undo)
      case .redo: try experiment.perform(.redo)
      default: break
      }
    }
    if command == .undo || command == .redo { current.cursor = current.experiment.cursor }
    let before = watch
    watch = current
    if command == .branch, let before { sayWhatGoesOn(after: before) }
    return []
  }
}

extension ExplorerModel {
  /// Says what a branch changes beside the steps: the method, where another made the step that it goes on from, and
  /// notes that are now on a part that was left.
  private mutating func sayWhatGoesOn(after before: Watch) {
    guard let current = watch, current.experiment.branches.count > before.experiment.branches.count else { return }
    var words: [String] = []
    let (old, new) = (before.run.solver(at: before.cursor), current.run.solver)
    if old.summary != new.summary {
      words.append("goes on by \(new.summary), the session's method; step \(before.cursor) was made by \(old.summary)")
    }
    let hidden = current.experiment.notes.count { $0.step > current.run.stepCount }
    if hidden > 0 { words.append("\(hidden) \(hidden == 1 ? "note is" : "notes are") at later steps, kept for them") }
    if !words.isEmpty { say(.note, words.joined(separator: "; ")) }
  }
}

extension Watch {
  /// Goes over to a changed experiment.
  mutating func take(_ changed: Experiment) {
    if changed.run.stopping.measure != experiment.run.stopping.measure { measure = changed.run.stopping.measure }
    experiment = changed
    cursor = min(cursor, changed.run.stepCount)
    showing = nil
    noteChange()
  }

  /// Steps a second of what goes on by itself, or would.
  var rate: Double? { playback.map(\.rate) ?? showing?.rate ?? speed.stepsPerSecond }
}

extension Playback {
  /// Frames are at least this far apart while something moves: 33 ms.
  static let frame: UInt64 = 33_000_000

  init(last: UInt64, owed: Double, speed: Speed) {
    self.init(last: last, owed: owed, rate: speed.stepsPerSecond, deadline: last)
  }

  /// The whole steps that are due, at most `most`; sets when to come back.
  mutating func takeDue(now: UInt64, most: Int) -> Int {
    guard let rate else {
      deadline = now + Self.frame
      return most
    }
    owed = min(owed + Double(now - last) * 1e-9 * rate, Double(most))
    last = now
    let due = owed.rounded(.down)
    owed -= due
    deadline = now + max(Self.frame, UInt64((1 - owed) / rate * 1e9))
    return Int(due)
  }
}

extension Watch {
  var stepsPerFrame: Int { run.stepsPerFrame }
}

extension Run {
  /// Steps that fit into about ten milliseconds, by the size of the map.
  var stepsPerFrame: Int {
    let size = Double(map.dimension)
    return max(1, min(4096, Int(1e7 / (size * size + 200 * size + 2000))))
  }
}

extension Experiment {
  /// Moves to a step of the run, if the experiment is not there already.
  mutating func look(at step: Int) throws(SessionError) {
    if cursor != step { try perform(.rewind(to: step)) }
  }
}
