/// Times a piece of work: warm-up, then the median over repetitions, each long enough for the clock.
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

  /// As many calls as fill a repetition; finding out warms up.
  private func calls(for work: () -> Void) -> Int {
    var calls = 1
    while seconds(calls, work) < length { calls *= 2 }
    return calls
  }

  private func seconds(_ calls: Int, _ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    let begin = clock.now
    for _ in 0..<calls { work() }
    return begin.duration(to: clock.now) / .seconds(1)
  }
}
