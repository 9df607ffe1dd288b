internal import Synchronization

/// A value that is computed when it is first asked for, and only then; safe to share between threads.
///
/// The computation runs under the lock: what it needs may be another `Once`, never itself.
final class Once<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  func value(_ compute: @Sendable () -> Value) -> Value {
    stored.withLock { stored in
      if let known = stored { return known }
      let fresh = compute()
      stored = fresh
      return fresh
    }
  }
}
