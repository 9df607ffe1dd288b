import FixedPoint
import LinearAlgebra
import Sessions
import TestSupport
import Testing

@testable import Training

/// A trained model as it is saved: samples as the data have them give what the training found.
struct SavedModelTests {
  /// Random images or rows in three classes, of very different offsets and sizes.
  private static func data(_ shape: Shape) -> Dataset {
    var random = RandomGenerator(seed: 3)
    let count = 24
    let values = (0..<count * shape.count).map { place -> Double in
      let channel = shape.rank == 3 ? place / (shape.sizes[1] * shape.sizes[2]) % shape.sizes[0] : place % shape.count
      return 50 * Double(channel) + random.normal() * Double(1 + 3 * channel)
    }
    return Dataset(
      name: "own", shape: shape, numbers: .values(values), labels: (0..<count).map { $0 % 3 }, classes: ["a", "b", "c"])
  }

  private static func plan(_ change: (inout TrainingPlan) -> Void) throws -> TrainingPlan {
    var plan = TrainingPlan()
    plan.precision = .double
    (plan.model.units, plan.epochs, plan.batch, plan.optimizer.rate) = (5, 2, 8, 0.05)
    (plan.forward.tolerance, plan.forward.maxSteps) = (1e-12, 300)
    change(&plan)
    return try plan.checked()
  }

  /// The state that the saved session comes to, and what its head says of it, against the model itself.
  private static func compare(_ plan: TrainingPlan, _ data: Dataset, expecting input: Readout.Input) throws {
    var run = try TrainingRun(plan, on: .samples(data))
    while !run.isDone { run.advance() }
    guard case .double(let trainer) = run.engine else { return }
    for sample in [0, 7, 23] {
      let directory = TemporaryDirectory()
      let path = directory.file("net.deq.json")
      try run.model(sample: sample, writtenTo: path).write(to: path)
      let problem = try Problem.open(path).problem
      let readout = try #require(try Readout.beside(path))
      #expect(readout.input == input && readout.origin == run.origin)
      if input == .raw {
        guard case .values(let x)? = try SessionFile.read(path).input else { return }
        #expect(x.values == data.sample(sample).values)
      }
      let solution = problem.network.solve(
        from: problem.start, by: Picard(), stopping: StoppingRule(tolerance: 1e-13, maxSteps: 5000))
      let (_, scores, isSolved) = trainer.probe(sample)
      #expect(isSolved && solution.outcome == .converged)
      let own = try #require(readout.predictions(of: solution.iterate))[0].scores
      #expect(own.count == scores.count)
      for (a, b) in zip(own, scores) {
        #expect(abs(a - b) <= 1e-8 * (1 + abs(b)), "sample \(sample): \(own), \(scores)")
      }
    }
  }

  @Test(arguments: [Shape([4]), Shape([3, 2, 3])]) func aDenseLayerTakesRawSamples(_ shape: Shape) throws {
    try Self.compare(try Self.plan { _ in }, Self.data(shape), expecting: .raw)
    try Self.compare(try Self.plan { $0.model.head = .linear }, Self.data(shape), expecting: .raw)
  }

  /// Outside an image there is 0 in standardised units: what the mean stands for is not taken away there.
  @Test(arguments: [1, 2]) func aConvolutionTakesRawImages(_ pooling: Int) throws {
    try Self.compare(
      try Self.plan {
        $0.model.layer = .convolution
        ($0.model.units, $0.model.pooling) = (2, pooling)
      }, Self.data(Shape([2, 5, 4])), expecting: .raw)
  }

  @Test func aHiddenLayersOutputIsTheInput() throws {
    try Self.compare(try Self.plan { $0.model.hidden = 6 }, Self.data(Shape([3, 2, 2])), expecting: .hidden)
  }

  /// The hidden layer beside the session takes raw samples too.
  @Test func theHiddenLayerTakesRawSamples() throws {
    let data = Self.data(Shape([3, 2, 2]))
    var run = try TrainingRun(try Self.plan { $0.model.hidden = 6 }, on: .samples(data))
    run.advance()
    let model = run.model(sample: 5, companion: nil)
    let weight = try #require(model.beside.first { $0.key == "hidden.weight" }?.tensor)
    let bias = try #require(model.beside.first { $0.key == "hidden.bias" }?.tensor.values)
    guard case .values(let input)? = model.document.input else { return }
    let x = data.sample(5).values
    #expect(weight.shape == Shape([12, 6]))
    for unit in 0..<6 {
      let sum = x.indices.reduce(bias[unit]) { $0 + x[$1] * weight.values[6 * $1 + unit] }
      #expect(abs(max(0, sum) - input.values[unit]) <= 1e-9 * (1 + abs(sum)))
    }
  }

  /// Sessions that add x as it is, by a matrix on its last axis, and by a kernel whose channels have several scales.
  @Test(arguments: [
    (
      #""state": {"shape": [4]}, "input": {"shape": [4]}"#, #"{"op": "inject"}"#, Shape([4])
    ),
    (
      #""state": {"shape": [2, 3]}, "input": {"shape": [2, 2]}"#,
      #"{"op": "inject", "weight": {"ensemble": "gaussian", "seed": 3, "shape": [3, 2]}}"#, Shape([4])
    ),
    (
      #""state": {"shape": [2, 2, 2]}, "input": {"shape": [1, 2, 2]}"#,
      #"{"op": "inject", "weight": {"ensemble": "gaussian", "seed": 3, "shape": [2, 1, 3, 3]}, "bias": {"fill": 0.1, "shape": [2, 1, 1]}}"#,
      Shape([4])
    ),
    (
      #""state": {"shape": [2, 2, 2]}, "input": {"shape": [2, 2, 2]}"#,
      #"{"op": "inject", "activation": "softplus", "weight": {"ensemble": "gaussian", "seed": 3, "shape": [2, 2, 1, 3]}}"#,
      Shape([2, 2, 2])
    ),
  ]) func aSessionTakesRawSamples(_ shapes: String, _ inject: String, _ shape: Shape) throws {
    let directory = TemporaryDirectory()
    directory.write(
      #"{"format": "deq-session/1", "network": {\#(shapes), "operators": [\#(inject), {"op": "activation", "kind": "tanh"}, {"op": "scale", "by": 0.5}, \#(inject)]}, "input": {"fill": 0}}"#,
      to: "net.deq.json")
    try Self.compare(
      try Self.plan { $0.model.session = directory.file("net.deq.json") }, Self.data(shape), expecting: .raw)
  }

  @Test func aGraphsNodesAreTold() throws {
    var run = try TrainingRun(
      try #require(Recipe.named("karate")).plan, on: try DatasetCatalog(folders: []).load("karate-club"))
    for _ in 0..<60 { run.advance() }
    let model = run.model(companion: nil)
    let problem = try Problem(model.document, directory: ".")
    let solution = problem.network.solve(
      from: problem.start, by: Picard(), stopping: StoppingRule(tolerance: 1e-9, maxSteps: 5000))
    let predictions = try #require(model.readout.predictions(of: solution.iterate))
    #expect(predictions.count == 34)
    for node in 0..<30 { #expect(run.probe(node).prediction == predictions[run.probe(node).sample].name) }
  }

  /// The errors that are reported are those of the saved model on samples of the data.
  @Test func theReportedErrorIsThatOfTheSavedModel() throws {
    let content = try DatasetCatalog(folders: []).load("two-moons")
    guard case .samples(let data) = content else { return }
    var run = try TrainingRun(try #require(Recipe.named("moons")).plan, on: content)
    for _ in 0..<8 { run.advance() }
    let reported = try #require(run.history.last).test.wrong
    let model = run.model(companion: nil)
    var wrong = 0
    for sample in 300..<400 {
      var document = model.document
      document.input = .dataset(name: "two-moons", index: sample)
      let problem = try Problem(document, directory: ".")
      let solution = problem.network.solve(
        from: problem.start, by: Picard(), stopping: StoppingRule(tolerance: 1e-9, maxSteps: 5000))
      let name = model.readout.predictions(of: solution.iterate)?.first?.name
      wrong += name == data.classes[data.labels[sample]] ? 0 : 1
    }
    #expect(reported > 0 && reported < 30 && abs(wrong - reported) <= 1, "\(wrong), \(reported)")
  }
}
