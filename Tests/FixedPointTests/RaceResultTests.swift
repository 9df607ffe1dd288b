import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

/// A race says of each method what a run of it alone says.
struct RaceResultTests {
  /// z to z / 2 + 1, whose fixed point is 2.
  private static let halving = ClosureMap(
    dimension: 1, jacobian: { _ in Matrix(rows: 1, columns: 1, repeating: 0.5) }, { [$0[0] / 2 + 1] })

  @Test(arguments: MethodCatalog.all.indices) func aResultIsThatOfTheRunAlone(_ index: Int) throws {
    let solver = try MethodCatalog.all[index].init(FieldValues())
    let stopping = StoppingRule(maxSteps: 60)
    var run = Run(map: Self.halving, start: [1], solver: solver, stopping: stopping)
    run.runToEnd()
    let result = Race(map: Self.halving, start: [1], stopping: stopping).result(of: solver, repetitions: 3) { 0 }
    #expect(result.outcome == run.outcome)
    #expect(result.trace == run.trace)
    #expect(result.seconds.count == run.trace.count)
  }

  /// Row k is about z = 2 - 2^(1-k), with |f(z) - z| / |f(z)| = 2^-k / (2 - 2^-k): at most 0.1 from k = 3 on, 1e-3 from
  /// k = 9 on.
  @Test func decadesAreTheFirstEvaluationsBelow() {
    let race = Race(map: Self.halving, start: [1], stopping: StoppingRule(tolerance: 1e-5))
    let result = race.result(of: Picard()) { 0 }
    #expect(result.evaluations(to: 1e-1) == 3)
    #expect(result.evaluations(to: 1e-3) == 9)
    #expect(result.evaluations(to: 1e-12) == nil)
    #expect(RaceResult.decades.count == 12)
  }

  /// By a clock that goes at another pace in each of three solves, the middle one counts, shared among the rows.
  @Test func theTimeIsTheMedianOfTheSolves() {
    let race = Race(map: Self.halving, start: [1], stopping: StoppingRule(maxSteps: 4))
    // The clock is read once, five times for the run, then at the start and the end of each solve and before the next.
    let ends = [8: 0.001, 11: 0.005, 14: 0.002]
    var (readings, time) = (0, 0.0)
    let result = race.result(of: Picard(), repetitions: 3) {
      readings += 1
      time += ends[readings] ?? 0.01
      return time
    }
    for (seconds, expected) in zip(result.seconds, [0.0005, 0.001, 0.0015, 0.002]) {
      #expect(abs(seconds - expected) < 1e-12)
    }
    #expect(result.seconds.count == 4 && result.duration == result.seconds.last)
  }

  @Test func theBestAreAmongThoseThatConverged() {
    func result(_ outcome: Outcome, _ steps: Int, _ seconds: Double) -> RaceResult {
      let map = Self.halving
      let trace = Race(map: map, start: [1], stopping: StoppingRule(tolerance: 0, maxSteps: steps))
        .result(of: Picard(), repetitions: 1) { 0 }.trace
      return RaceResult(outcome: outcome, trace: trace, seconds: trace.indices.map { _ in seconds })
    }
    let results: [RaceResult?] = [
      result(.diverged, 1, 0), nil, result(.converged, 5, 2), result(.converged, 3, 4), result(.converged, 3, 1),
    ]
    #expect(results.fewestEvaluations == 3)
    #expect(results.fastest == 4)
    #expect([RaceResult?.none, result(.stalled, 2, 1)].fewestEvaluations == nil)
  }
}
