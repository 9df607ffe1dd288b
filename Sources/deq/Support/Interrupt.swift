import Glibc
import Synchronization

/// Ctrl-C as a request to stop soon and to say what was found; a second one ends the program at once.
enum Interrupt {
  private static let requested = Atomic<Bool>(false)

  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  static func watch() {
    _ = signal(SIGINT) { _ in
      Interrupt.requested.store(true, ordering: .relaxed)
      _ = signal(SIGINT, SIG_DFL)
    }
  }
}
