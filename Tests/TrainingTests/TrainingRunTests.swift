import FixedPoint
import Sessions
import TestSupport
import Testing

@testable import Training

/// Trainings of seconds on the data that are built in.
struct TrainingRunTests {
  private static func plan(_ recipe: String, _ change: (inout TrainingPlan) throws -> Void = { _ in }) throws
    -> TrainingPlan
  {
    var plan = try #require(Recipe.named(recipe)).plan
    try change(&plan)
    return try plan.checked()
  }

  private static func run(_ plan: TrainingPlan, epochs: Int? = nil) throws -> TrainingRun {
    var run = try TrainingRun(plan, on: try DatasetCatalog(folders: []).load(plan.data.name))
    while !run.isDone, run.history.count < epochs ?? .max { run.advance() }
    return run
  }

  @Test func moonsAreTold() throws {
    let run = try Self.run(try Self.plan("moons") { $0.epochs = 25 })
    let row = try #require(run.record.result)
    #expect(row.test.wrong <= 2 && row.test.count == 100)
    #expect(run.history.allSatisfy { $0.backward.failures == 0 && $0.skippedSteps == 0 })
  }

  @Test func drawnDigitsAreRead() throws {
    let run = try Self.run(try Self.plan("drawn-digits") { $0.epochs = 6 })
    let row = try #require(run.record.result)
    #expect(row.test.count == 300)
    #expect((row.test.error ?? 1) <= 0.03)
  }

  @Test func theClubIsToldFromFourLabels() throws {
    let run = try Self.run(try Self.plan("karate"))
    let row = try #require(run.record.result)
    #expect(row.test.wrong + row.training.wrong <= 2 && row.test.count == 30)
  }

  @Test func aConvolutionLearns() throws {
    let run = try Self.run(
      try Self.plan("drawn-digits") {
        $0.model.layer = .convolution
        $0.model.units = 3
        $0.model.pooling = 2
        $0.data.limit = 60
        $0.batch = 10
        $0.epochs = 3
        $0.optimizer.rate = 0.03
      })
    let losses = run.history.compactMap(\.training.loss)
    #expect(losses.count == 3 && losses[2] < 0.6 * losses[0])
  }

  @Test func aMonotoneLayerTellsTheMoons() throws {
    let recipe = try #require(Recipe.named("mnist-mondeq")).plan
    let run = try Self.run(
      try Self.plan("moons") {
        $0.model = recipe.model
        $0.model.units = 12
        $0.forward = recipe.forward
        $0.backward = recipe.backward
        $0.keep = recipe.keep
        $0.epochs = 15
      })
    #expect((run.record.result?.test.error ?? 1) <= 0.03)
    for row in run.history {
      #expect(row.forward.failures == 0 && row.backward.failures == 0)
      #expect(row.certificates.map(\.verdict) == ["proved"])
    }
  }

  @Test func theSamePlanGivesTheSameBytes() throws {
    let plan = try Self.plan("moons") { $0.epochs = 3 }
    let first = try Self.run(plan)
    let second = try Self.run(plan)
    #expect(first.model(companion: nil).document == second.model(companion: nil).document)
    #expect(first.history.map(\.training) == second.history.map(\.training))
    let other = try Self.run(
      try Self.plan("moons") {
        $0.epochs = 3
        $0.seed = 2
      })
    #expect(other.model(companion: nil).document != first.model(companion: nil).document)
  }

  @Test(arguments: TrainingPlan.Precision.allCases, ["moons", "karate"])
  func aResumedRunIsTheSame(_ precision: TrainingPlan.Precision, _ recipe: String) throws {
    let directory = TemporaryDirectory()
    let plan = try Self.plan(recipe) {
      $0.precision = precision
      $0.epochs = 6
      $0.model.dropout = recipe == "karate" ? 0.5 : 0
      $0.data.validation = recipe == "moons" ? 0.2 : 0
    }
    let whole = try Self.run(plan)
    let half = try Self.run(plan, epochs: 3)
    let path = directory.file("run.safetensors")
    try Checkpoint(half, finished: []).write(to: path)
    let checkpoint = try Checkpoint.read(path)
    #expect(checkpoint.plan == plan)
    var resumed = try checkpoint.run(on: try DatasetCatalog(folders: []).load(plan.data.name))
    #expect(resumed.history == half.history)
    while !resumed.isDone { resumed.advance() }
    for (own, other) in zip(resumed.history, whole.history) {
      #expect(own.training == other.training && own.validation == other.validation && own.test == other.test)
    }
    #expect(resumed.model(companion: nil).document == whole.model(companion: nil).document)
    #expect(resumed.model(companion: nil).beside == whole.model(companion: nil).beside)
  }

  @Test func aCheckpointOfOtherDataIsRefused() throws {
    let run = try Self.run(try Self.plan("moons"), epochs: 1)
    let checkpoint = Checkpoint(run, finished: [])
    #expect(throws: SessionError.self) {
      try checkpoint.run(on: try DatasetCatalog(folders: []).load("spirals"))
    }
  }

  @Test func patienceEndsARun() throws {
    let run = try Self.run(
      try Self.plan("moons") {
        $0.patience = 2
        $0.data.validation = 0.3
        $0.epochs = 200
        $0.optimizer.rate = 0.1
        $0.optimizer.schedule = .constant
      })
    #expect(run.history.count < 200)
  }

  /// A gradient that is not finite leaves the parameters as they are, and is counted.
  @Test func stepsThatAreNotFiniteAreLeftOut() throws {
    let run = try Self.run(
      try Self.plan("moons") {
        $0.model.activation = .exp
        $0.model.shift = 0
        $0.forward.maxSteps = 60
        $0.precision = .single
        $0.epochs = 2
      })
    #expect(run.history.contains { $0.forward.failures > 0 })
    #expect(!run.hasDiverged)
  }

  @Test(arguments: [
    (Guarantee.monotone, "monotone"), (.perronFrobenius, "perron-frobenius"), (.lipschitz, "lipschitz-inf"),
    (.subhomogeneousThompson, "subhomogeneous-thompson"), (.positiveConcave, "positive-concave"),
  ])
  func whatIsKeptIsProvedAfterEveryEpoch(_ keep: Guarantee, _ theorem: String) throws {
    let run = try Self.run(
      try Self.plan("moons") {
        $0.keep = keep
        $0.epochs = 12
        $0.optimizer.rate = 0.05
      })
    for row in run.history {
      #expect(row.certificates.map(\.theorem) == [theorem])
      #expect(row.certificates.allSatisfy { $0.verdict == "proved" }, "epoch \(row.epoch): \(row.certificates)")
    }
    #expect((run.record.result?.test.error ?? 1) <= 0.15)
  }
}
