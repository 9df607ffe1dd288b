import Glibc
import Synchronization

/// Ctrl-C, or another signal that asks for it, as a request to stop soon and to say what was found; a second one ends the
/// program at once.
enum Interrupt {
  /// 0 as long as there was none.
  private static let received = Atomic<Int32>(0)

  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// The exit code that tells which signal it was.
  static var code: Int32 { 128 + received.load(ordering: .relaxed) }

  static func watch(_ signals: [Int32] = [SIGINT]) {
    for number in signals {
      _ = signal(number) { number in
        Interrupt.received.store(number, ordering: .relaxed)
        _ = signal(number, SIG_DFL)
      }
    }
  }
}
