import Dispatch
import FixedPoint
import LinearAlgebra
import Sessions
import Synchronization
import Testing

@testable import Training

/// What one run does with its batches, its seeds and its best parameters.
struct TrainerTests {
  private static func run(number: Int = 1, _ change: (inout TrainingPlan) -> Void = { _ in }) throws -> TrainingRun {
    var plan = try #require(Recipe.named("moons")).plan
    plan.precision = .double
    plan.epochs = 3
    plan.keep = .lipschitz
    change(&plan)
    let content = try DatasetCatalog(folders: []).load("two-moons")
    return try TrainingRun(try plan.checked(), on: content, number: number)
  }

  private static func trainer(_ run: TrainingRun) -> Trainer<Double> {
    guard case .double(let trainer) = run.engine else { preconditionFailure("these run in double precision") }
    return trainer
  }

  // MARK: Shards

  /// However a batch is divided, its gradient is the same sum.
  @Test func shardsAddUpToTheBatch() throws {
    let parameters = try [1, 2, 3, 7].map { threads -> [Double] in
      var run = try Self.run { $0.threads = threads }
      run.advance()
      #expect(run.history[0].forward.samples == 300 && run.history[0].backward.samples == 300)
      return Self.trainer(run).state.parameters
    }
    for other in parameters.dropFirst() {
      for (one, two) in zip(parameters[0], other) { #expect(abs(one - two) < 1e-9) }
    }
  }

  /// Copies of a run that go on side by side do as each by itself.
  @Test func copiesAreIndependent() throws {
    let first = try Self.run { $0.epochs = 6 }
    var second = first
    second.advance()
    let begun = [first, second]
    var alone = try Self.run { $0.epochs = 6 }
    for _ in 0..<3 { alone.advance() }
    let expected = Self.trainer(alone).state.parameters
    let together = Mutex([[Double]](repeating: [], count: 2))
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      var run = begun[index]
      while run.history.count < 3 { run.advance() }
      let parameters = Self.trainer(run).state.parameters
      together.withLock { $0[index] = parameters }
    }
    #expect(together.withLock { $0 } == [expected, expected])
  }

  // MARK: Seeds

  /// Run k of a seed is run 1 of the seed k - 1 higher, in its beginning and in the order of its batches.
  @Test func everyRunHasItsOwnSeed() throws {
    var second = try Self.run(number: 2)
    var next = try Self.run { $0.seed = 2 }
    let first = try Self.run()
    #expect(Self.trainer(first).state.parameters != Self.trainer(second).state.parameters)
    second.advance()
    next.advance()
    #expect(Self.trainer(second).state.parameters == Self.trainer(next).state.parameters)
  }

  @Test func everyEpochHasItsOwnOrder() throws {
    let trainer = Self.trainer(try Self.run())
    let orders = (1...3).map { trainer.beginning(of: $0).order }
    #expect(Set(orders).count == 3)
    #expect(orders.allSatisfy { $0.sorted() == trainer.data.train.sorted() })
  }

  @Test func aRateChangeIsOfItsRun() throws {
    var change = TrainingPlan.RateChange()
    (change.run, change.factor) = (2, 0.5)
    #expect(try Self.run(number: 1) { $0.rateChanges = [change] }.nextRate == 0.01)
    #expect(try Self.run(number: 2) { $0.rateChanges = [change] }.nextRate == 0.005)
    #expect(try Self.run(number: 3) { $0.rateChanges = [change] }.nextRate == 0.01)
  }

  @Test func aShardDoesEveryNthRun() throws {
    var plan = try #require(Recipe.named("moons")).plan
    (plan.runs, plan.epochs) = (5, 1)
    var course = try TrainingCourse(
      plan, on: try DatasetCatalog(folders: []).load("two-moons"), shard: try #require(SweepShard("2/3")))
    while !course.isDone { try course.advance() }
    #expect(course.records.map(\.number) == [2, 5])
  }

  // MARK: The best

  /// Fewer wrong are better, then a lower loss; one without a loss is the worst.
  @Test func scoresAreCompared() {
    func score(_ wrong: Int, _ loss: Double?) -> EpochReport.Score {
      EpochReport.Score(loss: loss, wrong: wrong, count: 9)
    }
    #expect(score(1, 9).isBetter(than: score(2, 0)) && !score(2, 0).isBetter(than: score(1, 9)))
    #expect(score(1, 1).isBetter(than: score(1, 2)) && !score(1, 1).isBetter(than: score(1, 1)))
    #expect(score(1, 1).isBetter(than: score(1, nil)) && !score(1, nil).isBetter(than: score(1, 1)))
  }

  /// A rate at which it soon gets worse; half of the samples validate.
  private static func restless(_ change: (inout TrainingPlan) -> Void = { _ in }) throws -> TrainingRun {
    try run {
      $0.data.validation = 0.5
      $0.optimizer.rate = 0.3
      $0.optimizer.schedule = .constant
      $0.epochs = 40
      change(&$0)
    }
  }

  /// The run ends as soon as so many epochs have passed since the last strictly better validation, and not before.
  @Test func patienceIsCountedFromTheBest() throws {
    var run = try Self.restless { $0.patience = 3 }
    while !run.isDone { run.advance() }
    var best = 0
    let scores = run.history.map { ($0.validation.wrong, $0.validation.loss ?? .infinity) }
    for epoch in scores.indices {
      #expect(epoch == 0 || epoch - best <= 3)
      if scores[epoch] < scores[best] { best = epoch }
    }
    #expect(run.history.count == best + 1 + 3 && run.history.count < 40)
    #expect(run.record.result?.epoch == best + 1)
  }

  /// What is kept is the model as it was after the epoch of the best validation; what is proved is proved of the last.
  @Test func theBestIsKeptAndTheLastIsProved() throws {
    // Decay leads away from the limit of the projection.
    let plan: (inout TrainingPlan) -> Void = { $0.optimizer.weightDecay = 0.3 }
    var run = try Self.restless(plan)
    while !run.isDone { run.advance() }
    let result = try #require(run.record.result)
    #expect(result.epoch < 40)
    var again = try Self.restless(plan)
    while again.history.count < result.epoch { again.advance() }
    let (last, best) = (Self.trainer(run), Self.trainer(again))
    var export = ModelExport(
      model: best.model, parameters: best.state.parameters, companion: nil,
      folding: best.data.standardization)
    let input = best.injectedInput(best.data.test[0], best.state.parameters)
    let kept = run.model(companion: nil)
    #expect(kept.document.network == best.document(&export, input, best.state.parameters).network)
    let readout = export.readout(
      best.state.statistics, state: kept.document.network.stateShape, classes: best.data.classes, isPerNode: false,
      input: .raw, origin: again.origin)
    #expect(kept.readout == readout && Array(kept.beside.prefix(readout.tensors.count)) == readout.tensors)
    for (row, trainer) in [(run.history[39], last), (result, best)] {
      let rate = try #require(row.certificates.first?.rate)
      #expect(abs(rate - Self.largestRowSum(trainer)) < 1e-12)
    }
    #expect(abs(Self.largestRowSum(last) - Self.largestRowSum(best)) > 1e-9)
  }

  /// Of |W|: with tanh, the Lipschitz constant in the sup norm.
  private static func largestRowSum(_ trainer: Trainer<Double>) -> Double {
    let weight = trainer.state.parameters[trainer.model.layout.entries[0].range]
    return stride(from: 0, to: 256, by: 16).map { row in weight[row..<row + 16].reduce(0) { $0 + abs($1) } }.max() ?? 0
  }
}
