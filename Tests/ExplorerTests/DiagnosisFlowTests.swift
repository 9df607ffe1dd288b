import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// `d` on a run that failed: what is said, and what Enter does.
struct DiagnosisFlowTests {
  private static func session(_ network: String, start: String = #"{"fill": 1}"#) -> String {
    #"{"format": "deq-session/1", "network": \#(network), "start": \#(start)}"#
  }

  private func scripted(_ script: String, _ text: String) async -> ExplorerScript.Outcome {
    await expectFlow(script, opening: "one.deq.json", in: .one(text))
  }

  /// 1.3 z + 1 by a matrix of rows that sum to 1: below 1 the norm proves one fixed point, 0.9 is taken, and undo takes
  /// it back.
  @Test func enterLowersTheScale() async throws {
    let text = Self.session(
      """
      {"state": {"shape": [2]}, "operators": [
      {"op": "dense", "weight": {"values": [[0.25, 0.75], [0.5, 0.5]]}}, {"op": "scale", "by": 1.3},
      {"op": "inject", "bias": {"fill": 1}}, {"op": "activation", "kind": "relu"}]}
      """)
    let outcome = await scripted(
      """
      press $
      pass 800
      expect status diverged
      press d
      pass 3000
      expect screen contains residual_absolute grows since step 1, by a factor of 1.300 a step
      expect screen contains No fixed point was found. If there is none, no method can help
      expect screen contains 2 scale by from 1.3 to 0.9
      expect screen contains proves one fixed point
      press Enter
      pass 800
      expect status converged
      """, text)
    let experiment = try #require(outcome.model.watch?.experiment)
    #expect(experiment.document.value(at: "network.operators[1].by")?.content == .number(0.9))
    // z = 0.9 z + 1
    for entry in experiment.run.iterate { #expect(abs(entry - 10) <= 1e-7) }
    var model = outcome.model
    _ = model.update(.event(.key(.character("u"))))
    #expect(model.watch?.experiment.document.value(at: "network.operators[1].by")?.content == .number(1.3))
  }

  /// In the smallest window as well nothing is cut off: the conclusion goes on in a second line.
  @Test func theConclusionFitsTheSmallestWindow() async throws {
    let text = Self.session(
      #"{"state": {"shape": [1]}, "operators": [{"op": "inject", "bias": {"values": [1.0]}}]}"#)
    var explorer = ExplorerScript.one(text)
    explorer.size = Size(width: 80, height: 24)
    let outcome = await explorer.run(opening: "one.deq.json", "press $\npass 800\npress d\npass 3000")
    let rows = outcome.model.frame().canvas.text.split(separator: "\n")
    let first = try #require(rows.firstIndex { $0.contains("No fixed point was found. If there is none,") })
    let both = rows[first...(first + 1)].joined(separator: " ")
    for word in ["no method can help: the", "network has to change."] { #expect(both.contains(word), "\(both)") }
  }

  /// z + 1 has no number to lower: a scale is put in.
  @Test func enterPutsAScaleIn() async throws {
    let text = Self.session(
      #"{"state": {"shape": [1]}, "operators": [{"op": "inject", "bias": {"values": [1.0]}}]}"#)
    let outcome = await scripted(
      """
      press $
      pass 800
      expect status stalled
      press d
      pass 3000
      expect screen contains a scale by 0.8
      press Enter
      pass 800
      expect status converged
      """, text)
    let operators = try #require(outcome.model.watch?.experiment.document.network.operators)
    #expect(operators.map(\.name) == ["inject", "scale"])
  }

  @Test func enterMeasuresAbsolutelyWhereTheFixedPointIsZero() async throws {
    let text = try SessionText.read(CaseFile.path("solvers", "scale_half.deq.json"))
    let outcome = await scripted(
      """
      press $
      pass 800
      expect status stopped at the limit of steps
      press d
      pass 3000
      expect screen contains The fixed point is 0, where residual_relative means nothing
      expect screen contains › measure residual_absolute
      expect screen contains converges in 34 evaluations
      press Enter
      pass 800
      expect status converged
      """, text)
    #expect(outcome.model.watch?.run.stopping.measure == .residualAbsolute)
  }

  /// The outcome is that of the whole run: a step before its end has none.
  @Test func aStepOnTheWayHasNoOutcome() async {
    _ = await scripted(
      """
      press $
      pass 800
      expect status converged
      press left
      expect status mid-run
      press ^
      expect status mid-run
      press $
      expect status converged
      """, SpecimenSessions.threeUnits)
  }

  /// A new session from any template reaches its fixed point, and the blank one does with any contraction.
  @Test(arguments: Template.allCases)
  func newSessionsReachTheirFixedPoint(template: Template) throws {
    let problem = try Problem(template.document, directory: ".")
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    #expect(run.outcome == .converged, "\(template): \(run.outcome as Any)")
  }

  @Test func theBlankSessionWithADenseOperatorGoesToZero() throws {
    var document = Template.blank.document
    document.network.operators.append(
      OperatorSource(
        "dense", [FieldSource("weight", .tensor(.ensemble(Ensemble(.gaussian, seed: 1, gain: 0.5), shape: nil)))]))
    let problem = try Problem(document, directory: ".")
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    #expect(run.outcome == .converged)
    #expect(run.iterate.allSatisfy { abs($0) <= 1e-9 })
  }
}
