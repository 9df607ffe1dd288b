import FixedPoint
import LinearAlgebra
import Sessions
import TestSupport
import Testing

@testable import Training

/// Pipelines of sessions as models: gradients against differences, trainings, and what is refused.
struct SessionPipelineTests {
  @Test(arguments: TinyPipeline.all) func gradientsAreCentralDifferences(_ tiny: TinyPipeline) throws {
    let model = try tiny.model()
    var random = RandomGenerator(seed: 5)
    let parameters = model.initial(&random)
    let inputs = tiny.inputs(model, &random)
    let (_, gradient, failures) = tiny.lossAndGradient(model, parameters, inputs)
    #expect(failures == 0)
    let size = gradient.map(abs).max() ?? 0
    for entry in model.layout.entries {
      var largest = 0.0
      for index in entry.range {
        var (above, below) = (parameters, parameters)
        above[index] += 1e-5
        below[index] -= 1e-5
        let difference =
          (tiny.lossAndGradient(model, above, inputs).loss - tiny.lossAndGradient(model, below, inputs).loss) / 2e-5
        largest = max(largest, abs(difference))
        #expect(
          abs(gradient[index] - difference) <= 1e-5 * max(abs(difference), 0.01 * size),
          "\(entry.name)[\(index - entry.range.lowerBound)]: \(gradient[index]), by differences \(difference)")
      }
      #expect(largest > 0, "\(entry.name) has no influence")
    }
  }

  @Test(arguments: TinyPipeline.all) func theMapIsTheSessions(_ tiny: TinyPipeline) throws {
    let (document, problem) = try tiny.problem()
    let pipeline = try SessionPipeline(document, problem, directory: ".")
    var at = 0
    let ranges = pipeline.parameters.map { parameter in
      defer { at += parameter.initial.values.count }
      return at..<at + parameter.initial.values.count
    }
    let links = try #require(pipeline.links(pipeline.parameters.flatMap(\.initial.values), ranges))
    guard case .values(let input)? = document.input else {
      Issue.record("the sessions here write their input out")
      return
    }
    let map = PipelineMap(links, dimension: problem.network.dimension, input: input.values)
    var random = RandomGenerator(seed: 2)
    let point = problem.start.map { $0 + 0.2 * random.normal() }
    let vector = problem.start.map { _ in random.normal() }
    for (own, other) in [
      (map.image(of: point), problem.network.image(of: point)),
      (map.pullBack(vector, at: point), problem.network.pullBack(vector, at: point)),
      (map.pushForward(vector, at: point), problem.network.pushForward(vector, at: point)),
      (map.jacobian(at: point).values, problem.network.jacobian(at: point).values),
    ] { for (a, b) in zip(own, other) { #expect(abs(a - b) <= 1e-12 * (1 + abs(b))) } }
  }

  @Test func aSessionTellsTheMoons() throws {
    let directory = TemporaryDirectory()
    directory.write(TinyPipeline.moons, to: "moons.deq.json")
    var plan = TrainingPlan()
    plan.model.session = directory.file("moons.deq.json")
    plan.optimizer.rate = 0.03
    plan.batch = 50
    plan.epochs = 12
    plan.precision = .double
    var run = try TrainingRun(try plan.checked(), on: try DatasetCatalog(folders: []).load("two-moons"))
    while !run.isDone { run.advance() }
    #expect((run.record.result?.test.error ?? 1) <= 0.03)
    #expect(run.history.allSatisfy { $0.forward.failures == 0 && $0.backward.failures == 0 })
    let document = run.model(companion: nil).document
    let before = try Problem.open(directory.file("moons.deq.json")).problem
    let after = try Problem(document, directory: ".")
    #expect(after.network.oneAffinePart != before.network.oneAffinePart)
    let checkpoint = directory.file("moons.safetensors")
    try Checkpoint(run, finished: []).write(to: checkpoint)
    let again = try Checkpoint.read(checkpoint).run(on: try DatasetCatalog(folders: []).load("two-moons"))
    #expect(again.model(companion: nil).document == document)
  }

  /// A checkpoint of a session's training is of that session: another shift is another network, though its tensors are as
  /// large, and so are other tensors.
  @Test(arguments: [(1, #""shift": 0.5, "#), (1, ""), (2, "")])
  func anotherSessionIsNoticed(_ runs: Int, _ shift: String) throws {
    let directory = TemporaryDirectory()
    let content = try DatasetCatalog(folders: []).load("two-moons")
    directory.write(TinyPipeline.moons, to: "moons.deq.json")
    var plan = TrainingPlan()
    plan.model.session = directory.file("moons.deq.json")
    plan.runs = runs
    let run = try TrainingRun(try plan.checked(), on: content)
    try Checkpoint(run, finished: []).write(to: directory.file("run.safetensors"))
    let checkpoint = try Checkpoint.read(directory.file("run.safetensors"))
    _ = try checkpoint.run(on: content)
    let other = TinyPipeline.moons.replacing(#""kind": "tanh""#, with: shift + #""kind": "tanh""#)
      .replacing(#""seed": 1"#, with: #""seed": 7"#)
    directory.write(other, to: "moons.deq.json")
    let error = { () -> SessionError? in
      do throws(SessionError) {
        _ = try checkpoint.run(on: content)
        return nil
      } catch { return error }
    }()
    #expect(error?.path == "model.session")
  }

  @Test func whatDoesNotFitIsNamed() throws {
    let directory = TemporaryDirectory()
    directory.write(TinyPipeline.moons, to: "moons.deq.json")
    directory.write(
      #"""
      {"format": "deq-session/1", "network": {"state": {"shape": [2]}, "operators": [
        {"op": "activation", "kind": "tanh"}]}}
      """#, to: "blind.deq.json")
    func error(_ file: String, _ data: String) -> SessionError? {
      var plan = TrainingPlan()
      plan.model.session = directory.file(file)
      return #expect(throws: SessionError.self) {
        try TrainingRun(plan, on: try DatasetCatalog(folders: []).load(data))
      }
    }
    let wide = error("moons.deq.json", "drawn-digits")
    #expect(wide?.path == "network.input.shape" && wide?.file == directory.file("moons.deq.json"))
    #expect(error("moons.deq.json", "karate-club")?.path == "network.input.shape")
    #expect(error("blind.deq.json", "two-moons")?.path == "network.input.shape")
    #expect(error("absent.deq.json", "two-moons")?.kind == .unreadable)
    var plan = TrainingPlan()
    plan.model.session = "x"
    plan.keep = .lipschitz
    let kept = #expect(throws: SessionError.self) { try plan.checked() }
    #expect(kept?.path == "keep")
  }
}

/// A small session with a batch of random samples.
struct TinyPipeline: CustomTestStringConvertible {
  let testDescription: String
  let text: String
  var isGraph = false
  var change: @Sendable (inout TrainingPlan) -> Void = { _ in }

  private var plan: TrainingPlan {
    var plan = TrainingPlan()
    plan.forward.tolerance = 1e-13
    plan.forward.maxSteps = 500
    plan.backward.tolerance = 1e-12
    plan.backward.maxSteps = 500
    change(&plan)
    return plan
  }

  func problem() throws -> (SessionDocument, Problem) {
    let document = try SessionDocument(try JSON(parsing: text))
    return (document, try Problem(document, directory: "."))
  }

  func model() throws -> Model<Double> {
    let (document, problem) = try problem()
    let pipeline = try SessionPipeline(document, problem, directory: ".")
    return Model(
      plan.model, pipeline, inputShape: pipeline.inputShape, classes: 3, edges: isGraph ? [[0, 1]] : nil)
  }

  var labels: [Int?] { isGraph ? [0, nil, 2, 1, 0] : [0, 1, 2, 1] }

  func inputs(_ model: Model<Double>, _ random: inout RandomGenerator) -> SampleInputs<Double> {
    let shape = model.inputShape
    if !isGraph { return .rows((0..<4 * shape.count).map { _ in random.normal() }) }
    let rows = (0..<shape.sizes[0]).map { _ in (0..<shape.last).map { (column: $0, weight: random.normal()) } }
    return .sparse(SparseRows(columns: shape.last, rows: rows))
  }

  func lossAndGradient(
    _ model: Model<Double>, _ parameters: [Double], _ inputs: SampleInputs<Double>
  ) -> (loss: Double, gradient: [Double], failures: Int) {
    var shard = ShardState<Double>()
    let weights = StepWeights(model, parameters, plan.forward)
    let forward = shard.forward(model, weights, inputs, rows: labels.count, plan.forward)
    var features = Array(shard.features[..<(labels.count * model.head.features)])
    var gradient = [Double](repeating: 0, count: parameters.count)
    var moments = BatchMoments<Double>()
    let result = model.head.train(&features, labels: labels, parameters, &moments, gradient: &gradient)
    let backward = shard.backward(model, weights, features[...], plan.backward)
    for i in gradient.indices { gradient[i] += shard.gradient[i] }
    return (result.loss / Double(result.rows), gradient, forward.failures + backward.failures)
  }

  static let moons = #"""
    {"format": "deq-session/1", "network": {"state": {"shape": [12]}, "input": {"shape": [2]}, "operators": [
      {"op": "dense", "weight": {"ensemble": "gaussian", "gain": 0.5, "seed": 1}},
      {"op": "inject", "weight": {"ensemble": "gaussian", "seed": 2}, "bias": {"fill": 0.1}},
      {"op": "activation", "kind": "tanh"}]},
     "input": {"fill": 0}}
    """#

  static let all: [TinyPipeline] = [
    TinyPipeline(
      testDescription: "dense, an injected softplus",
      text: #"""
        {"format": "deq-session/1", "network": {"state": {"shape": [4]}, "input": {"shape": [3]}, "operators": [
          {"op": "dense", "weight": {"ensemble": "gaussian", "gain": 0.6, "seed": 1}},
          {"op": "activation", "kind": "sigmoid", "shift": 0.2, "power": 0.7},
          {"op": "inject", "weight": {"ensemble": "gaussian", "seed": 2}, "bias": {"ensemble": "gaussian", "seed": 3, "shape": [4]},
           "activation": "softplus", "scale": 0.5}]},
         "input": {"values": [0.3, -0.2, 0.5]}}
        """#),
    TinyPipeline(
      testDescription: "two layers and a skip, GMRES",
      text: #"""
        {"format": "deq-session/1", "network": {"state": {"shape": [4]}, "input": {"shape": [2]}, "operators": [
          {"op": "dense", "weight": {"ensemble": "gaussian", "gain": 0.6, "seed": 1, "shape": [6, 4]}},
          {"op": "inject", "weight": {"ensemble": "gaussian", "seed": 2, "shape": [6, 2]}},
          {"op": "activation", "kind": "tanh"},
          {"op": "dense", "weight": {"ensemble": "gaussian", "gain": 0.6, "seed": 4, "shape": [4, 6]}},
          {"op": "skip", "scale": 0.1}, {"op": "scale", "by": 0.8},
          {"op": "inject", "bias": {"values": [0.1, 0.2, 0.3, 0.4]}, "weight": {"ensemble": "gaussian", "seed": 5}}]},
         "input": {"values": [0.3, -0.2]}}
        """#, change: { $0.backward.method = .gmres }),
    TinyPipeline(
      testDescription: "monotone, direct",
      text: #"""
        {"format": "deq-session/1", "network": {"state": {"shape": [4]}, "input": {"shape": [4]}, "operators": [
          {"op": "monotone", "m": 0.7, "A": {"ensemble": "gaussian", "gain": 0.4, "seed": 1, "shape": [3, 4]},
           "B": {"ensemble": "gaussian", "gain": 0.4, "seed": 2}},
          {"op": "inject", "bias": {"values": [0.1, 0.2, 0.3, 0.4]}},
          {"op": "activation", "kind": "tanh"}]},
         "input": {"values": [0.3, -0.2, 0.1, 0]}}
        """#, change: { $0.backward.method = .direct }),
    TinyPipeline(
      testDescription: "convolution, circular, normalised",
      text: #"""
        {"format": "deq-session/1", "network": {"state": {"shape": [2, 3, 4]}, "input": {"shape": [1, 3, 4]}, "operators": [
          {"op": "convolve", "padding": "circular", "kernel": {"ensemble": "gaussian", "gain": 0.6, "seed": 1, "shape": [2, 2, 3, 3]}},
          {"op": "inject", "weight": {"ensemble": "gaussian", "seed": 2, "shape": [2, 1, 3, 1]},
           "bias": {"values": [[[0.1]], [[0.3]]]}},
          {"op": "activation", "kind": "tanh", "shift": 1.6},
          {"op": "normalize", "norm": 2}]},
         "input": {"values": [[[1, 2, 3, 4], [0, 1, 0, -1], [0.5, 0.25, 1, 2]]]}}
        """#),
    TinyPipeline(
      testDescription: "graph",
      text: #"""
        {"format": "deq-session/1", "network": {"state": {"shape": [5, 3]}, "input": {"shape": [5, 2]}, "operators": [
          {"op": "propagate", "edges": [[0, 1], [1, 2], [2, 3], [3, 4], [0, 4]], "scale": 0.8},
          {"op": "dense", "weight": {"ensemble": "gaussian", "gain": 0.5, "seed": 1}},
          {"op": "inject", "weight": {"ensemble": "gaussian", "seed": 2, "shape": [3, 2]}, "bias": {"values": [0.1, -0.2, 0.3]}},
          {"op": "activation", "kind": "tanh"}]},
         "input": {"values": [[1, 2], [0, 1], [-1, 1], [2, 0], [0.5, 0.5]]}}
        """#, isGraph: true),
  ]
}
