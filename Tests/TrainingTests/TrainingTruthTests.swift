import FixedPoint
import LinearAlgebra
import Sessions
import TestSupport
import Testing

@testable import Training

/// Trainings that once ended wrong, or said less than they knew.
struct TrainingTruthTests {
  private static let toy = DatasetCatalog(folders: [CaseFile.path("training", "toy")])

  private static func trainer(
    _ data: String = "toy", in catalog: DatasetCatalog = toy, _ change: (inout TrainingPlan) -> Void
  ) throws -> Trainer<Double> {
    var plan = TrainingPlan()
    plan.data.name = data
    plan.precision = .double
    change(&plan)
    let run = try TrainingRun(try plan.checked(), on: try catalog.load(data))
    guard case .double(let trainer) = run.engine else { preconditionFailure("the plan says double precision") }
    return trainer
  }

  /// With the gradient of the A that the session has, instead of that which it came to, the loss stays above 0.7.
  @Test(arguments: 1...3) func aMonotoneSessionLearns(_ seed: Int) throws {
    var trainer = try Self.trainer {
      $0.model.session = CaseFile.path("training", "mono.deq.json")
      ($0.optimizer.method, $0.optimizer.rate, $0.optimizer.momentum) = (.sgd, 0.3, 0)
      ($0.optimizer.schedule, $0.optimizer.weightDecay) = (.constant, 0)
      ($0.backward.method, $0.seed, $0.batch, $0.epochs) = (.direct, seed, 1000, 400)
    }
    while !trainer.isDone { _ = trainer.advance { 0 } }
    let last = try #require(trainer.state.history.last)
    #expect((last.training.loss ?? .infinity) < 0.3)
    #expect(trainer.state.history.allSatisfy { $0.backward.failures == 0 })
  }

  /// A session that draws W without negative entries keeps it so, and its proof with it.
  @Test func aNonnegativeMatrixStaysOne() throws {
    var trainer = try Self.trainer {
      $0.model.session = CaseFile.path("training", "cn.deq.json")
      ($0.epochs, $0.optimizer.rate) = (30, 0.05)
    }
    let first = trainer.state.parameters
    while !trainer.isDone { _ = trainer.advance { 0 } }
    let entry = try #require(trainer.model.layout.entries.first { $0.name == "operators.0.weight" })
    #expect(entry.range.allSatisfy { trainer.state.parameters[$0] >= 0 })
    #expect(entry.range.contains { trainer.state.parameters[$0] != first[$0] })
    #expect(entry.range.contains { trainer.state.parameters[$0] == 0 }, "a step would have left the set")
    #expect(trainer.certificates().first { $0.theorem == "positive-concave" }?.isProved == true)
  }

  @Test(arguments: [#""row-stochastic""#, #"{"spectralRadius": 0.9}"#, #"{"norm2": 0.9}"#, #"{"normInf": 1}"#])
  func whatCannotBeKeptIsRefused(_ constraint: String) throws {
    let directory = TemporaryDirectory()
    let text = try SessionText.read(CaseFile.path("training", "cn.deq.json"))
    directory.write(text.replacing("\"nonnegative\"", with: constraint), to: "other.deq.json")
    let error = #expect(throws: SessionError.self) {
      try Self.trainer { $0.model.session = directory.file("other.deq.json") }
    }
    #expect(error?.path == "network.operators[0].weight.constraint", "\(error?.message ?? "")")
  }

  /// A rate that leaves weights at which no solve succeeds: the test rests on no fixed point, and the row says so.
  @Test func unsolvedStatesOfTheTestAreCounted() throws {
    var trainer = try Self.trainer("two-moons", in: DatasetCatalog(folders: [])) {
      ($0.model.units, $0.model.activation, $0.model.shift, $0.model.head) = (16, .relu, 0, .linear)
      ($0.optimizer.method, $0.optimizer.rate, $0.optimizer.schedule) = (.sgd, 100, .constant)
      ($0.epochs, $0.batch, $0.data.validation) = (1, 300, 0.1)
    }
    while !trainer.isDone { _ = trainer.advance { 0 } }
    let row = try #require(trainer.state.history.last)
    #expect(row.forward.failures == 0 && row.testForward.samples == 100 && row.validationForward.samples == 30)
    #expect(row.testForward.failures > 50 && row.validationForward.failures > 15)
    #expect(row.steps == 1)
    let read = try EpochReport(try JSON(parsing: row.json(seconds: true).lineText), path: "")
    #expect(read == row)
  }

  /// exp has no fixed points that a solve finds: what is learned is nothing, and the record says so.
  @Test func aTrainingOfNothingFails() throws {
    var plan = try #require(Recipe.named("moons")).plan
    (plan.model.activation, plan.model.shift, plan.epochs) = (.exp, 0, 2)
    var run = try TrainingRun(try plan.checked(), on: try DatasetCatalog(folders: []).load("two-moons"))
    while !run.hasEnded { run.advance() }
    #expect(run.record.steps == 12 && run.record.skippedSteps > 0 && run.record.hasNoLoss && run.record.hasFailed)
  }

  /// The seconds of an epoch are those of all its batches, the last with its proofs: 1 s a look at the clock, here.
  @Test func theTimeOfAnEpochIsAllOfIt() throws {
    var plan = try #require(Recipe.named("karate")).plan
    plan.epochs = 1
    var run = try TrainingRun(plan, on: try DatasetCatalog(folders: []).load("karate-club"))
    var time = 0.0
    var ends: [Double] = []
    let clock = { () -> Double in
      time += 1
      return time
    }
    run.advance(
      while: { _ in
        ends.append(time)
        return true
      }, by: clock)
    #expect(run.history.first?.seconds == Double(ends.count), "each batch has two looks a second apart")
  }

  /// 60,000 units are 3.6e9 weights: refused with the bytes before one of them is made.
  @Test func whatTheMemoryDoesNotHoldIsRefused() throws {
    var plan = try #require(Recipe.named("moons")).plan
    plan.model.units = 60_000
    let content = try DatasetCatalog(folders: []).load("two-moons")
    let error = #expect(throws: SessionError.self) { try TrainingRun(plan, on: content, memory: 6_000_000_000) }
    #expect(error?.path == "model.units" && error?.expected.contains("6000000000 bytes") == true)
    // Parameters, gradients, averages and best values in single precision alone.
    let bytes = error?.found.split(separator: " ").compactMap { Int($0) }.first ?? 0
    #expect(bytes > 4 * 7 * 3_600_000_000 && bytes < 4 * 12 * 3_600_000_000, "\(error?.found ?? "")")
    plan.model.units = 16
    _ = try TrainingRun(plan, on: content, memory: 6_000_000_000)
    #expect(throws: SessionError.self) { try TrainingRun(plan, on: content, memory: 1000) }
  }

  @Test func oddPlansAreNamed() {
    func expect(_ path: String, _ change: (inout TrainingPlan) -> Void) {
      var plan = TrainingPlan()
      change(&plan)
      let error = #expect(throws: SessionError.self) { try plan.checked() }
      #expect(error?.path == path, "\(error?.message ?? "")")
    }
    expect("seed") { $0.seed = .max }
    expect("seed") { $0.seed = -1 }
    expect("optimizer.finalRate") { $0.optimizer.finalRate = 1e9 }
    expect("forward.tolerance") { $0.forward.tolerance = 1e9 }
    expect("backward.tolerance") { $0.backward.tolerance = 1 }
    expect("optimizer.momentum") { $0.optimizer.momentum = 1 }
    expect("optimizer.rate") { $0.optimizer.rate = .nan }
    expect("runs") { $0.runs = 100_000 }
    expect("model.monotonicity") { ($0.keep, $0.model.monotonicity) = (.monotone, 0) }
  }

  /// Neither biases nor a normalisation's scale and shift decay, if the plan says so: without a gradient they stay.
  @Test func biasesAreSparedOfTheDecay() {
    var plan = TrainingPlan.Optimizer()
    (plan.method, plan.momentum, plan.weightDecay) = (.sgd, 0, 0.5)
    var optimizer = Optimizer<Double>(plan, count: 5)
    var parameters = [1.0, 2, 4, 8, 16]
    optimizer.step(&parameters, [0, 0, 0, 0, 0], rate: 1, sparing: [1..<2, 3..<4])
    #expect(parameters == [0.5, 2, 2, 8, 8])
    optimizer.step(&parameters, [0, 0, 0, 0, 0], rate: 1)
    #expect(parameters == [0.25, 1, 1, 4, 4])
  }

  @Test func theDecayOfWeightsAloneIsOfWeightsAlone() throws {
    var plan = try #require(Recipe.named("moons")).plan
    (plan.precision, plan.optimizer.method, plan.optimizer.momentum) = (.double, .sgd, 0)
    (plan.optimizer.rate, plan.optimizer.schedule, plan.batch) = (1e-3, .constant, 300)
    func moved(_ decay: TrainingPlan.Optimizer.Decay, _ weight: Double) throws -> [String: [Double]] {
      var plan = plan
      (plan.optimizer.decay, plan.optimizer.weightDecay) = (decay, weight)
      let run = try TrainingRun(plan, on: try DatasetCatalog(folders: []).load("two-moons"))
      guard case .double(var trainer) = run.engine else { return [:] }
      _ = trainer.advance { 0 }
      return Dictionary(
        uniqueKeysWithValues: trainer.model.layout.entries.map { ($0.name, Array(trainer.state.parameters[$0.range])) })
    }
    let (plain, weights, all) = (try moved(.all, 0), try moved(.weights, 0.5), try moved(.all, 0.5))
    for (name, values) in plain {
      let isSpared = ["injection.bias", "head.bias", "head.scale", "head.shift"].contains(name)
      #expect((weights[name] == values) == isSpared, "\(name)")
      if name != "head.shift" { #expect(all[name] != values, "\(name)") }
    }
  }
}
