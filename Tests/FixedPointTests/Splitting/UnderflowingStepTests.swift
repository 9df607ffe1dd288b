import TestSupport
import Testing

@testable import FixedPoint

/// A step of a splitting method that underflows is an outcome with a reason.
struct UnderflowingStepTests {
  private static let names = [
    "forward_backward_step0", "fz_sem_2_14310_s", "fz_sem_2_15831_s", "fz_sem_2_15833_s", "fz_sem_2_21473_s",
    "fz_sem_2_21815_s", "fz_sem_2_6956_s",
  ]

  /// m/L² with m = L = 1.8e308 is 0: the method fails at its start.
  @Test func theReasonIsTheStep() throws {
    let problem = try CaseRun("hostile", "forward_backward_step0.deq.json")
    let run = GrowthTests.run(problem.network, problem.start, ForwardBackward())
    #expect(
      run.outcome
        == .failed(
          .needs(
            method: "forward-backward", requirement: "an explicit step, since its own is too small for a double")))
    #expect(run.stepCount == 0)
  }

  @Test(arguments: names)
  func everyMethodAndTheDiagnosisSurvive(name: String) throws {
    let problem = try CaseRun("hostile", name + ".deq.json")
    var rule = problem.stopping
    rule.maxSteps = min(rule.maxSteps, 60)
    let race = Race(map: problem.network, start: problem.start, stopping: rule)
    for description in MethodCatalog.all {
      let solver = try description.init(FieldValues())
      let result = race.result(of: solver, repetitions: 1) { 0 }
      #expect(result.trace.count <= 60)
      let run = GrowthTests.run(problem.network, problem.start, solver, rule)
      _ = Diagnosis(run).suggestions(for: run, trialSteps: 20)
    }
  }

  /// Steps that are given and next to nothing are taken: nothing moves.
  @Test func theLeastStepThereIs() throws {
    let problem = try CaseRun("hostile", "forward_backward_step0.deq.json")
    for step in [Double.leastNonzeroMagnitude, 1e-300] {
      let run = GrowthTests.run(
        problem.network, problem.start, ForwardBackward(step: .fixed(step)), StoppingRule(maxSteps: 5))
      #expect(run.outcome != .converged)
    }
  }
}
