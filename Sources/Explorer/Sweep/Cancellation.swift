import Synchronization

/// A request, to work that is under way off the main loop, to end soon: its result is no longer wanted.
public final class Cancellation: Sendable {
  private let requested = Atomic<Bool>(false)

  public init() {}

  public var isRequested: Bool { requested.load(ordering: .relaxed) }

  public func request() { requested.store(true, ordering: .relaxed) }
}
