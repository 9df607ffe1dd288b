import Dispatch
public import Screen
import Synchronization

/// A terminal in memory: a script of events in, frames out, time that the test makes.
///
/// Time passes only where the program waits with a deadline and the script has nothing for it, or where the script
/// says so. After the script comes `hangUp`, so that every loop ends.
public final class MemoryBackend: Backend {
  /// One part of a script.
  public enum Step {
    /// Delivered together by one wait.
    case events([Event])
    /// Nothing more is delivered until a presented frame satisfies the condition.
    case until((Frame) -> Bool)
    /// Nothing more is delivered until no task is open; no time passes meanwhile.
    case settled
    /// What a person does on seeing the last frame.
    case respond((Frame) -> [Event])
    /// Lets nanoseconds pass.
    case pass(UInt64)

    /// A key press.
    public static func key(_ key: Key) -> Step { .events([.key(key)]) }
    /// Characters typed one by one.
    public static func type(_ text: String) -> [Step] { text.map { .key(.character($0)) } }
    /// Waits for a text on the screen.
    public static func shows(_ text: String) -> Step { .until { $0.canvas.text.contains(text) } }
  }

  public private(set) var size: Size
  public let profile: Profile
  /// Every frame presented, as a terminal with the profile shows it.
  public private(set) var frames: [Frame] = []
  /// How often the program asked to be suspended.
  public private(set) var suspensions = 0
  /// The step of the script that was waited for in vain.
  public private(set) var stalledAt: Int?
  public private(set) var now: UInt64

  private let script: [Step]
  private var next = 0 { didSet { waited = 0 } }
  private var waited = 0
  private let bell = Bell()
  private let patience: Int

  /// `patience`: real milliseconds to wait for other threads where the script cannot go on.
  public init(
    size: Size = Size(width: 120, height: 40), profile: Profile = Profile(), start: UInt64 = 0,
    patience: Int = 10_000, _ script: [Step]
  ) {
    self.size = size
    self.profile = profile
    self.now = start
    self.patience = patience
    self.script = script
  }

  public var waker: any Waker { bell }

  public func present(_ frame: Frame) {
    var shown = frame
    shown.canvas = frame.canvas.lowered(to: profile)
    frames.append(shown)
  }

  public func suspend() { suspensions += 1 }

  /// What was asked for on the clipboard.
  public private(set) var copied: [String] = []

  public func copy(_ text: String) -> Bool {
    copied.append(text)
    return true
  }

  public func events(until deadline: UInt64?) -> [Event] {
    if bell.takeRing() { return [] }
    while next < script.count {
      switch script[next] {
      case .events(let events):
        next += 1
        return deliver(events)
      case .pass(let nanoseconds):
        next += 1
        now += nanoseconds
      case .respond(let respond):
        next += 1
        if let frame = frames.last { return deliver(respond(frame)) }
      case .settled:
        guard frames.last?.tasks == 0 else { return wait(until: nil) }
        next += 1
      case .until(let condition):
        guard let frame = frames.last, condition(frame) else { return wait(until: deadline) }
        next += 1
      }
    }
    return [.hangUp]
  }

  private func deliver(_ events: [Event]) -> [Event] {
    for case .resize(let size) in events { self.size = size }
    return events
  }

  /// Waits for another thread; without one, time jumps to the deadline, or the script ends if that does not help.
  private func wait(until deadline: UInt64?) -> [Event] {
    if bell.wait(milliseconds: deadline == nil ? patience : 1) { return [] }
    waited = deadline == nil ? patience : waited + 1
    if let deadline { now = max(now, deadline) }
    guard waited >= patience else { return [] }
    stalledAt = next
    next = script.count
    return [.hangUp]
  }
}

/// Rings from any thread; several rings before they are heard are one.
private final class Bell: Waker {
  private let rings = Mutex(false)
  private let semaphore = DispatchSemaphore(value: 0)

  func wake() {
    rings.withLock { $0 = true }
    semaphore.signal()
  }

  func takeRing() -> Bool {
    rings.withLock { ring in
      defer { ring = false }
      return ring
    }
  }

  /// Whether it rang within a time.
  func wait(milliseconds: Int) -> Bool {
    let end = DispatchTime.now() + .milliseconds(milliseconds)
    while !takeRing() {
      if semaphore.wait(timeout: end) == .timedOut { return takeRing() }
    }
    return true
  }
}
