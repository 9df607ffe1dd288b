import Glibc
import TestSupport
import Testing

/// The real thing, one probe at a time, each on a pseudo-terminal of its own.
@Suite(.serialized)
struct CursesTerminalTests {
  private func start(
    terminal: String = "xterm-256color", environment: [String: String] = [:], width: Int = 100, height: Int = 200
  ) throws -> PseudoTerminal {
    let program = try PseudoTerminal(terminal: terminal, environment: environment, width: width, height: height)
    try program.wait(for: "frame=1 ")
    return program
  }

  private func expectRestored(_ program: PseudoTerminal, _ comment: Comment) {
    #expect(program.settings == program.before, comment)
    for mode in [1, 1000, 1002, 1004, 1006, 1049, 2004, 2026] {
      #expect(program.mode(mode) == false, "\(mode) \(comment)")
    }
    #expect(program.mode(25) == true, comment)
  }

  // MARK: Start and end

  @Test func takesTheTerminalOver() throws {
    let program = try start()
    #expect(program.settings != program.before)
    for mode in [1, 1000, 1002, 1004, 1006, 1049, 2004] { #expect(program.mode(mode) == true, "\(mode)") }
    #expect(program.mode(25) == false)
    #expect(program.text.contains("profile palette256 unicode"))
  }

  @Test(arguments: [("q", 0), ("x", 4), ("E", 7)])
  func restoresAtTheEnd(_ key: String, _ exit: Int32) throws {
    let program = try start()
    program.type(key)
    #expect(try program.end() == exit << 8)
    expectRestored(program, "\(key)")
  }

  @Test func opensOnceAtATimeButAnewAfterwards() throws {
    let program = try start()
    program.type("o")
    try program.wait(for: "refused.alreadyOpen")
    for _ in 0..<3 {
      let closed = program.received.count
      program.type("n")
      try program.wait(for: "frame=1 ", from: closed)
      program.type("\u{1B}OA")
      try program.wait(for: "<up>", from: closed)
    }
    program.type("q")
    #expect(try program.end() == 0)
    expectRestored(program, "opened anew")
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func endsInOrderWhenAsked(_ signal: Int32) throws {
    let program = try start()
    kill(program.process, signal)
    #expect(try program.end() == 0)
    #expect(program.text.contains("probe ended"))
    expectRestored(program, "\(signal)")
  }

  @Test(arguments: [
    ("A", [SIGABRT]), ("T", [SIGILL, SIGTRAP]), ("S", [SIGSEGV]), ("B", [SIGTRAP]), ("R", [SIGSEGV]),
  ])
  func restoresWhenItCrashes(_ key: String, _ signals: [Int32]) throws {
    let program = try start()
    program.type(key)
    #expect(signals.contains(try program.end() & 0x7F))
    expectRestored(program, "\(key)")
  }

  @Test(arguments: [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGQUIT])
  func restoresWhenItIsSentACrash(_ signal: Int32) throws {
    let program = try start()
    kill(program.process, signal)
    #expect(try program.end() & 0x7F == signal)
    expectRestored(program, "\(signal)")
  }

  @Test func messagesComeOutAfterTheScreen() throws {
    let program = try start()
    program.type("T")
    _ = try program.end()
    let left = try #require(program.text.firstRange(of: "\u{1B}[?1049l"))
    #expect(program.text[left.upperBound...].contains("Fatal error: asked to trap"))
    #expect(!program.text[..<left.lowerBound].contains("Fatal error"))
  }

  @Test func theHandlerFromBeforeGetsTheCrash() throws {
    let program = try start(environment: ["SWIFT_BACKTRACE": "enable=yes,interactive=no,color=no"])
    program.type("S")
    #expect(try program.end(seconds: 60) & 0x7F == SIGSEGV)
    let left = try #require(program.text.firstRange(of: "\u{1B}[?1049l"))
    #expect(program.text[left.upperBound...].contains("Probe.obey"))
    expectRestored(program, "backtrace")
  }

  // MARK: Stop and go

  /// A shell with job control stops and continues the probe.
  @Test(arguments: ["\u{1A}", "signal"])
  func stopsAndGoesOn(_ how: String) throws {
    let script = "\(PseudoTerminal.probe); stty -a; echo back; read line; fg; echo done"
    let shell = try PseudoTerminal("/bin/sh", ["-mc", script])
    try shell.wait(for: "frame=1 ")
    if how == "signal" { kill(try child(of: shell), SIGTSTP) } else { shell.type(how) }
    try shell.wait(for: "back\r\n")
    #expect(shell.settings == shell.before)
    for mode in [1, 1000, 1002, 1004, 1006, 1049, 2004] { #expect(shell.mode(mode) == false, "\(mode)") }
    #expect(shell.mode(25) == true)
    let stopped = shell.received.count
    shell.type("\n")
    try shell.wait(for: "<resumed>", from: stopped)
    for mode in [1, 1000, 1002, 1004, 1006, 1049, 2004] { #expect(shell.mode(mode) == true, "\(mode)") }
    #expect(shell.mode(25) == false)
    #expect(shell.text.contains("\u{1B}[2J"))
    shell.type("\u{1B}OA")
    try shell.wait(for: "<up>", from: stopped)
    shell.type("q")
    #expect(try shell.end() == 0)
    expectRestored(shell, "after fg")
  }

  private func child(of shell: PseudoTerminal) throws -> pid_t {
    let path = "/proc/\(shell.process)/task/\(shell.process)/children"
    return try #require(pid_t(contents(path).split(separator: " ").first ?? ""))
  }

  @Test func drawsAgainAfterAStopThatItDidNotSee() throws {
    let program = try start()
    kill(program.process, SIGSTOP)
    usleep(50_000)
    let stopped = program.received.count
    kill(program.process, SIGCONT)
    try program.wait(for: "<resumed>", from: stopped)
    #expect(String(decoding: program.received[stopped...], as: UTF8.self).contains("profile palette256"))
    program.type("q")
    _ = try program.end()
    expectRestored(program, "continued")
  }

  // MARK: Size

  @Test func survivesAStormOfResizes() throws {
    let program = try start()
    for step in 0..<200 { program.resize(1 + step * 37 % 300, 1 + step * 53 % 120) }
    program.resize(1, 1)
    try program.wait(for: "size=1x1")
    program.resize(300, 250)
    try program.wait(for: "size=300x250")
    try program.wait(for: "<resize.300x250>")
    program.type("q")
    #expect(try program.end() == 0)
    expectRestored(program, "resized")
  }

  @Test func startsInOneCell() throws {
    let program = try start(width: 1, height: 1)
    program.type("f")
    try program.wait(for: "events=1 ")
    program.type("q")
    #expect(try program.end() == 0)
  }

  // MARK: Events

  @Test(arguments: [
    ("\u{1B}OA", "up"), ("\u{1B}[A", "up"), ("\u{1B}OB", "down"), ("\u{1B}OC", "right"), ("\u{1B}OD", "left"),
    ("\u{1B}OH", "home"), ("\u{1B}OF", "end"), ("\u{1B}[1~", "home"), ("\u{1B}[5~", "pageUp"),
    ("\u{1B}[6~", "pageDown"),
    ("\u{1B}[2~", "insert"), ("\u{1B}[3~", "delete"), ("\u{1B}[Z", "backTab"), ("\t", "tab"), ("\r", "enter"),
    ("\u{7F}", "backspace"), ("\u{1B}", "escape"), ("\u{1B}OP", "F1"), ("\u{1B}[15~", "F5"), ("\u{1B}[24~", "F12"),
    ("\u{1B}[1;5C", "C-right"), ("\u{1B}[1;3A", "A-up"), ("\u{1B}[1;7D", "C-A-left"), ("\u{1B}[3;5~", "C-delete"),
    ("\u{1B}[1;2H", "home"), ("\u{1}", "C-a"), ("\0", "C- "), ("\u{3}", "C-c"), ("\u{13}", "C-s"), ("\u{1B}k", "A-k"),
    ("é", "é"), ("漢", "漢"), ("😀", "😀"), ("\u{1B}é", "A-é"), ("\u{1B}[I", "focus.true"), ("\u{1B}[O", "focus.false"),
    ("\u{1B}[<0;300;40M", "press.left.299.39"), ("\u{1B}[<0;300;40m", "release.left.299.39"),
    ("\u{1B}[<32;9;9M", "drag.left.8.8"), ("\u{1B}[<64;1;1M", "wheelUp.none.0.0"),
    ("\u{1B}[<65;1;1M", "wheelDown.none.0.0"),
    ("\u{1B}[200~qq\r\u{1B}OA\u{1B}[201~", "paste.3.qq"), ("\u{1B}[200~λx\u{1B}[201~", "paste.2.λx"),
  ])
  func keys(_ typed: String, _ shown: String) throws {
    let program = try start()
    program.type(typed)
    try program.wait(for: "<\(shown)>")
    try program.wait(for: "events=1 ")
  }

  @Test func bytesAbove127InOldMouseReports() throws {
    let program = try start(terminal: "screen")
    program.type([0x1B, 0x5B, 0x4D, 32, 0xC8, 0xA1])
    try program.wait(for: "<press.left.167.128>")
  }

  @Test func aLargePasteIsOneEvent() throws {
    let program = try start()
    program.type("\u{1B}[200~")
    for _ in 0..<100 { program.type(String(repeating: "0123456789", count: 100)) }
    program.type("end\u{1B}[201~")
    try program.wait(for: "<paste.100003.0123456789")
    try program.wait(for: "events=1 ")
  }

  @Test func keysTypedAheadAllArrive() throws {
    let program = try start()
    program.type("abc\u{1B}OA\u{1B}k\u{1B}[<0;1;1M\u{1B}[<0;1;1mz")
    try program.wait(for: "<z>")
    try program.wait(for: "events=8 ")
  }

  @Test func interruptFromOutsideIsAKey() throws {
    let program = try start()
    kill(program.process, SIGINT)
    try program.wait(for: "<C-c>")
  }

  @Test func anotherThreadWakesIt() throws {
    let program = try start()
    program.type("w")
    try program.wait(for: "frame=3 ")
  }

  @Test func mouseAndCursorFollowTheFrame() throws {
    let program = try start()
    program.type("mc")
    try program.wait(for: "events=2 ")
    for mode in [1000, 1002, 1006] { #expect(program.mode(mode) == false, "\(mode)") }
    #expect(program.mode(25) == true)
    program.type("mc")
    try program.wait(for: "events=4 ")
    for mode in [1000, 1002, 1006] { #expect(program.mode(mode) == true, "\(mode)") }
    #expect(program.mode(25) == false)
  }

  @Test func titleAndClipboard() throws {
    let program = try PseudoTerminal(environment: ["DEQ_TEST_SYNC": ""])
    try program.wait(for: "\u{1B}]2;probe\u{7}")
    program.type("p")
    try program.wait(for: "\u{1B}]52;c;Y29waWVkIOKKlQ==\u{7}")
    program.type("q")
    #expect(try program.end() == 0)
    #expect(program.text.components(between: "\u{1B}[22;2t", and: "\u{1B}[23;2t") != nil)
  }

  // MARK: Cost

  @Test func endsWhenTheWindowIsGone() throws {
    let program = try start()
    program.hangUp()
    #expect(try program.end() == 0)
  }

  /// As under sudo, where no signal tells.
  @Test func endsWhenTheWindowIsGoneInSilence() throws {
    let program = try PseudoTerminal("/bin/sh", ["-c", "trap '' HUP; exec \(PseudoTerminal.probe)"])
    try program.wait(for: "frame=1 ")
    program.hangUp()
    #expect(try program.end() == 0)
  }

  @Test func idleCostsNothing() throws {
    let program = try start()
    usleep(200_000)
    let before = try ticks(program.process)
    usleep(3_000_000)
    #expect(try ticks(program.process) == before)
  }

  @Test func aFrameThatIsTheSameSendsNothing() throws {
    let program = try start()
    program.type("w")
    try program.wait(for: "frame=3 ")
    let sent = program.text.components(between: "frame=2 ", and: "frame=3 ")
    #expect(sent?.contains("[?2026h\u{1B}[") == false && sent?.contains("profile") == false)
  }

  @Test func memoryStaysFlat() throws {
    let program = try start(width: 200, height: 60)
    try fill(program, 100)
    let before = try resident(program.process)
    try fill(program, 300)
    #expect(try resident(program.process) <= before + 512)
  }

  private func fill(_ program: PseudoTerminal, _ count: Int) throws {
    for _ in 0..<count {
      let start = program.received.count
      program.type("f")
      try program.wait(for: "frame=", from: start)
    }
  }

  /// Processor time in clock ticks.
  private func ticks(_ process: pid_t) throws -> Int {
    let fields = contents("/proc/\(process)/stat").split(separator: " ")
    let user = try #require(Int(fields[13]))
    return user + (try #require(Int(fields[14])))
  }

  /// Kilobytes in memory.
  private func resident(_ process: pid_t) throws -> Int {
    let line = contents("/proc/\(process)/status").split(separator: "\n").first { $0.hasPrefix("VmRSS") }
    return try #require(line?.split(separator: " ").compactMap { Int($0) }.first)
  }

  private func contents(_ path: String) -> String {
    let file = unsafe open(path, O_RDONLY)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = unsafe read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

extension String {
  fileprivate func components(between start: String, and end: String) -> Substring? {
    guard let first = firstRange(of: start), let last = self[first.upperBound...].firstRange(of: end) else {
      return nil
    }
    return self[first.upperBound..<last.lowerBound]
  }
}
