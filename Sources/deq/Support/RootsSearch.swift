import Dispatch
import FixedPoint
import Glibc
import Screen
import Synchronization

/// Runs an enumeration on all processors, with its progress on a terminal, until it is done, spent or interrupted.
struct RootsSearch: Sendable {
  let network: Network
  let budget: Int
  let tasks: Int

  static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// What the search has found when it ends.
  func run(_ search: Enumeration) -> Enumeration {
    Interrupt.watch()
    let result = Mutex(search)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      let ended = await advanced(search)
      result.withLock { $0 = ended }
      done.signal()
    }
    done.wait()
    return result.withLock(\.self)
  }

  private func advanced(_ start: Enumeration) async -> Enumeration {
    var search = start
    var progress = ProgressLine()
    while !search.isFinished, search.examined < budget, !Interrupt.isRequested {
      await search.advance(network, tasks: tasks)
      progress.show(Self.summary(search))
    }
    progress.clear()
    return search
  }

  private static func summary(_ search: Enumeration) -> String {
    "\(NumberText.percent(search.decidedShare, places: 3)) of the volume decided, \(search.examined) boxes searched, "
      + "\(search.undecided) open, \(search.fixedPoints.count) fixed points"
  }
}
