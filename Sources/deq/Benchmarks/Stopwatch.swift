import Dispatch
import Glibc

/// Times a piece of work: warm-up, then the median over repetitions, each long enough for the clock.
///
/// The clock is the processor time of this thread: what other programs do meanwhile counts little.
struct Stopwatch {
  /// Repetitions of which the median is taken.
  let repetitions: Int
  /// Least length of a repetition in seconds.
  let length: Double

  /// Seconds that one call of `work` takes, with `count` units of work a call.
  func median(per count: Int = 1, _ work: () -> Void) -> Double {
    let calls = calls(for: work)
    let times = (0..<repetitions).map { _ in seconds(calls, work) / Double(calls * count) }
    return times.sorted()[repetitions / 2]
  }

  /// Seconds by the clock on the wall that one call of `work` takes, which may run on several threads.
  func elapsed(per count: Int = 1, _ work: @escaping @Sendable () async -> Void) -> Double {
    let clock = ContinuousClock()
    let times = (0...repetitions).map { _ in
      let begin = clock.now
      Self.wait(for: work)
      return begin.duration(to: clock.now) / .seconds(1) / Double(count)
    }
    // The first one warms up.
    return times.dropFirst().sorted()[repetitions / 2]
  }

  private static func wait(for work: @escaping @Sendable () async -> Void) {
    let done = DispatchSemaphore(value: 0)
    Task {
      await work()
      done.signal()
    }
    done.wait()
  }

  /// As many calls as fill a repetition; finding out warms up.
  private func calls(for work: () -> Void) -> Int {
    var calls = 1
    while seconds(calls, work) < length { calls *= 2 }
    return calls
  }

  private func seconds(_ calls: Int, _ work: () -> Void) -> Double {
    let begin = Self.now
    for _ in 0..<calls { work() }
    return Self.now - begin
  }

  private static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
