import FixedPoint
import Testing

@testable import Sessions

/// The shipped sessions that fail are told why, and what helps.
struct ShippedDiagnosisTests {
  private static let directory =
    FileSystem.directory(of: FileSystem.directory(of: FileSystem.directory(of: #filePath))) + "/sessions"

  private func run(_ name: String) throws -> Run<Network> {
    let document = try SessionFile.read("\(Self.directory)/\(name).deq.json")
    var experiment = try Experiment(document, directory: Self.directory)
    try experiment.perform(.run)
    while experiment.advance() {}
    return experiment.run
  }

  @Test func theCycleIsDamped() throws {
    let run = try run("08-cycle")
    let diagnosis = Diagnosis(run)
    guard case .cycle(let cycle)? = diagnosis.findings.first else {
      Issue.record("no cycle")
      return
    }
    #expect(cycle.period == 4)
    let suggestions = diagnosis.suggestions(for: run)
    let damped = try #require(
      suggestions.first { if case .spectrum = $0.reason { true } else { false } })
    for solver in [try #require(damped.solver), try #require(suggestions.first?.solver)] {
      var again = Run(map: run.map, start: run.start, solver: solver, stopping: run.stopping)
      again.runToEnd()
      #expect(again.outcome == .converged)
    }
  }

  /// Non-negative rows of sum 1.3 and a positive bias: there is no fixed point, and every unit grows by 1.3 a step.
  @Test func theDivergenceHasNoRemedy() throws {
    let run = try run("09-divergence")
    let diagnosis = Diagnosis(run)
    guard case .divergence(let found)? = diagnosis.findings.first else {
      Issue.record("no divergence")
      return
    }
    #expect(abs(found.growth - 1.3) <= 1e-3)
    #expect(diagnosis.suggestions(for: run).isEmpty)
  }
}
