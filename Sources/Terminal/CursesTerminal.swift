import CTerminal
import Glibc
public import Screen
import Synchronization

/// The terminal that the process runs in, through ncurses.
///
/// There is one at a time, for one thread. Until ``close()`` the terminal belongs to it; whatever ends the process
/// meanwhile (return, `exit`, an error, a trap, a wild pointer), the terminal is given back as it was found.
public final class CursesTerminal: Backend {
  public private(set) var size: Size
  public let profile: Profile
  public let waker: any Waker

  private static let taken = Atomic(false)
  /// Whether it is a window on a screen: the others have neither title nor clipboard.
  let hasWindow: Bool
  private var isOpen = true
  /// The terminal is not there any more.
  private var isGone = false { didSet { endingSignal = endingSignal ?? SIGHUP } }
  /// The signal that asked the program to end, if one did; SIGHUP also where the terminal went without a signal.
  public private(set) var endingSignal: Int32?
  private var cells: [TerminalCell] = []
  private var decoder = KeyDecoder()
  private var pending: [Event] = []
  private var title: String?
  private var report: SyncReport?

  /// Takes the terminal over: raw mode, alternate screen, signals.
  ///
  /// The character set is that of `LC_ALL`, `LC_CTYPE` or `LANG`, UTF-8 where none is set. `NO_COLOR` turns colours off.
  /// With `DEQ_TEST_SYNC=1` the window title tells what was done, see ``SyncReport``.
  public init() throws(TerminalError) {
    guard !Self.taken.exchange(true, ordering: .relaxed) else { throw .alreadyOpen }
    var traits = TerminalTraits()
    let outcome = unsafe terminal_open(Self.isSet("NO_COLOR") ? 0 : 1, &traits)
    if let error = Self.error(outcome) {
      Self.taken.store(false, ordering: .relaxed)
      throw error
    }
    size = Size(width: Int(traits.width), height: Int(traits.height))
    profile = Profile(colors: Self.colors(traits.colors), glyphs: traits.unicode != 0 ? .unicode : .ascii)
    hasWindow = traits.windowed != 0
    waker = EventWaker(descriptor: terminal_waker())
    report = Self.value("DEQ_TEST_SYNC") == "1" ? SyncReport() : nil
  }

  deinit { close() }

  /// Gives the terminal back as it was found. Without effect the second time.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    dropTitle()
    terminal_close()
    Self.taken.store(false, ordering: .relaxed)
  }

  public var now: UInt64 { terminal_now() }

  // MARK: Frames

  public func present(_ frame: Frame) {
    guard isOpen, !isGone else { return }
    fill(from: frame.canvas)
    let after = titleSequence(frame.title) + (report?.presented(tasks: frame.tasks, size: size) ?? "")
    show(frame, Array(after.utf8))
  }

  private func show(_ frame: Frame, _ after: [UInt8]) {
    let (width, height) = (Int32(size.width), Int32(size.height))
    let (x, y) = (Int32(clamping: frame.cursor?.x ?? -1), Int32(clamping: frame.cursor?.y ?? -1))
    let outcome = unsafe terminal_present(cells, width, height, x, y, frame.mouse ? 1 : 0, after, after.count)
    if outcome != 0 { isGone = true }
  }

  /// The canvas in the cells of the terminal: cut, or blank where it does not reach.
  private func fill(from canvas: Canvas) {
    let blank = TerminalCell(scalar: 32, foreground: -1, background: -1, attributes: 0)
    if cells.count != size.width * size.height { cells = Array(repeating: blank, count: size.width * size.height) }
    let lowered = canvas.lowered(to: profile)
    let width = min(canvas.size.width, size.width)
    for y in 0..<size.height {
      let (to, from) = (y * size.width, y * canvas.size.width)
      let shown = y < canvas.size.height ? width : 0
      for x in 0..<shown { cells[to + x] = TerminalCell(lowered.cells[from + x]) }
      for x in shown..<size.width { cells[to + x] = blank }
    }
  }

  private func titleSequence(_ wanted: String?) -> String {
    guard hasWindow, report == nil, let wanted, wanted != title else { return "" }
    let save = title == nil ? "\u{1B}[22;2t" : ""
    title = wanted
    return save + WindowTitle.sequence(wanted)
  }

  private func dropTitle() {
    if title != nil { send("\u{1B}[23;2t") }
    title = nil
  }

  /// Sends text to the terminal as it is, after all frames shown so far: control sequences that ncurses does not know.
  public func send(_ text: String) {
    guard !isGone else { return }
    let bytes = Array(text.utf8)
    if unsafe terminal_write(bytes, bytes.count) != 0 { isGone = true }
  }

  // MARK: Events

  public func events(until deadline: UInt64?) -> [Event] {
    guard isOpen, !isGone else { return [.hangUp] }
    if deadline == nil, let late = report?.overdue(size: size) { send(late) }
    let happened = terminal_wait(pending.isEmpty ? remaining(until: deadline) : 0)
    takeSignals()
    readKeys()
    if happened & Int32(TERMINAL_HUNG_UP) != 0 { end(SIGHUP) }
    defer { pending.removeAll(keepingCapacity: true) }
    return pending
  }

  private func remaining(until deadline: UInt64?) -> Int64 {
    guard let deadline else { return -1 }
    let now = now
    return deadline > now ? Int64(clamping: deadline - now) : 0
  }

  private func takeSignals() {
    let signals = terminal_signals()
    let has = { (signal: Int) in signals & UInt32(signal) != 0 }
    if has(Int(TERMINAL_STOP)) { suspend() } else if has(Int(TERMINAL_CONTINUED)) { resume() }
    if has(Int(TERMINAL_RESIZED)) || has(Int(TERMINAL_STOP)) { resize() }
    if has(Int(TERMINAL_INTERRUPT)) { pending.append(.key(.control("c"))) }
    if has(Int(TERMINAL_END)) { end(SIGTERM) }
    if has(Int(TERMINAL_LOST)) { end(SIGHUP) }
  }

  private func end(_ signal: Int32) {
    endingSignal = endingSignal ?? signal
    pending.append(.hangUp)
  }

  private func readKeys() {
    let before = pending.count
    while case let code = terminal_read(), code >= 0 { pending += decoder.feed(code) }
    pending += decoder.settle()
    report?.consumed(pending.count - before)
  }

  private func resize() {
    var (width, height) = (Int32(0), Int32(0))
    guard unsafe terminal_resize(&width, &height) != 0 else { return }
    size = Size(width: Int(width), height: Int(height))
    pending.append(.resize(size))
  }

  // MARK: Stop and go

  /// Stops the process as Ctrl-Z does; when it goes on, the next events are ``Event/resumed`` and a new size, if any.
  public func suspend() {
    guard isOpen else { return }
    dropTitle()
    terminal_suspend()
    pending.append(.resumed)
  }

  private func resume() {
    dropTitle()
    terminal_resume()
    pending.append(.resumed)
  }
}
