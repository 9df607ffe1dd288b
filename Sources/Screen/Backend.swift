/// A terminal as the program sees it: frames out, events in. There are two: ncurses (Terminal) and one in memory (tests).
public protocol Backend: AnyObject {
  var size: Size { get }
  /// What the terminal can show.
  var profile: Profile { get }
  /// Shows the frame, its canvas lowered to ``profile``: sends what differs from the last one, in one write.
  func present(_ frame: Frame)
  /// Waits for events until `deadline` (monotonic nanoseconds; `nil` waits without end) or until ``wake()``.
  /// Returns all that are pending, possibly none.
  func events(until deadline: UInt64?) -> [Event]
  /// Makes a waiting `events(until:)` return: safe from any thread.
  var waker: any Waker { get }
  /// Stops the process as Ctrl-Z does and comes back restored.
  func suspend()
  /// Asks for a text on the clipboard; false where the terminal certainly has none. One that has may refuse unheard.
  func copy(_ text: String) -> Bool
  /// Monotonic time in nanoseconds.
  var now: UInt64 { get }
}

/// Wakes a waiting backend from another thread.
public protocol Waker: Sendable {
  func wake()
}

/// A picture of the whole terminal with the modes it wants.
public struct Frame: Sendable, Equatable {
  public var canvas: Canvas
  /// Where the cursor stands, hidden if `nil`.
  public var cursor: Point?
  public var title: String?
  public var mouse: Bool
  /// Number of tasks that are still open: whoever drives the program waits for none.
  public var tasks: Int

  public init(canvas: Canvas, cursor: Point? = nil, title: String? = nil, mouse: Bool = true, tasks: Int = 0) {
    self.canvas = canvas
    self.cursor = cursor
    self.title = title
    self.mouse = mouse
    self.tasks = tasks
  }
}
