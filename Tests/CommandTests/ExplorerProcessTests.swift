import Glibc
import TestSupport
import Testing

/// The real program on a pseudo-terminal.
@Suite(.serialized)
struct ExplorerProcessTests {
  private let directory = Commands.directory()

  private func start(
    _ arguments: [String] = [], terminal: String = "xterm-256color", environment: [String: String] = [:],
    width: Int = 100, height: Int = 30
  ) throws -> PseudoTerminal {
    var environment = environment
    environment["DEQ_SESSIONS"] = directory.path
    let program = try PseudoTerminal(
      Commands.binary, arguments.isEmpty ? ["explore", directory.file("three.deq.json")] : arguments,
      terminal: terminal, environment: environment, width: width, height: height)
    try program.wait(for: "tasks=0 ")
    return program
  }

  private func expectRestored(_ program: PseudoTerminal, showing rest: String = "") {
    #expect(program.settings == program.before)
    for mode in [1000, 1002, 1004, 1006, 1049, 2004, 2026] where program.mode(mode) != nil {
      #expect(program.mode(mode) == false, "\(mode)")
    }
    #expect(program.mode(25) != false)
    #expect(program.afterwards == rest, "\(program.afterwards.debugDescription)")
  }

  @Test func startsStepsAndQuits() throws {
    let program = try start()
    program.type(" ")
    try program.wait(for: "events=1 ")
    program.type("qd")
    #expect(try program.end() == 0)
    expectRestored(program)
  }

  @Test func theGalleryOpensAndQuits() throws {
    let program = try start(["explore"])
    program.type("G\rq")
    #expect(try program.end() == 0)
    expectRestored(program)
  }

  @Test func survivesAStormOfResizes() throws {
    let program = try start()
    program.type(" r")
    for step in 0..<100 {
      program.resize(1 + step * 37 % 200, 1 + step * 23 % 60)
      usleep(50_000)
    }
    program.resize(1, 1)
    try program.wait(for: "size=1x1")
    program.resize(120, 40)
    let large = program.received.count
    try program.wait(for: "size=120x40")
    try program.wait(for: "residual", from: large)
    program.type("qd")
    #expect(try program.end() == 0)
    expectRestored(program)
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func aSignalEndsItInOrder(_ signal: Int32) throws {
    let program = try start()
    program.type("  r")
    try program.wait(for: "events=3 ")
    kill(program.process, signal)
    #expect(try program.end() == (128 + signal) << 8)
    expectRestored(program)
  }

  @Test func aClosedTerminalEndsIt() throws {
    let program = try start()
    program.type("r")
    try program.wait(for: "events=1 ")
    program.hangUp()
    #expect(try program.end() == (128 + SIGHUP) << 8)
  }

  @Test func stopsAndGoesOn() throws {
    let script =
      "\(Commands.binary) explore \(directory.file("three.deq.json")); echo back $?; read line; fg; echo done $?"
    let shell = try PseudoTerminal("/bin/bash", ["-mc", script], width: 100, height: 30)
    try shell.wait(for: "tasks=0 ")
    shell.type(" \u{1A}")
    try shell.wait(for: "back 148")
    #expect(shell.settings == shell.before)
    #expect(shell.mode(1049) == false)
    let stopped = shell.received.count
    shell.type("\n")
    try shell.wait(for: "tasks=0 ", from: stopped)
    try shell.wait(for: "contraction", from: stopped)
    shell.type("qd")
    try shell.wait(for: "done 0", from: stopped)
    _ = try shell.end()
    expectRestored(shell, showing: "done 0\r\n")
  }

  @Test func goesOnAfterAStopThatItDidNotSee() throws {
    let program = try start()
    kill(program.process, SIGSTOP)
    usleep(50_000)
    let stopped = program.received.count
    kill(program.process, SIGCONT)
    try program.wait(for: "contraction", from: stopped)
    program.type("q")
    #expect(try program.end() == 0)
    expectRestored(program)
  }

  /// No colour is ever set: of the SGR sequences none has a number from 30 on.
  @Test func noColorIsRespected() throws {
    let program = try start(environment: ["NO_COLOR": "1"])
    program.type("     ")
    try program.wait(for: "events=5 ")
    #expect(program.text.firstRange(of: #/\e\[[0-9;]*(3[0-7]|4[0-7]|38;5|48;5|9[0-7])m/#) == nil)
    program.type("qd")
    #expect(try program.end() == 0)
  }

  @Test func eightColoursAreEnough() throws {
    let program = try start(terminal: "xterm")
    program.type("     ")
    try program.wait(for: "events=5 ")
    #expect(!program.text.contains("38;5"))
    program.type("qd")
    #expect(try program.end() == 0)
    expectRestored(program)
  }

  @Test func withoutUTF8EverythingIsASCII() throws {
    let program = try start(environment: ["LANG": "C", "LC_ALL": "C"])
    // Lines are written out: not every terminal knows how to repeat a character.
    #expect(program.text.firstMatch(of: #/\x1B\[[0-9]+b/#) == nil)
    #expect(program.text.contains("----------------"))
    program.type("     ")
    try program.wait(for: "events=5 ")
    #expect(program.received.allSatisfy { $0 < 0x80 })
    program.type("qd")
    #expect(try program.end() == 0)
  }

  @Test func aTooSmallWindowSaysSo() throws {
    let program = try start(width: 60, height: 10)
    try program.wait(for: "deq needs a larger window")
    program.type("q")
    #expect(try program.end() == 0)
    expectRestored(program)
  }

  /// The configuration is read, options come before it, and what is changed is kept. Each has a home of its own.
  @Test func settingsAreReadAndKept() throws {
    let home = TemporaryDirectory()
    let settings = home.path + "/.config/deq/config.json"
    let first = try start(environment: ["HOME": home.path])
    first.type("C")
    try first.wait(for: "events=1 ")
    first.type("q")
    #expect(try first.end() == 0)
    #expect(try SessionText.read(settings) == "{\"theme\": \"light\"}\n")
    SessionText.write(#"{"mouse": false, "theme": "drak"}"#, to: settings)
    let second = try start(environment: ["HOME": home.path])
    try second.wait(for: "found \"drak\"")
    #expect(second.mode(1000) != true)
    second.type("q")
    #expect(try second.end() == 0)
    let third = try start(
      ["explore", directory.file("three.deq.json"), "--mouse", "--theme", "light"], environment: ["HOME": home.path])
    #expect(third.mode(1000) == true)
    third.type("q")
    #expect(try third.end() == 0)
    #expect(try SessionText.read(settings) == #"{"mouse": false, "theme": "drak"}"#)
  }

  @Test func greetsOnce() throws {
    let home = TemporaryDirectory()
    let first = try start(environment: ["XDG_CONFIG_HOME": home.path, "XDG_STATE_HOME": home.path])
    try first.wait(for: "to begin with")
    first.type(" ")
    try first.wait(for: "events=1 ")
    first.type("qd")
    #expect(try first.end() == 0)
    let second = try start(environment: ["XDG_CONFIG_HOME": home.path, "XDG_STATE_HOME": home.path])
    #expect(!second.text.contains("to begin with"))
    second.type("q")
    #expect(try second.end() == 0)
  }

  /// A place for the state is enough: no home and no place for settings is needed.
  @Test func unsavedWorkIsKeptWithoutAHome() throws {
    let state = TemporaryDirectory()
    let first = try start(environment: ["XDG_STATE_HOME": state.path])
    first.type("  ")
    try first.wait(for: "events=2 ")
    kill(first.process, SIGHUP)
    _ = try first.end()
    let second = try start(environment: ["XDG_STATE_HOME": state.path])
    try second.wait(for: "left behind")
    second.type("dq")
    #expect(try second.end() == 0)
  }

  @Test func withoutAPlaceForUnsavedWorkThatIsSaid() throws {
    let program = try start()
    program.type(" ")
    try program.wait(for: "XDG_STATE_HOME")
    program.type("qd")
    #expect(try program.end() == 0)
  }

  @Test func copiesByTheTerminal() throws {
    let program = try start()
    program.type("\u{0F}path\r")
    // "/" begins every absolute path; so does its base64 "L".
    try program.wait(for: "\u{1B}]52;c;L")
    program.type("q")
    #expect(try program.end() == 0)
    expectRestored(program)
  }

  @Test func dataSetsAreFoundWhereItIsSaid() throws {
    directory.write("x,y,label\n1,2,0\n3,4,1\n", to: "points.csv")
    directory.write(
      """
      {"format": "deq-session/1", "network": {"state": {"shape": [2]}, "input": {"shape": [2]}, "operators": [
        {"op": "scale", "by": 0.5}, {"op": "inject"}]}, "input": {"dataset": "points", "index": 1}}
      """, to: "sample.deq.json")
    let program = try start(["explore", directory.file("sample.deq.json"), "--data", directory.path])
    program.type(" ")
    try program.wait(for: "events=1 ")
    program.type("qd")
    #expect(try program.end() == 0)
  }

  @Test func anUnknownThemeIsAUsageError() {
    let result = Commands.shell("deq explore three.deq.json --theme pink", in: directory)
    #expect(result.status == 64)
    #expect(result.errors.contains("dark") && result.errors.contains("monochrome"), "\(result.errors)")
  }

  @Test func replayPlaysTheRecording() throws {
    let program = try start()
    program.type("   s")
    try program.wait(for: "saved ")
    program.type("q")
    #expect(try program.end() == 0)
    let check = Commands.shell("deq replay three.deq.json --verify", in: directory)
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    #expect(check.output.hasPrefix("identical"))
    let replay = try start(["replay", directory.file("three.deq.json"), "--speed", "100"])
    usleep(600_000)
    replay.type("q")
    #expect(try replay.end() == 0, "nothing was added to the recording")
  }
}
