public import Glibc

/// A program on a pseudo-terminal of its own, as the leader of a session: what is typed goes in, what it writes is kept.
public final class PseudoTerminal {
  public struct Timeout: Error, CustomStringConvertible {
    public var description: String
  }

  public private(set) var received: [UInt8] = []
  public let process: pid_t
  /// The terminal's settings before the program started.
  public let before: [UInt32]
  private let master: Int32
  private let slave: Int32
  private var status: Int32?

  public init(
    _ program: String = PseudoTerminal.probe, _ arguments: [String] = [], terminal: String = "xterm-256color",
    environment: [String: String] = [:], width: Int = 100, height: Int = 200
  ) throws {
    var (master, slave) = (Int32(-1), Int32(-1))
    var name = [CChar](repeating: 0, count: 64)
    guard unsafe openpty(&master, &slave, &name, nil, nil) == 0 else {
      throw Timeout(description: "no pseudo-terminal")
    }
    for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    (self.master, self.slave) = (master, slave)
    _ = Self.setSize(master, width, height)
    before = Self.settings(master)
    var variables = ["TERM": terminal, "LANG": "C.UTF-8", "DEQ_TEST_SYNC": "1", "SWIFT_BACKTRACE": "enable=no"]
    variables["PATH"] = unsafe getenv("PATH").map { unsafe String(cString: $0) }
    variables["LD_LIBRARY_PATH"] = unsafe getenv("LD_LIBRARY_PATH").map { unsafe String(cString: $0) }
    variables.merge(environment) { $1 }
    let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    process = try Self.spawn([program] + arguments, variables, path)
  }

  deinit {
    if status == nil {
      kill(-process, SIGKILL)
      kill(process, SIGKILL)
      _ = waitpid(process, nil, 0)
    }
    close(slave)
    if !isHungUp { close(master) }
  }

  /// Stands beside the tests.
  public static let probe = beside("TerminalProbe")

  /// The path of an executable that was built with the tests.
  public static func beside(_ name: String) -> String {
    var path = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &path, path.count - 1)
    let text = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      + "/" + name
  }

  /// `POSIX_SPAWN_SETSID`: the terminal that the program opens first becomes its own.
  private static let newSession: Int16 = 0x80

  private static func spawn(_ arguments: [String], _ environment: [String: String], _ terminal: String) throws -> pid_t
  {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, terminal, O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    // The tests' threads block signals, which a child inherits.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    var argv: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      while let text = unsafe argv.popLast() { unsafe free(text) }
      while let text = unsafe envp.popLast() { unsafe free(text) }
    }
    var process = pid_t()
    let failure = unsafe posix_spawn(&process, arguments[0], &actions, &attributes, &argv, &envp)
    guard failure == 0 else { throw Timeout(description: "cannot start \(arguments[0]): \(failure)") }
    return process
  }

  // MARK: The terminal

  public func type(_ text: String) { type(Array(text.utf8)) }

  public func type(_ bytes: [UInt8]) { _ = unsafe write(master, bytes, bytes.count) }

  /// Lets go of what was received so far.
  public func forget() { received.removeAll(keepingCapacity: true) }

  public func resize(_ width: Int, _ height: Int) { _ = Self.setSize(master, width, height) }

  private static func setSize(_ descriptor: Int32, _ width: Int, _ height: Int) -> Int32 {
    var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    return unsafe ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  /// Its settings now, comparable with ``before``.
  public var settings: [UInt32] { Self.settings(master) }

  private static func settings(_ descriptor: Int32) -> [UInt32] {
    var now = termios()
    guard unsafe tcgetattr(descriptor, &now) == 0 else { return [] }
    let characters = unsafe withUnsafeBytes(of: &now.c_cc) { unsafe $0.map(UInt32.init) }
    return [now.c_iflag, now.c_oflag, now.c_cflag, now.c_lflag] + characters
  }

  private var isHungUp = false

  /// The window is gone.
  public func hangUp() {
    isHungUp = true
    close(master)
  }

  // MARK: What comes back

  public var text: String { String(decoding: received, as: UTF8.self) }

  /// Waits until `sought` is in what was received from byte `start` on.
  public func wait(for sought: String, from start: Int = 0, seconds: Double = 10) throws {
    try wait(seconds, "\(sought.debugDescription)") { terminal in
      String(decoding: terminal.received[start...], as: UTF8.self).contains(sought)
    }
  }

  /// Waits until the program has ended; its status as from `waitpid`.
  public func end(seconds: Double = 10) throws -> Int32 {
    try wait(seconds, "the end") { $0.hasEnded }
    while read(milliseconds: 20) {}
    return status ?? -1
  }

  private var hasEnded: Bool {
    if status != nil { return true }
    var value: Int32 = 0
    guard unsafe waitpid(process, &value, WNOHANG) == process else { return false }
    status = value
    return true
  }

  private func wait(_ seconds: Double, _ what: String, until condition: (PseudoTerminal) -> Bool) throws {
    let end = Self.time + seconds
    while !condition(self) {
      guard Self.time < end else { throw Timeout(description: "waited for \(what) in \(text.debugDescription)") }
      _ = read(milliseconds: 20)
    }
  }

  private func read(milliseconds: Int32) -> Bool {
    guard !isHungUp else { return usleep(10_000) != 0 }
    var source = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&source, 1, milliseconds) > 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = unsafe Glibc.read(master, &bytes, bytes.count)
    if count > 0 { received += bytes[..<count] }
    return count > 0
  }

  /// Monotonic seconds.
  public static var time: Double {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  /// What was written after the screen that was there before came back (`ESC [ ? 1049 l`), without the sequences that set
  /// a terminal's modes, title and colours back: nothing, or what a shell shows.
  public var afterwards: String {
    let end = "\u{1B}[?1049l"
    var rest = text[...]
    while let range = rest.firstRange(of: end) { rest = rest[range.upperBound...] }
    return String(rest).replacing(#/\x1B(\[[0-9;?>]*[A-Za-z]|\][^\x07]*\x07|[>=78()][B0]?)|\x0F|\r/#, with: "")
  }

  /// Whether a private mode (`ESC [ ? number h` or `l`) was last set; `nil` if it never was.
  public func mode(_ number: Int) -> Bool? {
    var last: Bool?
    for part in text.components(after: "\u{1B}[?") {
      let numbers = part.prefix { $0.isNumber || $0 == ";" }
      guard numbers.split(separator: ";").contains("\(number)") else { continue }
      switch part.dropFirst(numbers.count).first {
      case "h": last = true
      case "l": last = false
      default: break
      }
    }
    return last
  }
}

extension String {
  /// What follows each occurrence of `mark`, up to the next.
  fileprivate func components(after mark: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let range = rest.firstRange(of: mark) {
      rest = rest[range.upperBound...]
      parts.append(rest.prefix(16))
    }
    return parts
  }
}
