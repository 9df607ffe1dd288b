import Dispatch
public import Explorer
import FixedPoint
public import Screen
public import Sessions
import Training

/// A day with the explorer as text: what a person does and what must then be on the screen, one thing a line.
///
///     press space space r        keys, by name or as themselves
///     type 1e-6                  the rest of the line, character by character
///     paste some text
///     click 30 4                 also: drag, release, wheel up|down, click on "text"
///     resize 79x23
///     pass 500                   milliseconds, in frames
///     expect screen contains …   also: lacks …
///     expect status …            the line under the tabs contains …
///     expect file NAME contains … also: lacks, expect no file NAME
///     expect kept …              the settings kept for the next start contain …
///     expect copied …            what was last put on the clipboard contains …
///     restart                    ends the program and starts it anew: also restart NAME, on a session
///
/// `$DIR` is the gallery's directory. After each line the script waits until no task is open. The program, its services
/// and the files are the real ones; the gallery is a temporary directory, and so is the person's own.
public struct ExplorerScript: Sendable {
  public let directory: TemporaryDirectory
  public var size = Size(width: 120, height: 40)
  public var profile = Profile()
  /// Changes the services, to make a disk fail or a worker slow.
  public var services: Services
  /// Where settings are kept.
  public let personal = TemporaryDirectory()
  /// Whether the program greets a person who was not here before.
  public var greets = false

  public init(_ sessions: [String: String]) {
    directory = TemporaryDirectory()
    for (name, text) in sessions { directory.write(text, to: name) }
    services = .files(
      gallery: directory.path, personal: PersonalFolders(configuration: personal.path, state: personal.path))
    services.datasets = ["drawn-digits", "karate-club", "spirals", "two-moons"]
    services.training.load = { plan in Self.training(plan) }
    services.training.advance = { course, sample in Self.training(course, sample) }
    // Pictures and flows do not wait for the heavy theorems of large maps.
    let certify = services.certify
    services.race = { race, solver in Self.race(race, by: solver) }
    services.certify = { analysis, light in light || analysis.network.dimension <= 8 ? certify(analysis, light) : [] }
  }

  public var folders: PersonalFolders { PersonalFolders(configuration: personal.path, state: personal.path) }

  /// A race by a clock that shows one microsecond more each time that it is read.
  private static func race(_ race: Race<Network>, by solver: any FixedPointSolver) -> RaceResult {
    var microseconds = 0
    return race.result(of: solver, repetitions: 1) {
      microseconds += 1
      return Double(microseconds) * 1e-6
    }
  }

  /// Trainings have the data that are built in.
  private static func training(_ plan: TrainingPlan) -> Result<TrainingCourse, Failure> {
    do throws(SessionError) {
      return .success(try TrainingCourse(plan, on: try DatasetCatalog(folders: []).load(plan.data.name)))
    } catch {
      return .failure(Failure(error.message))
    }
  }

  /// Three batches, by a clock that shows a hundredth of a second more each time that it is read.
  private static func training(_ course: TrainingCourse, _ sample: Int?) -> Result<TrainingSlice, Failure> {
    var seconds = 0.0
    return TrainingSlice.of(course, sample: sample) {
      seconds += 0.01
      return seconds
    }
  }

  /// What came of a script.
  public struct Outcome: Sendable {
    public var model: ExplorerModel
    public var frames: [Frame]
    /// What was expected and not seen, with line and screen.
    public var failures: [String]
    public var suspensions: Int
    /// What was copied to the clipboard.
    public var copied: [String]

    public var screen: String { frames.last?.canvas.text ?? "" }
  }

  /// Runs a script in the gallery, or on a session of the directory; on a thread of its own, since the main loop blocks.
  public func run(opening session: String? = nil, _ script: String) async -> Outcome {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: perform(opening: session, script)) }
    }
  }

  private func perform(opening session: String?, _ script: String) -> Outcome {
    var session = session
    var lines: [String] = []
    var outcome: Outcome?
    for line in script.replacing("$DIR", with: directory.path).split(separator: "\n") {
      let line = line.trimmingPrefix { $0 == " " }.description
      guard line == "restart" || line.hasPrefix("restart ") else {
        lines.append(line)
        continue
      }
      outcome = start(on: session, lines, after: outcome)
      session = line.split(separator: " ").dropFirst().first.map(String.init)
      lines = []
    }
    return start(on: session, lines, after: outcome)
  }

  /// The program from its start to its end.
  private func start(on session: String?, _ lines: [String], after earlier: Outcome?) -> Outcome {
    let stage = Stage(earlier?.failures ?? [])
    let steps = lines.flatMap { parse($0, stage) + [.settled] }
    let backend = MemoryBackend(size: size, profile: profile, patience: 240_000, [.settled] + steps)
    let (settings, complaint) = folders.knownSettings
    stage.backend = backend
    defer { stage.backend = nil }
    var model = ExplorerModel(size: size, profile: profile, settings: settings)
    model.greets = greets && folders.isFirstTime
    if let complaint { model.warn(complaint) }
    if let session {
      let path = directory.file(session)
      switch services.open(path) {
      case .success(let experiment): model.open(experiment, at: path)
      case .failure(let failure): stage.add(failure.text)
      }
    }
    let program = Program(model: model, backend: backend, services: services)
    program.run()
    if let stalled = backend.stalledAt { stage.add("stalled at step \(stalled)") }
    return Outcome(
      model: program.model, frames: backend.frames, failures: stage.failures, suspensions: backend.suspensions,
      copied: (earlier?.copied ?? []) + backend.copied)
  }

  /// The terminal while a script is played on it, and what was not as expected.
  private final class Stage {
    private(set) var failures: [String]
    var backend: MemoryBackend?
    init(_ failures: [String]) { self.failures = failures }
    func add(_ text: String) { failures.append(text) }
  }

  private func parse(_ line: String, _ stage: Stage) -> [MemoryBackend.Step] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let rest = words.dropFirst().joined(separator: " ")
    switch words[0] {
    case "", "#": return []
    case "press": return words.dropFirst().flatMap { [.key(Self.key($0)), .settled] as [MemoryBackend.Step] }
    case "type": return rest.flatMap { [.key(.character($0)), .settled] as [MemoryBackend.Step] }
    case "paste": return [.events([.paste(rest)])]
    case "resize": return [.events([.resize(Self.size(rest))])]
    case "pass": return Self.pass(milliseconds: Int(rest) ?? 0)
    case "hangUp": return [.events([.hangUp])]
    case "click", "drag", "release", "wheel": return [mouse(words, rest, stage)]
    case "expect": return [check(rest, line, stage)]
    default:
      stage.add("no such line: \(line)")
      return []
    }
  }

  // MARK: Doing

  /// `space`, `Enter`, `^C`, `PgUp`, `F1`, or a character.
  public static func key(_ name: String) -> Key {
    let codes: [String: Key.Code] = [
      "space": .character(" "), "Enter": .enter, "Esc": .escape, "Tab": .tab, "Shift-Tab": .backTab,
      "Backspace": .backspace, "Del": .delete, "up": .up, "down": .down, "left": .left, "right": .right,
      "Home": .home, "End": .end, "PgUp": .pageUp, "PgDn": .pageDown, "F1": .function(1), "F9": .function(9),
    ]
    if let code = codes[name] { return Key(code) }
    if name.count == 2, name.first == "^", let letter = name.last { return .control(Character(letter.lowercased())) }
    return .character(name.first ?? " ")
  }

  /// `80x24`.
  public static func size(_ text: String) -> Size {
    let numbers = text.split(separator: "x").compactMap { Int($0) }
    return Size(width: numbers.first ?? 0, height: numbers.last ?? 0)
  }

  private static func pass(milliseconds: Int) -> [MemoryBackend.Step] {
    (0..<max(1, milliseconds / 40)).flatMap { _ in
      [.pass(40_000_000), .events([]), .settled] as [MemoryBackend.Step]
    }
  }

  private func mouse(_ words: [String], _ rest: String, _ stage: Stage) -> MemoryBackend.Step {
    if words[0] == "wheel" {
      return .events([.mouse(Mouse(rest == "up" ? .wheelUp : .wheelDown, .none, at: Point(x: 5, y: 5)))])
    }
    let action: Mouse.Action = words[0] == "click" ? .press : words[0] == "drag" ? .drag : .release
    let numbers = words.dropFirst().compactMap { Int($0) }
    if numbers.count == 2 { return .events([.mouse(Mouse(action, at: Point(x: numbers[0], y: numbers[1])))]) }
    let sought = String(rest.dropFirst(4).dropLast())
    return .respond { frame in
      for (y, row) in frame.canvas.rows.enumerated() {
        if let range = row.firstRange(of: sought) {
          let x = row.distance(from: row.startIndex, to: range.lowerBound)
          return [.mouse(Mouse(action, at: Point(x: x, y: y)))]
        }
      }
      stage.add("nothing to click: \(sought)")
      return []
    }
  }

  // MARK: Looking

  private func check(_ rest: String, _ line: String, _ stage: Stage) -> MemoryBackend.Step {
    .until { frame in
      if !holds(rest, frame, stage) { stage.add("\(line)\n\(frame.canvas.text)") }
      return true
    }
  }

  private func holds(_ what: String, _ frame: Frame, _ stage: Stage) -> Bool {
    func after(_ prefix: String) -> String? { what.hasPrefix(prefix) ? String(what.dropFirst(prefix.count)) : nil }
    if let text = after("screen contains ") { return frame.canvas.text.contains(text) }
    if let text = after("screen lacks ") { return !frame.canvas.text.contains(text) }
    if let text = after("status ") { return frame.canvas.rows.dropFirst().first?.contains(text) == true }
    if let text = after("title ") { return frame.title == text }
    if let text = after("mouse ") { return frame.mouse == (text == "on") }
    if let text = after("kept ") {
      return (try? SessionText.read(personal.file("config.json")))?.contains(text) == true
    }
    if let text = after("copied ") { return stage.backend?.copied.last?.contains(text) == true }
    if let text = after("no file ") { return !directory.names.contains(text) }
    if let text = after("file ") {
      let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
      let contents = try? SessionText.read(directory.file(parts[0]))
      return contents.map { $0.contains(parts[2]) == (parts[1] == "contains") } == true
    }
    return false
  }
}
