import FixedPoint
import LinearAlgebra
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

  /// Large weights: what is small for the splitting's own iterates is not yet small for z.
  @Test func aSplittingGoesOnUntilTheStateIsSolvedFor() throws {
    let recipe = try #require(Recipe.named("mnist-mondeq")).plan
    let run = try Self.run(
      try Self.plan("drawn-digits") {
        ($0.model, $0.forward, $0.backward, $0.keep) = (recipe.model, recipe.forward, recipe.backward, recipe.keep)
        $0.model.units = 40
        $0.data.limit = 300
        $0.batch = 50
        $0.epochs = 4
        $0.optimizer.rate = 0.03
      })
    for row in run.history { #expect(row.forward.failures == 0 && row.forward.samples == 300) }
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
    try Checkpoint(half, finished: [], seconds: true).write(to: path)
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

/// What certificates say of layers that are too large for dense matrices, and for which inputs.
struct CertificateReachTests {
  private static func certificates(_ change: (inout TrainingPlan) -> Void, data: String) throws -> [GuaranteeRecord] {
    var plan = TrainingPlan()
    plan.data.name = data
    plan.precision = .double
    change(&plan)
    return try TrainingRun(try plan.checked(), on: try DatasetCatalog(folders: []).load(data)).certificates()
  }

  /// What is kept by the weights alone is proved for every input; what needs a box around the images is not.
  @Test func theKindOfProofDecidesForWhichInputs() throws {
    let kept = try Self.certificates({ $0.keep = .lipschitz }, data: "two-moons")
    #expect(kept.map(\.theorem) == ["lipschitz-inf"])
    #expect(kept.allSatisfy { $0.isProved && $0.inputs == .every })
    let monotone = try Self.certificates({ $0.keep = .monotone }, data: "two-moons")
    #expect(monotone.allSatisfy { $0.isProved && $0.inputs == .every })
    let cone = try Self.certificates({ $0.keep = .subhomogeneousThompson }, data: "two-moons")
    #expect(cone.allSatisfy { $0.isProved && $0.inputs == .every })
    let shifted = try Self.certificates({ $0.model.layer = .nonnegative }, data: "two-moons")
    let thompson = try #require(shifted.first { $0.theorem == "subhomogeneous-thompson" })
    #expect(thompson.isProved && thompson.inputs == .every)
    let free = try Self.certificates({ _ in }, data: "two-moons")
    #expect(free.count == 5 && free.contains { $0.inputs == .one })
  }

  /// Of a layer on the moons, in double precision, before its first step.
  private static func trainer(_ change: (inout ModelPlan) -> Void) throws -> Trainer<Double> {
    var plan = TrainingPlan()
    change(&plan.model)
    plan.precision = .double
    let run = try TrainingRun(plan, on: try DatasetCatalog(folders: []).load("two-moons"))
    guard case .double(let trainer) = run.engine else { preconditionFailure("the plan says double precision") }
    return trainer
  }

  /// tanh(|W| z) + relu(U x + b) has a coefficient below 1 only where what is injected is above 0, which another x may end.
  @Test func whatNeedsAPositiveInjectionIsForOneInput() throws {
    var trainer = try Self.trainer {
      $0.layer = .nonnegative
      $0.shift = 0
    }
    for place in trainer.model.injection.bias { trainer.state.parameters[place] = 9 }
    let record = try #require(trainer.certificates().first { $0.theorem == "subhomogeneous-thompson" })
    #expect(record.isProved && record.inputs == .one)
  }

  /// With W = 1/10 everywhere the Perron root is 1.6, but 9 injected everywhere leave tanh no slope: what is proved is
  /// proved in the box around this one image.
  @Test func whatHoldsInABoxIsForOneInput() throws {
    var trainer = try Self.trainer { $0.units = 16 }
    for place in trainer.model.layout.entries[0].range { trainer.state.parameters[place] = 0.1 }
    for place in trainer.model.injection.bias { trainer.state.parameters[place] = 9 }
    let proved = trainer.certificates().filter(\.isProved)
    #expect(Set(proved.map(\.theorem)).isSuperset(of: ["perron-frobenius", "lipschitz-inf"]))
    #expect(proved.allSatisfy { $0.inputs == .one || $0.theorem == "subhomogeneous-thompson" }, "\(proved)")
  }

  /// With U x + b injected as it is, another x takes away what this one adds: the cone is left.
  @Test func whatIsInjectedWithAnySignIsForOneInput() throws {
    var trainer = try Self.trainer {
      $0.layer = .nonnegative
      $0.injectionActivation = .identity
    }
    for place in trainer.model.injection.bias { trainer.state.parameters[place] = 9 }
    let record = try #require(trainer.certificates().first { $0.theorem == "subhomogeneous-thompson" })
    #expect(record.isProved && record.inputs == .one)
  }

  @Test func aGraphsPropagationContractsByItsShare() throws {
    let records = try Self.certificates(
      {
        $0.model.layer = .graph
        $0.model.shift = 0
        $0.model.injection = .beforeActivation
      }, data: "karate-club")
    let own = try #require(records.first { $0.theorem == "perron-frobenius" })
    #expect(own.isProved && own.inputs == .every)
    #expect(abs((own.rate ?? 0) - 0.9) < 1e-9)
    #expect(records.filter { $0.theorem != "perron-frobenius" }.allSatisfy { $0.verdict == GuaranteeRecord.notChecked })
  }

  /// The rate bounds the Perron root of the matrix that propagates in single precision, too: by Collatz and Wielandt the
  /// root is at least the least quotient (M v)ᵢ / vᵢ.
  @Test func aGraphsRateAllowsForSinglePrecision() throws {
    var plan = TrainingPlan()
    plan.model.layer = .graph
    plan.data.name = "karate-club"
    let run = try TrainingRun(plan, on: try DatasetCatalog(folders: []).load("karate-club"))
    guard case .single(let trainer) = run.engine, case .graph(let matrix, _) = trainer.model.layer.linear else {
      return
    }
    let (n, entries) = (matrix.rows, matrix.dense)
    var vector = [Double](repeating: 1, count: n)
    var least = 0.0
    for _ in 0..<2000 {
      let image = (0..<n).map { i in (0..<n).reduce(0.0) { $0 + entries[i * n + $1] * vector[$1] } }
      least = zip(image, vector).map { $0 / $1 }.min() ?? 0
      vector = image.map { $0 / (image.max() ?? 1) }
    }
    let rate = try #require(run.certificates().first { $0.theorem == "perron-frobenius" }?.rate)
    #expect(least > 0.9 * (1 - 1e-6) && least <= rate, "\(least), \(rate)")
  }

  /// The bounds are of σ(L z) + p: a normalisation or a power behind it is not in them.
  @Test func boundsAreOfNoOtherLayer() throws {
    for change in [
      { (plan: inout TrainingPlan) in plan.model.normalization = .sup }, { $0.model.power = 0.5 },
    ] {
      let records = try Self.certificates(
        {
          $0.model.layer = .convolution
          $0.model.units = 6
          change(&$0)
        }, data: "drawn-digits")
      #expect(records.allSatisfy { $0.verdict == GuaranteeRecord.notChecked })
    }
  }

  /// The bound on the channels against the whole matrix of a small convolution.
  @Test func theChannelsBoundTheConvolution() throws {
    var plan = TrainingPlan()
    plan.model.layer = .convolution
    plan.model.units = 6
    plan.data.name = "drawn-digits"
    plan.precision = .double
    let content = try DatasetCatalog(folders: []).load("drawn-digits")
    let run = try TrainingRun(plan, on: content)
    guard case .double(var trainer) = run.engine, case .kernel(let part) = trainer.model.layer.linear else {
      Issue.record("a convolution in double precision")
      return
    }
    for place in part.kernel { trainer.state.parameters[place] *= 0.15 }
    let records = trainer.certificates()
    let bound = try #require(records.first { $0.theorem == "lipschitz-inf" })
    let perron = try #require(records.first { $0.theorem == "perron-frobenius" })
    #expect(bound.isProved && perron.isProved && bound.inputs == .every)
    let basis = (0..<part.inputCount).map { index -> [Double] in
      var image = [Double](repeating: 0, count: part.inputCount)
      image[index] = 1
      var (result, patches) = (image, [Double]())
      var span = result.mutableSpan
      part.apply(trainer.state.parameters.span.extracting(part.kernel), image.span, into: &span, scratch: &patches)
      return result
    }
    let sums = (0..<part.outputCount).map { row in basis.reduce(0.0) { $0 + abs($1[row]) } }
    let largest = try #require(sums.max())
    #expect(largest <= bound.rate ?? 0 && largest >= 0.999 * (bound.rate ?? 1))
    for place in part.kernel { trainer.state.parameters[place] *= 100 }
    #expect(trainer.certificates().allSatisfy { !$0.isProved })
  }
}
