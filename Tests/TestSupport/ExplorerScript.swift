import Dispatch
public import Explorer
import FixedPoint
public import Screen
public import Sessions

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
///     expect file NAME contains … also: expect no file NAME
///
/// `$DIR` is the gallery's directory. After each line the script waits until no task is open. The program, its services and the files are the real ones;
/// the gallery is a temporary directory.
public struct ExplorerScript: Sendable {
  public let directory: TemporaryDirectory
  public var size = Size(width: 120, height: 40)
  public var profile = Profile()
  /// Changes the services, to make a disk fail or a worker slow.
  public var services: Services

  public init(_ sessions: [String: String]) {
    directory = TemporaryDirectory()
    for (name, text) in sessions { directory.write(text, to: name) }
    services = .files(gallery: directory.path)
    useFiles()
  }

  /// The services of the real program, but for what takes long or depends on a clock.
  public mutating func useFiles(recent: RecentFiles? = nil) {
    services = .files(gallery: directory.path, recent: recent)
    // Pictures and flows do not wait for the heavy theorems of large maps.
    let certify = services.certify
    services.race = { race, solver in Self.race(race, by: solver) }
    services.certify = { analysis, light in light || analysis.network.dimension <= 8 ? certify(analysis, light) : [] }
  }

  /// A race by a clock that shows one microsecond more each time that it is read.
  private static func race(_ race: Race<Network>, by solver: any FixedPointSolver) -> RaceResult {
    var microseconds = 0
    return race.result(of: solver, repetitions: 1) {
      microseconds += 1
      return Double(microseconds) * 1e-6
    }
  }

  /// What came of a script.
  public struct Outcome: Sendable {
    public var model: ExplorerModel
    public var frames: [Frame]
    /// What was expected and not seen, with line and screen.
    public var failures: [String]
    public var suspensions: Int

    public var screen: String { frames.last?.canvas.text ?? "" }
  }

  /// Runs a script in the gallery, or on a session of the directory; on a thread of its own, since the main loop blocks.
  public func run(opening session: String? = nil, _ script: String) async -> Outcome {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: perform(opening: session, script)) }
    }
  }

  private func perform(opening session: String?, _ script: String) -> Outcome {
    let failures = Failures()
    let steps = script.replacing("$DIR", with: directory.path).split(separator: "\n").flatMap { line in
      parse(line.trimmingPrefix { $0 == " " }.description, failures) + [.settled]
    }
    let backend = MemoryBackend(size: size, profile: profile, patience: 60_000, [.settled] + steps)
    var model = ExplorerModel(size: size, profile: profile)
    if let session {
      let path = directory.file(session)
      switch services.open(path) {
      case .success(let experiment): model.open(experiment, at: path)
      case .failure(let failure): failures.add(failure.text)
      }
    }
    let program = Program(model: model, backend: backend, services: services)
    program.run()
    if let stalled = backend.stalledAt { failures.add("stalled at step \(stalled)") }
    return Outcome(
      model: program.model, frames: backend.frames, failures: failures.all, suspensions: backend.suspensions)
  }

  private final class Failures {
    var all: [String] = []
    func add(_ text: String) { all.append(text) }
  }

  private func parse(_ line: String, _ failures: Failures) -> [MemoryBackend.Step] {
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
    case "click", "drag", "release", "wheel": return [mouse(words, rest, failures)]
    case "expect": return [check(rest, line, failures)]
    default:
      failures.add("no such line: \(line)")
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

  private static func size(_ text: String) -> Size {
    let numbers = text.split(separator: "x").compactMap { Int($0) }
    return Size(width: numbers.first ?? 0, height: numbers.last ?? 0)
  }

  private static func pass(milliseconds: Int) -> [MemoryBackend.Step] {
    (0..<max(1, milliseconds / 40)).flatMap { _ in [.pass(40_000_000), .events([])] as [MemoryBackend.Step] }
  }

  private func mouse(_ words: [String], _ rest: String, _ failures: Failures) -> MemoryBackend.Step {
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
      failures.add("nothing to click: \(sought)")
      return []
    }
  }

  // MARK: Looking

  private func check(_ rest: String, _ line: String, _ failures: Failures) -> MemoryBackend.Step {
    let directory = directory
    return .until { frame in
      if !Self.holds(rest, frame, directory) { failures.add("\(line)\n\(frame.canvas.text)") }
      return true
    }
  }

  private static func holds(_ what: String, _ frame: Frame, _ directory: TemporaryDirectory) -> Bool {
    func after(_ prefix: String) -> String? { what.hasPrefix(prefix) ? String(what.dropFirst(prefix.count)) : nil }
    if let text = after("screen contains ") { return frame.canvas.text.contains(text) }
    if let text = after("screen lacks ") { return !frame.canvas.text.contains(text) }
    if let text = after("status ") { return frame.canvas.rows.dropFirst().first?.contains(text) == true }
    if let text = after("title ") { return frame.title == text }
    if let text = after("mouse ") { return frame.mouse == (text == "on") }
    if let text = after("no file ") { return !directory.names.contains(text) }
    if let text = after("file ") {
      let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
      let contents = try? SessionText.read(directory.file(parts[0]))
      return contents?.contains(parts[2]) == true
    }
    return false
  }
}
