import Sessions
import Testing

@testable import Training
@testable import deq

struct TrainingReportTests {
  /// Epochs with these errors out of 100 of the validation and of the test; the theorem holds in some of them.
  private static func run(
    _ number: Int, _ errors: [(validation: Int, test: Int)], proved: Set<Int> = [], diverged: Bool = false
  ) -> RunRecord {
    let history = errors.enumerated().map { index, wrong in
      func score(_ wrong: Int) -> EpochReport.Score { EpochReport.Score(loss: 1, wrong: wrong, count: 100) }
      var statistics = SolveStatistics()
      (statistics.steps, statistics.batches, statistics.failures, statistics.samples) = (8, 2, 3, 260)
      var row = EpochReport(
        epoch: index + 1, training: score(0), validation: score(wrong.validation), test: score(wrong.test),
        learningRate: 0.1, forward: statistics, backward: statistics, skippedSteps: 1, seconds: 1, steps: 3)
      row.certificates = [
        GuaranteeRecord(
          theorem: "lipschitz-inf", verdict: proved.contains(index + 1) ? "proved" : "inconclusive", rate: nil,
          inputs: .every)
      ]
      return row
    }
    return RunRecord(number: number, history: history, hasDiverged: diverged)
  }

  /// Test errors of 25, 50 and 75 % at the best validations: mean 50 %, deviation with n - 1 25 %.
  @Test func theMeanIsOfTheBestValidations() {
    let runs = [
      Self.run(1, [(9, 50), (5, 25), (7, 60)]), Self.run(2, [(1, 50), (5, 70)]),
      Self.run(3, [(8, 80), (8, 90), (7, 75)]),
    ]
    let report = TrainingReport(plan: TrainingPlan(), runs: runs)
    #expect(report.json["testError"] == ["mean": JSON(0.5), "deviation": JSON(0.25)])
    #expect(report.text.contains("test error 50.0 % ± 25.0 %") && !report.text.contains("diverged"))
    guard case .array(let own)? = report.json["runs"]?.content else {
      Issue.record("no runs")
      return
    }
    #expect(own.map { $0["bestEpoch"] } == [JSON(2), JSON(1), JSON(3)])
    #expect(own.map { $0["steps"] } == [JSON(9), JSON(6), JSON(9)])
    #expect(own.map { $0["forwardFailures"] } == [JSON(9), JSON(6), JSON(9)])
  }

  @Test func runsThatDivergedAreSaid() {
    let runs = [Self.run(1, [(5, 10)]), Self.run(2, [(5, 10)], diverged: true)]
    #expect(TrainingReport(plan: TrainingPlan(), runs: runs).text.contains("1 of 2 runs diverged"))
  }

  /// What is proved of the last epoch is not what is proved of the result.
  @Test func theResultsProofIsItsOwn() {
    let run = Self.run(1, [(5, 10), (6, 10)], proved: [2])
    let report = TrainingReport(plan: TrainingPlan(), runs: [run])
    #expect(
      report.text.contains("lipschitz-inf: proved for every input after 1 of 2 epochs, of the result in 0 of 1 run"))
    guard case .array(let runs)? = report.json["runs"]?.content else { return }
    #expect(runs[0]["certificates"] != runs[0]["bestCertificates"])
  }

  /// A result that rests on states which are no fixed points, and a training that made no step, are marked.
  @Test func whatIsNotWhatItSeemsIsSaid() {
    var row = Self.run(1, [(5, 10)]).history[0]
    (row.testForward.failures, row.testForward.samples) = (100, 100)
    let unsolved = TrainingReport(
      plan: TrainingPlan(), runs: [RunRecord(number: 1, history: [row], hasDiverged: false)])
    #expect(unsolved.text.contains("its test error rests on 100 of 100 states that are no fixed points"))
    #expect(unsolved.text.contains("test 100 of 100") && unsolved.json.lineText.contains("\"testFailures\": 100"))
    let table = try? ResultsTable([unsolved.json]).text
    #expect(table?.contains("on 100 unsolved states") == true)
    (row.testForward.failures, row.steps) = (0, 1)
    let still = RunRecord(number: 1, history: [row], hasDiverged: false)
    #expect(still.hasStoodStill)
    let report = TrainingReport(plan: TrainingPlan(), runs: [still])
    #expect(report.text.contains("it learned next to nothing: 1 of 1 steps were left out"))
    #expect(!report.text.contains("rests on"))
  }
}
