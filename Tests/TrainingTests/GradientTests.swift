import FixedPoint
import LinearAlgebra
import Sessions
import Testing

@testable import Training

/// The derivatives of every model against differences, and against the operators of the solver core.
struct GradientTests {
  @Test(arguments: TinyModel.all) func gradientsAreCentralDifferences(_ tiny: TinyModel) {
    let (_, gradient, backward) = tiny.lossAndGradient(tiny.parameters)
    #expect(backward.failures == 0)
    let size = gradient.map(abs).max() ?? 0
    for entry in tiny.model.layout.entries {
      for index in entry.range {
        var (above, below) = (tiny.parameters, tiny.parameters)
        above[index] += 1e-5
        below[index] -= 1e-5
        let difference = (tiny.lossAndGradient(above).loss - tiny.lossAndGradient(below).loss) / 2e-5
        // 1e-5 of the entry itself, or of a hundredth of the largest where it is smaller than that.
        #expect(
          abs(gradient[index] - difference) <= 1e-5 * max(abs(difference), 0.01 * size),
          "\(entry.name)[\(index - entry.range.lowerBound)]: \(gradient[index]), by differences \(difference)")
      }
    }
  }

  /// Units of the hidden layer that are dropped are dropped on the way back too.
  @Test func gradientsGoThroughTheDropoutOfTheHiddenLayer() {
    let tiny = TinyModel("dense, hidden layer") { $0.model.hidden = 6 }
    var random = RandomGenerator(seed: 8)
    let dropout = Dropout<Double>(0.5, count: 6 * tiny.labels.count, &random)
    let gradient = tiny.lossAndGradient(tiny.parameters, dropping: dropout).gradient
    for entry in tiny.model.layout.entries where entry.name.hasPrefix("hidden") {
      for index in entry.range {
        var (above, below) = (tiny.parameters, tiny.parameters)
        above[index] += 1e-5
        below[index] -= 1e-5
        let difference =
          tiny.lossAndGradient(above, dropping: dropout).loss - tiny.lossAndGradient(below, dropping: dropout).loss
        #expect(abs(gradient[index] - difference / 2e-5) <= 1e-8)
      }
    }
  }

  /// f and Jᵀ of the training engine are those of the network that the session of the model stands for.
  @Test(arguments: TinyModel.all) func theSessionIsTheModel(_ tiny: TinyModel) throws {
    let network = try tiny.network()
    var random = RandomGenerator(seed: 3)
    let count = network.dimension
    let state = (0..<count).map { _ in 1 + 0.3 * random.normal() }
    let cotangent = (0..<count).map { _ in random.normal() }
    let (image, pulled) = tiny.imageAndPullBack(state, cotangent)
    let order = tiny.orderInSession
    let placed = Self.permuted(state, order)
    for (own, other) in zip(Self.permuted(image, order), network.image(of: placed)) {
      #expect(abs(own - other) <= 1e-12 * (1 + abs(other)))
    }
    let product = network.jacobian(at: placed).multiplyTransposed(Self.permuted(cotangent, order))
    for (own, other) in zip(Self.permuted(pulled, order), product) {
      #expect(abs(own - other) <= 1e-10 * (1 + abs(other)))
    }
  }

  private static func permuted(_ values: [Double], _ order: [Int]) -> [Double] { order.map { values[$0] } }

  @Test func surrogatesAreTheirFormulas() {
    let free = TinyModel("jacobian-free") { $0.backward.method = .jacobianFree }
    let one = TinyModel("phantom of one whole term") {
      $0.backward.method = .phantom
      $0.backward.terms = 1
      $0.backward.damping = 1
    }
    let many = TinyModel("phantom of many terms") {
      $0.backward.method = .phantom
      $0.backward.terms = 300
    }
    let exact = TinyModel("exact") { _ in }
    let parameters = exact.parameters
    #expect(free.lossAndGradient(parameters).gradient == one.lossAndGradient(parameters).gradient)
    let whole = exact.lossAndGradient(parameters).gradient
    #expect(free.lossAndGradient(parameters).gradient != whole)
    for (own, other) in zip(many.lossAndGradient(parameters).gradient, whole) { #expect(abs(own - other) < 1e-10) }
  }

  /// Of z = relu(z + p), p > 0, the matrix I - J is 0: no sample has a gradient.
  @Test(arguments: [BackwardPlan.Method.direct, .gmres, .anderson, .picard])
  func singularSystemsAreCounted(_ method: BackwardPlan.Method) {
    let tiny = TinyModel("singular") {
      $0.model.activation = .relu
      $0.model.shift = 0
      $0.model.injection = .beforeActivation
      $0.model.head = .linear
      $0.forward.maxSteps = 3
      $0.backward.method = method
    }
    var parameters = tiny.parameters
    for (name, value) in [("layer.weight", { $0 % 6 == 0 ? 1.0 : 0 }), ("injection.bias", { (_: Int) in 100 })] {
      guard let entry = tiny.model.layout.entries.first(where: { $0.name == name }) else { continue }
      for index in entry.range { parameters[index] = value(index - entry.range.lowerBound) }
    }
    #expect(tiny.lossAndGradient(parameters).backward.failures == 6)
  }

  @Test(arguments: [BackwardPlan.Method.picard, .anderson, .gmres])
  func whatIsNotSolvedIsCounted(_ method: BackwardPlan.Method) {
    let tiny = TinyModel("hurried") {
      $0.backward.method = method
      $0.backward.maxSteps = 2
    }
    let (_, gradient, backward) = tiny.lossAndGradient(tiny.parameters)
    #expect(backward.failures > 0 && backward.failures <= backward.samples)
    #expect(gradient.contains { $0 != 0 })
  }
}

extension TinyModel {
  /// The places of the session's state in the engine's: images are [channels, height, width] in the one.
  var orderInSession: [Int] {
    guard plan.model.layer == .convolution else { return Array(0..<model.width * (edges == nil ? 1 : 7)) }
    let pixels = model.width / plan.model.units
    return (0..<model.width).map { ($0 % pixels) * plan.model.units + $0 / pixels }
  }

  /// f and Jᵀ of the first sample; of a graph, of all nodes.
  func imageAndPullBack(_ state: [Double], _ cotangent: [Double]) -> (image: [Double], pulled: [Double]) {
    let weights = StepWeights(model, parameters, plan.forward)
    let rows = edges == nil ? 1 : labels.count
    var injected = [Double](repeating: 0, count: state.count)
    var slopes = injected
    var scratch: [Double] = []
    model.injection.apply(
      injectedInputs(rows: rows), rows: rows, count: state.count, parameters, into: &injected, slopes: &slopes,
      scratch: &scratch)
    var point = Linearization<Double>()
    model.layer.linearize(weights.linear, state.span, injected.span, into: &point, scratch: &scratch)
    var pulled = injected
    var inner = injected
    pulled.mutate(0..<state.count) {
      model.layer.pullBack(weights.linear, cotangent.span, at: point, into: &$0, inner: &inner, scratch: &scratch)
    }
    return (Array(point.images[..<state.count]), pulled)
  }

  private func injectedInputs(rows: Int) -> SampleInputs<Double> {
    model.hidden.map { .rows($0.values(of: inputs, rows: rows, parameters)) } ?? inputs
  }

  func network() throws -> Network {
    var export = ModelExport(model: model, parameters: parameters, companion: nil)
    return try Problem(export.document(input: sessionInput, edges: edges), directory: ".").network
  }

  private var sessionInput: Tensor {
    if case .rows(let values) = injectedInputs(rows: edges == nil ? 1 : labels.count), model.hidden != nil {
      return Tensor(shape: model.injectedShape, values: values)
    }
    switch inputs {
    case .rows(let values):
      let shape = model.inputShape
      let channels = shape.rank == 3 ? shape.sizes[0] : 1
      let pixels = shape.count / channels
      return Tensor(shape: shape, values: (0..<shape.count).map { values[($0 % pixels) * channels + $0 / pixels] })
    case .sparse(let matrix): return Tensor(shape: model.inputShape, values: matrix.weights)
    }
  }
}
