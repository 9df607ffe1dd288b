import FixedPoint
import LinearAlgebra
import Sessions
import Testing

@testable import Training

struct BatchIterationTests {
  /// Fixed points of a batch are those that the solver core finds, sample by sample.
  @Test(arguments: [1, 2, 5, 8]) func fixedPointsAreTheSolverCores(_ window: Int) throws {
    let tiny = TinyModel("dense") { _ in }
    let network = try tiny.network()
    let solution = network.solve(
      from: Array(repeating: 1, count: 5), by: Picard(),
      stopping: StoppingRule(tolerance: 1e-14, maxSteps: 1000))
    let states = states(tiny, rows: 6, window: window)
    for (own, other) in zip(states, solution.iterate) { #expect(abs(own - other) <= 1e-12) }
  }

  /// A sample is where it would be without the others, even if they need more steps.
  @Test func neighboursDoNotMatter() {
    let tiny = TinyModel("dense") { $0.forward.tolerance = 1e-3 }
    let together = states(tiny, rows: 6, window: 5)
    let alone = states(tiny, rows: 1, window: 5)
    for (own, other) in zip(alone, together) { #expect(abs(own - other) <= 1e-12) }
  }

  private func states(_ tiny: TinyModel, rows: Int, window: Int) -> [Double] {
    var plan = tiny.plan.forward
    plan.method = window == 1 ? .picard : .anderson
    plan.window = window
    var shard = ShardState<Double>()
    let weights = StepWeights(tiny.model, tiny.parameters, plan)
    let statistics = shard.forward(tiny.model, weights, tiny.inputs, rows: rows, plan)
    #expect(statistics.failures == 0 && statistics.samples == rows)
    return Array(shard.states[..<(rows * 5)])
  }

  /// z to 2z + 1 and away: what has no attracting fixed point is counted, and ends at the limit of steps.
  @Test func whatDoesNotConvergeIsCounted() {
    var iteration = BatchIteration<Double>()
    var states = [1.0, 0.5]
    let rule = BatchIteration<Double>.Rule(
      window: 1, regularization: 0, tolerance: 1e-6, maxSteps: 20, judgement: .sample)
    let report = iteration.solve(&states, count: 2, size: 1, rule: rule) { state, image in
      image[0] = 2 * state[0] + 1
      image[1] = 0.1 * state[1]
    }
    // The second contracts to 0, where the relative residual never meets the tolerance.
    #expect(report.steps == 20 && report.failures == 2 && report.samples == 2)
    #expect(states[0] == 0x1p20 - 1)
  }

  /// What grows beyond all numbers is not solved, although an infinite residual is at most an infinite image's share.
  @Test(arguments: ForwardPlan.Judgement.allCases) func infinityIsNoFixedPoint(_ judgement: ForwardPlan.Judgement) {
    var iteration = BatchIteration<Float>()
    var states: [Float] = [1, 1]
    let rule = BatchIteration<Float>.Rule(
      window: 1, regularization: 0, tolerance: 1e-3, maxSteps: 9, judgement: judgement)
    let report = iteration.solve(&states, count: 2, size: 2, rule: rule) { state, image in
      for i in 0..<2 { image[i] = 1e30 * state[i] }
    }
    #expect(report.steps == 9 && report.failures == 1)
  }

  /// On an affine map Anderson's method with a window beyond the dimension ends soon, attracting or not.
  @Test func affineMapsEndSoon() {
    var iteration = BatchIteration<Double>()
    var states = [0.0, 0.0]
    let rule = BatchIteration<Double>.Rule(
      window: 3, regularization: 1e-10, tolerance: 1e-7, maxSteps: 50, judgement: .sample)
    let report = iteration.solve(&states, count: 2, size: 2, rule: rule) { state, image in
      image[0] = 3 * state[0] + state[1] + 1
      image[1] = -state[0] + 0.25 * state[1] - 2
    }
    // (I - A) z = b, I - A = [[-2, -1], [1, 3/4]] of determinant -1/2, b = (1, -2).
    #expect(report.failures == 0 && report.steps <= 8)
    #expect(abs(states[0] - 2.5) < 1e-5 && abs(states[1] + 6) < 1e-5)
  }
}
