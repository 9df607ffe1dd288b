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

  /// Non-negative rows of sum 1.3 and a positive bias: there is no fixed point, and every unit grows by 1.3 a step. Below
  /// 1 the rows' sum is a contraction factor.
  @Test func theDivergenceAsksForASmallerScale() throws {
    let run = try run("09-divergence")
    let diagnosis = Diagnosis(run)
    guard case .divergence(let found)? = diagnosis.findings.first else {
      Issue.record("no divergence")
      return
    }
    #expect(abs(found.growth - 1.3) <= 1e-3)
    #expect(abs(try #require(found.relative) - 0.3 / 1.3) <= 1e-6)
    let suggestions = diagnosis.suggestions(for: run)
    let first = try #require(suggestions.first)
    #expect(first.remedy == .network(.field(position: 1, operator: "scale", name: "by", from: 1.3, to: 0.9)))
    guard case .factor(let limit, let theorem?) = first.reason else {
      Issue.record("\(first.reason)")
      return
    }
    #expect(abs(limit - 1) <= 1e-6 && theorem.hasPrefix("lipschitz"))
  }

  /// Half steps do not end the cycle of 08: the residual swings, and the factor that works is below 0.2.
  @Test func halfStepsOnTheCycleCircle() throws {
    let document = try SessionFile.read("\(Self.directory)/08-cycle.deq.json")
    let problem = try Problem(document, directory: Self.directory)
    var run = Run(map: problem.network, start: problem.start, solver: Damped(), stopping: problem.stopping)
    run.runToEnd()
    #expect(run.outcome == .maxSteps)
    let diagnosis = Diagnosis(run)
    let isCircling = diagnosis.findings.contains { if case .circling = $0 { true } else { false } }
    #expect(isCircling, "\(diagnosis.findings)")
    let factors = diagnosis.suggestions(for: run).compactMap { suggestion -> Double? in
      guard case .method("damped", let options) = suggestion.remedy else { return nil }
      return options.number("factor")
    }
    let factor = try #require(factors.first)
    #expect(factor > 0.1 && factor <= 0.2)
    var again = Run(map: run.map, start: run.start, solver: Damped(factor: factor), stopping: run.stopping)
    again.runToEnd()
    #expect(again.outcome == .converged)
  }
}
