import LinearAlgebra
import Sessions
import TestSupport
import Testing

@testable import Training

/// Numbers that are no longer finite: nothing undefined is counted as right, saved or carried on.
struct DivergenceTests {
  private static func run(_ change: (inout TrainingPlan) -> Void) throws -> TrainingRun {
    var plan = try #require(Recipe.named("moons")).plan
    plan.epochs = 2
    change(&plan)
    var run = try TrainingRun(try plan.checked(), on: try DatasetCatalog(folders: []).load("two-moons"))
    while !run.hasEnded { run.advance() }
    return run
  }

  /// A rate that no single-precision number can hold.
  @Test func aDivergedRunSaysSo() throws {
    let run = try Self.run { $0.optimizer.rate = 1e39 }
    #expect(run.hasDiverged && run.history.count == 1 && run.record.hasDiverged)
    let row = try #require(run.history.last)
    #expect(row.test.wrong == 100 && row.test.loss == nil && row.certificates.isEmpty)
    #expect(row.spectralRadius == nil)
    let directory = TemporaryDirectory()
    let model = run.model(writtenTo: directory.file("lost.deq.json"))
    #expect(!model.isFinite)
    let error = #expect(throws: SessionError.self) { try model.write(to: directory.file("lost.deq.json")) }
    #expect(error?.kind == .unwritable && directory.names.isEmpty)
  }

  private static func trainer() throws -> Trainer<Float> {
    let plan = try #require(Recipe.named("moons")).plan
    let run = try TrainingRun(plan, on: try DatasetCatalog(folders: []).load("two-moons"))
    guard case .single(let trainer) = run.engine else { preconditionFailure("the recipe is in single precision") }
    return trainer
  }

  /// A step whose gradient is not finite changes neither the parameters nor the head's running statistics, so that the
  /// run goes on and its checkpoint can be read.
  @Test func aStepThatIsLeftOutLeavesNothingBehind() throws {
    var trainer = try Self.trainer()
    let usual = trainer.state.parameters
    for place in trainer.model.injection.bias { trainer.state.parameters[place] = 3e38 }
    guard case .matrix(_, let weight) = trainer.model.injection.source else { return }
    for place in weight { trainer.state.parameters[place] = 3e38 }
    let before = trainer.state
    let report = trainer.advance { 0 }
    #expect(trainer.state.pass?.tally.skipped == 1 && report.forward.failures > 0)
    #expect(trainer.state.parameters == before.parameters && trainer.state.statistics == before.statistics)
    #expect(trainer.state.optimizer.steps == 0 && trainer.state.isFinite)
    trainer.state.parameters = usual
    _ = trainer.advance { 0 }
    #expect(trainer.state.optimizer.steps == 1 && trainer.state.parameters != usual && trainer.state.isFinite)
  }

  /// The squares that Adam averages have to be finite too.
  @Test func aGradientBeyondItsSquareIsLeftOut() throws {
    var trainer = try Self.trainer()
    let scale = try #require(trainer.model.head.normalization).scale
    for place in scale { trainer.state.parameters[place] = 1e25 }
    _ = trainer.advance { 0 }
    #expect(trainer.state.pass?.tally.skipped == 1 && trainer.state.isFinite)
  }
}
