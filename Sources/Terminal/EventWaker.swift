import CTerminal
import Screen

/// Wakes the terminal that is waiting in `events(until:)`, from any thread.
struct EventWaker: Waker {
  let descriptor: Int32

  func wake() { terminal_wake(descriptor) }
}
