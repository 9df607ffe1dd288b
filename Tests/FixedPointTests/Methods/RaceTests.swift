import FixedPoint
import TestSupport
import Testing

/// Evaluations of the accelerated methods against those of plain iteration, on every oracle and shipped session.
struct RaceTests {
  static let problems = MethodTable.oracles + MethodTable.sessions

  /// Where plain iteration converges, each accelerated method does, to the same limit or one that the oracle lists, with
  /// at most 1.1 times as many evaluations or 3 more; where plain iteration needs 40 or more, the best of them needs at most 0.35 times as many.
  @Test(arguments: problems)
  func neverMuchWorseThanPlainIteration(problem: MethodTable.Problem) {
    let plain = MethodTable.run(problem, Picard())
    guard plain.outcome == .converged else { return }
    let count = Double(plain.evaluations)
    var best = Double.infinity
    for solver in MethodTable.accelerated {
      let run = MethodTable.run(problem, solver)
      if case .failed(.needs) = run.outcome, MethodTable.needsCone(solver) { continue }
      #expect(run.outcome == .converged, "\(solver.name): \(run.stepCount) steps")
      let error = (problem.fixedPoints + [plain.iterate]).map { Distance.sup(run.iterate.span, $0.span) }.min()
      #expect(error ?? .infinity <= 1e-6, "\(solver.name) ends elsewhere")
      #expect(Double(run.evaluations) <= max(1.1 * count, count + 3), "\(solver.name): \(run.evaluations) of \(count)")
      best = min(best, Double(run.evaluations))
    }
    #expect(count < 40 || best <= 0.35 * count, "\(best) of \(count)")
  }

  /// A hundred random layers of each kind, up to 20 units: plain iteration converges on most.
  @Test(arguments: RandomNetwork.allCases)
  func acceleratesRandomNetworks(kind: RandomNetwork) {
    var ratios: [Double] = []
    for size in [2, 5, 20] {
      for gain in [0.5, 1, 1.5, 2] {
        for seed in 1...4 {
          let problem = MethodTable.Problem(
            name: "\(size) units, gain \(gain), seed \(seed)",
            network: kind.make(size: size, gain: gain, seed: UInt64(seed)),
            start: Array(repeating: 1, count: size), fixedPoints: [])
          let plain = MethodTable.run(problem, Picard())
          guard plain.outcome == .converged else { continue }
          let run = MethodTable.run(problem, Anderson(), maxSteps: 2 * plain.stepCount + 10)
          #expect(run.outcome == .converged, "\(problem.name)")
          ratios.append(Double(run.evaluations) / Double(plain.evaluations))
        }
      }
    }
    #expect(ratios.count >= 20)
    #expect(ratios.reduce(0, +) <= 0.8 * Double(ratios.count))
  }
}
