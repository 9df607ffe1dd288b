import FixedPoint
import Screen

/// Why a run ended without converging, and which run that was.
struct RunFailure: Sendable, Equatable {
  private let steps: Int
  private let outcome: Outcome
  private let stopping: StoppingRule
  let diagnosis: Diagnosis
  let sentences: [String]

  /// `nil` of a run that converged, or that can go on.
  init?(_ run: Run<Network>) {
    guard let outcome = run.outcome, outcome != .converged else { return nil }
    (steps, self.outcome, stopping) = (run.stepCount, outcome, run.stopping)
    diagnosis = Diagnosis(run)
    sentences = diagnosis.sentences(for: run)
  }

  func isOf(_ run: Run<Network>) -> Bool {
    steps == run.stepCount && outcome == run.outcome && stopping == run.stopping
  }

  /// The sentences in at most two lines.
  func lines(width: Int) -> [String] {
    let lines = TextBlock(sentences.joined(separator: " ")).lines(width: width).filter { !$0.isEmpty }
    guard lines.count > 2 else { return lines }
    return [lines[0], DisplayWidth.truncate(lines[1...].joined(separator: " "), to: width)]
  }
}

extension Watch {
  /// The run ended and did not converge.
  var hasFailed: Bool { run.outcome.map { $0 != .converged } ?? false }

  /// Finds out why a run failed, once.
  mutating func noteFailure() {
    if hasFailed, failure?.isOf(run) == true { return }
    failure = RunFailure(run)
  }
}
