import FixedPoint
import LinearAlgebra
import Sessions
import Testing

@testable import Training

/// A small model of every kind with a batch, in double precision, and its loss as a function of the parameters.
struct TinyModel: CustomTestStringConvertible {
  let testDescription: String
  let plan: TrainingPlan
  let model: Model<Double>
  let inputs: SampleInputs<Double>
  let labels: [Int?]
  let edges: [[Int]]?
  let parameters: [Double]

  init(_ name: String, _ change: (inout TrainingPlan) -> Void) {
    var plan = TrainingPlan()
    plan.model.units = 5
    plan.forward.tolerance = 1e-14
    plan.forward.maxSteps = 400
    plan.backward.tolerance = 1e-13
    plan.backward.maxSteps = 400
    change(&plan)
    self.plan = plan
    testDescription = name
    var random = RandomGenerator(seed: 17)
    let isGraph = plan.model.layer == .graph
    let shape =
      plan.model.layer == .convolution ? Shape([2, 4, 5]) : isGraph ? Shape([7, 4]) : Shape([4])
    edges = isGraph ? [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, 6], [0, 3], [1, 5]] : nil
    model = Model(plan.model, inputShape: shape, classes: 3, edges: edges)
    labels = isGraph ? [0, nil, 1, nil, 2, 1, nil] : [0, 1, 2, 1, 0, 2]
    if isGraph {
      let rows = (0..<7).map { _ in (0..<4).map { (column: $0, weight: random.normal()) } }
      inputs = .sparse(SparseRows(columns: 4, rows: rows))
    } else {
      inputs = .rows((0..<6 * shape.count).map { _ in random.normal() })
    }
    parameters = model.initial(&random).map { $0 == 1 || $0 == 0 ? $0 + 0.3 * random.normal() : $0 }
  }

  /// Mean loss of the batch, and the gradient of all parameters.
  func lossAndGradient(
    _ parameters: [Double], dropping dropout: Dropout<Double> = Dropout()
  ) -> (loss: Double, gradient: [Double], backward: SolveStatistics) {
    var shard = ShardState<Double>()
    let weights = StepWeights(model, parameters, plan.forward)
    _ = shard.forward(model, weights, inputs, rows: labels.count, dropping: dropout, plan.forward)
    var features = Array(shard.features[..<(labels.count * model.head.features)])
    var gradient = [Double](repeating: 0, count: parameters.count)
    var moments = BatchMoments<Double>()
    let result = model.head.train(
      &features, labels: labels, parameters, &moments, gradient: &gradient)
    let backward = shard.backward(model, weights, features[...], plan.backward)
    for i in gradient.indices { gradient[i] += shard.gradient[i] }
    return (result.loss / Double(result.rows), gradient, backward)
  }

  static let all: [TinyModel] = [
    TinyModel("dense, tanh") { _ in },
    TinyModel("dense, direct") { $0.backward.method = .direct },
    TinyModel("dense, GMRES") { $0.backward.method = .gmres },
    TinyModel("dense, Picard") {
      $0.forward.method = .picard
      $0.backward.method = .picard
    },
    TinyModel("dense, relu inside") {
      $0.model.activation = .relu
      $0.model.shift = 0
      $0.model.injection = .beforeActivation
      $0.model.injectionActivation = .identity
      $0.model.head = .linear
    },
    TinyModel("dense, sigmoid") {
      $0.model.activation = .sigmoid
      $0.model.shift = 0
    },
    TinyModel("normalised") {
      $0.model.shift = 1.603
      $0.model.normalization = .sup
    },
    TinyModel("normalised, direct") {
      $0.model.shift = 1.603
      $0.model.normalization = .sup
      $0.backward.method = .direct
    },
    TinyModel("nonnegative, power") {
      $0.model.layer = .nonnegative
      $0.model.shift = 1.01
      $0.model.power = 0.7
    },
    TinyModel("nonnegative, normalised, injected inside") {
      $0.model.layer = .nonnegative
      $0.model.injection = .beforeActivation
      $0.model.normalization = .sup
    },
    TinyModel("monDEQ") { monotone(&$0) },
    TinyModel("monDEQ, direct") {
      monotone(&$0)
      $0.backward.method = .direct
    },
    TinyModel("convolution") {
      $0.model.layer = .convolution
      $0.model.units = 3
      $0.model.pooling = 2
    },
    TinyModel("convolution, normalised, kernel 5") {
      $0.model.layer = .convolution
      $0.model.units = 2
      $0.model.kernel = 5
      $0.model.normalization = .sup
    },
    TinyModel("graph") { graph(&$0) },
    TinyModel("dense, hidden layer") { $0.model.hidden = 6 },
    TinyModel("normalised, no head") {
      $0.model.units = 3
      $0.model.normalization = .sup
      $0.model.head = .none
    },
    TinyModel("graph, hidden layer, no head") {
      graph(&$0)
      $0.model.units = 3
      $0.model.hidden = 6
      $0.model.injectionActivation = .identity
      $0.model.shift = 1.2
      $0.model.normalization = .sup
      $0.model.head = .none
    },
    TinyModel("graph, normalised") {
      graph(&$0)
      $0.model.shift = 1.2
      $0.model.normalization = .sup
    },
  ]

  private static func monotone(_ plan: inout TrainingPlan) {
    plan.model.layer = .monotone
    plan.model.activation = .relu
    plan.model.shift = 0
    plan.model.injection = .beforeActivation
    plan.model.injectionActivation = .identity
    plan.forward.method = .peacemanRachford
    plan.backward.method = .gmres
  }

  private static func graph(_ plan: inout TrainingPlan) {
    plan.model.layer = .graph
    plan.model.shift = 0
    plan.model.injection = .beforeActivation
    plan.model.head = .linear
  }
}
