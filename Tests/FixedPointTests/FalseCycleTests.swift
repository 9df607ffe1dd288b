import TestSupport
import Testing

@testable import FixedPoint

/// A cycle is named where the iterates repeat, and nowhere else.
struct FalseCycleTests {
  /// Rows of the last two periods are the same, and so are those before them in a cycle that is there.
  private func expectTrue(_ run: Run<Network>, _ name: String) {
    guard case .cycle(let period)? = run.outcome else { return }
    let last = run.stepCount
    for step in max(1, last - period + 1)...last {
      let (now, before) = (run.iterate(at: step)[0], run.iterate(at: step - period)[0])
      #expect(abs(now - before) <= 1e-6 * run.trace[step - 1].residualSup, "\(name), step \(step) of \(last)")
    }
  }

  /// 2z from 1: the only fixed point is 0. Aitken's excursions make a sawtooth whose teeth grow.
  @Test func aGrowingSawtoothIsNone() throws {
    let problem = try CaseRun("solvers", "aitken-2z-cycle10.deq.json")
    for start in [1.0, 0.3, -2] {
      let stopping = StoppingRule(maxSteps: 4000)
      let run = GrowthTests.run(problem.network, [start], Aitken(), stopping)
      if case .cycle(let period)? = run.outcome { Issue.record("a cycle of \(period) from \(start)") }
    }
  }

  /// 1.0000001 z: the methods leap next to 0, where their products underflow.
  @Test func underflowIsNone() throws {
    let network = try Network(1, [.scale(1.000_000_1)])
    for solver in [Broyden(), ReducedRank(), MinimalPolynomial(), Anderson(), Aitken()] as [any FixedPointSolver] {
      for start in [1.0, 3, 1e-9] {
        let run = GrowthTests.run(network, [start], solver, StoppingRule(maxSteps: 4000))
        if case .cycle(let period)? = run.outcome { Issue.record("\(solver.name): a cycle of \(period)") }
      }
    }
  }

  @Test func whatIsNamedRepeats() throws {
    for factor in [2, -1.5, 3, 1.1, -1, 1.000_000_1, 0.999] {
      let network = try Network(1, [.scale(factor)])
      for solver in MethodTable.all where !MethodTable.needsCone(solver) {
        expectTrue(GrowthTests.run(network, [1], solver, StoppingRule(maxSteps: 2000)), "\(solver.name) on \(factor)")
      }
    }
  }

  /// 1 - z and -tanh(3 z) have cycles of 2; a shift of three entries has one of 3.
  @Test func truePicardCyclesAreNamed() throws {
    let mirror = GrowthTests.run(try Network(1, [.scale(-1), .inject([1])]), [0.25], Picard())
    #expect(mirror.outcome == .cycle(period: 2))
    let steep = GrowthTests.run(try Network(1, [.scale(-3), .activation(.tanh)]), [0.4], Picard())
    #expect(steep.outcome == .cycle(period: 2))
    let shift = GrowthTests.run(
      try Network(3, [.dense([[0, 1, 0], [0, 0, 1], [1, 0, 0]])]), [1, 2, 5], Picard())
    #expect(shift.outcome == .cycle(period: 3))
  }
}
