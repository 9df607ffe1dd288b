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

  /// Forty-eight random layers of each kind, up to 20 units, on most of which plain iteration converges: there all
  /// accelerated methods do, hardly any much later, and Anderson in 0.8 times as many evaluations on average.
  @Test(arguments: RandomNetwork.allCases)
  func acceleratesRandomNetworks(kind: RandomNetwork) {
    var ratios: [Double] = []
    var solves = 0
    var late = 0
    for problem in Self.layers(kind) {
      let plain = MethodTable.run(problem, Picard())
      guard plain.outcome == .converged else { continue }
      for solver in MethodTable.accelerated {
        // A limit on the cone's boundary has no logarithm.
        if MethodTable.needsCone(solver), plain.iterate.contains(where: { $0 < 1e-6 }) { continue }
        let run = MethodTable.run(problem, solver)
        if case .failed(.needs) = run.outcome, MethodTable.needsCone(solver) { continue }
        #expect(run.outcome == .converged, "\(problem.name): \(solver.name)")
        solves += 1
        if Double(run.evaluations) > max(1.1 * Double(plain.evaluations), Double(plain.evaluations + 3)) { late += 1 }
        if solver is Anderson { ratios.append(Double(run.evaluations) / Double(plain.evaluations)) }
      }
    }
    #expect(ratios.count >= 40)
    #expect(ratios.reduce(0, +) <= 0.8 * Double(ratios.count))
    #expect(100 * late <= 3 * solves, "\(late) of \(solves)")
  }

  private static func layers(_ kind: RandomNetwork) -> [MethodTable.Problem] {
    [2, 5, 20].flatMap { size in
      [0.5, 1, 1.5, 2].flatMap { gain in (1...4).map { layer(kind, size, gain, seed: $0) } }
    }
  }

  private static func layer(_ kind: RandomNetwork, _ size: Int, _ gain: Double, seed: UInt64) -> MethodTable.Problem {
    MethodTable.Problem(
      name: "\(kind), \(size) units, gain \(gain), seed \(seed)",
      network: kind.make(size: size, gain: gain, seed: seed),
      start: Array(repeating: 1, count: size), fixedPoints: [])
  }

  /// Plain iteration passes a place where the residual has a least value that is not zero; the methods are drawn to it.
  static let narrowPlaces = [
    layer(.tanh, 2, 1.5, seed: 1002), layer(.tanh, 5, 1.5, seed: 1005), layer(.relu, 2, 1.5, seed: 1002),
    layer(.relu, 5, 1.5, seed: 1005), layer(.relu, 5, 2, seed: 1005),
  ]

  @Test(arguments: narrowPlaces)
  func leavesNarrowPlaces(problem: MethodTable.Problem) {
    #expect(MethodTable.run(problem, Picard()).outcome == .converged)
    for solver in MethodTable.accelerated where !MethodTable.needsCone(solver) {
      let run = MethodTable.run(problem, solver)
      #expect(run.outcome == .converged, "\(solver.name): \(run.stepCount) steps")
    }
  }
}
