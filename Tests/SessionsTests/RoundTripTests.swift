import FixedPoint
import TestSupport
import Testing

@testable import Sessions

@Suite("Round trips")
struct RoundTripTests {
  @Test("Every shipped session is written again byte for byte")
  func shipped() throws {
    for path in try SessionFile.list(in: ShippedProblem.folder) {
      #expect(SessionFile.text(of: try SessionFile.read(path)) == (try FileSystem.read(path)), "\(path)")
    }
  }

  /// The session explored at random: what cannot be done (a method that needs another map) is refused and not recorded.
  private func explored(_ random: inout RandomSession) throws -> Experiment? {
    guard var experiment = try? Experiment(random.document(), directory: ".") else { return nil }
    for _ in 0..<1 + random.below(5) {
      if random.chance() {
        try experiment.perform(.run)
        for _ in 0..<random.below(14) where !experiment.advance() { break }
        if experiment.isRunning, random.chance() { try experiment.perform(.pause) }
      } else {
        try? experiment.perform(random.action(steps: experiment.run.stepCount))
      }
    }
    return experiment
  }

  @Test("2,000 random sessions, explored at random, survive writing, reading and replaying identically")
  func random() throws {
    var random = RandomSession(seed: 2026)
    var (count, outcomes) = (0, Set<String>())
    while count < 2000 {
      guard let experiment = try explored(&random) else { continue }
      count += 1
      let saved = experiment.saved
      let text = SessionFile.text(of: saved)
      let read = try SessionFile.parse(text)
      #expect(read == saved)
      #expect(SessionFile.text(of: read) == text)
      let report = try Replay.verify(read, directory: ".")
      let isEmpty = read.recording?.checks.isEmpty == true && read.recording?.outcome == nil
      let expected: ReplayReport.Verdict = isEmpty ? .nothingToCompare : .identical
      #expect(report.verdict == expected, "\(report)\n\(String(decoding: text, as: UTF8.self))")
      outcomes.insert(saved.recording?.outcome?.name ?? "none")
    }
    #expect(outcomes.isSuperset(of: ["converged", "maxSteps", "diverged", "failed", "none"]))
  }
}
