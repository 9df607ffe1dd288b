import Glibc

/// One line on standard error that is written over and over, if that is a terminal; nothing otherwise.
struct ProgressLine {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant?

  /// At most ten times a second.
  mutating func show(_ text: @autoclosure () -> String) {
    guard isShown, last.map({ $0.duration(to: clock.now) > .milliseconds(100) }) ?? true else { return }
    StandardError.write("\r\(text())\u{1b}[K")
    last = clock.now
  }

  func clear() {
    if last != nil { StandardError.write("\r\u{1b}[K") }
  }
}
