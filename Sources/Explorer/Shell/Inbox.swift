import Dispatch
import Screen
import Synchronization

/// Where workers leave their messages for the main loop, and how they wake it.
final class Inbox: Sendable {
  private struct Contents {
    var messages: [Message] = []
    /// Tasks begun whose message has not been taken yet.
    var openTasks = 0
  }

  private let contents = Mutex(Contents())
  private let waker: any Waker

  init(waker: any Waker) { self.waker = waker }

  var openTasks: Int { contents.withLock(\.openTasks) }
  var hasMessages: Bool { contents.withLock { !$0.messages.isEmpty } }

  /// Runs `work` off the main loop; its message, if it has one, arrives in the inbox.
  func begin(on queue: DispatchQueue = .global(), _ work: @escaping @Sendable () -> Message?) {
    contents.withLock { $0.openTasks += 1 }
    queue.async { [self] in
      let message = work()
      contents.withLock { contents in
        if let message { contents.messages.append(message) } else { contents.openTasks -= 1 }
      }
      waker.wake()
    }
  }

  /// All messages that have arrived.
  func take() -> [Message] {
    contents.withLock { contents in
      defer { contents.messages.removeAll() }
      contents.openTasks -= contents.messages.count
      return contents.messages
    }
  }
}
