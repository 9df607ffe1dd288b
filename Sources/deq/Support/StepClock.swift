import FixedPoint
import Sessions

/// Runs a problem to its end, and notes the time of each step if that is wanted.
struct StepClock {
  let isOn: Bool
  /// Seconds from the beginning to the end of each step.
  private(set) var seconds: [Double] = []

  init(isOn: Bool) { self.isOn = isOn }

  mutating func run(_ problem: Problem) -> Run<Network> {
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    guard isOn else {
      run.runToEnd()
      return run
    }
    let clock = ContinuousClock()
    let begin = clock.now
    while run.advance() { seconds.append(begin.duration(to: clock.now) / .seconds(1)) }
    return run
  }

  /// The time of each step of a run when it is made again, in seconds from its beginning.
  static func seconds(of run: Run<Network>) -> [Double] {
    let clock = ContinuousClock()
    let begin = clock.now
    var seconds: [Double] = []
    run.retrace { _ in seconds.append(begin.duration(to: clock.now) / .seconds(1)) }
    return seconds
  }
}
