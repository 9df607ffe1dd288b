import Dispatch
import Sessions
import Synchronization

/// Computes the cells of a part on several threads, each into the log as soon as it is done, until all are there or the
/// sweep is interrupted.
struct SweepRun: Sendable {
  let sweep: Sweep
  let log: SweepLog
  let tasks: Int

  /// Cells that one task takes at a time: few enough to share the end, enough to write in one go.
  private static let batch = 8

  /// What the tasks share.
  private final class Shared: Sendable {
    let progress = Mutex(Progress())
  }

  private struct Progress {
    var next = 0
    var done: [SweepCell] = []
    var failure: SessionError?
    var line = ProgressLine()
  }

  /// The part with what was missing, as far as it came.
  /// - Throws: the first `SessionError` of a cell or of the log; cells that were done are in the log.
  func complete(_ part: SweepPart) throws(SessionError) -> SweepPart {
    Interrupt.watch()
    let shared = Shared()
    let missing = part.missing
    let known = part.cells.count
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<min(tasks, missing.count) { group.addTask { work(missing, known: known, shared) } }
      }
      done.signal()
    }
    done.wait()
    return try shared.progress.withLock { progress throws(SessionError) in
      progress.line.clear()
      if let failure = progress.failure { throw failure }
      return SweepPart(part.header, cells: part.cells + progress.done)
    }
  }

  private func work(_ missing: [Int], known: Int, _ shared: Shared) {
    while let batch = shared.progress.withLock({ Self.take(missing, &$0) }) {
      var cells: [SweepCell] = []
      do throws(SessionError) {
        for index in batch where !Interrupt.isRequested { cells.append(try sweep.cell(at: index)) }
        try log.append(cells)
      } catch {
        shared.progress.withLock { $0.failure = $0.failure ?? error }
        return
      }
      shared.progress.withLock { state in
        state.done += cells
        let count = known + state.done.count
        state.line.show("\(count) of \(known + missing.count) cells")
      }
    }
  }

  private static func take(_ missing: [Int], _ progress: inout Progress) -> ArraySlice<Int>? {
    guard progress.next < missing.count, progress.failure == nil, !Interrupt.isRequested else { return nil }
    let batch = missing[progress.next...].prefix(batch)
    progress.next += batch.count
    return batch
  }
}
