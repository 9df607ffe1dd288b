internal import FixedPoint

/// A training with a name: the paper's experiments, and small ones on data that are built in.
public struct Recipe: Sendable {
  public let name: String
  public let plan: TrainingPlan

  private init(_ name: String, _ title: String, data: String, _ change: (inout TrainingPlan) -> Void) {
    var plan = TrainingPlan()
    plan.title = title
    plan.data.name = data
    change(&plan)
    self.name = name
    self.plan = plan
  }

  public static func named(_ name: String) -> Recipe? { all.first { $0.name == name } }

  public static let all: [Recipe] = [
    Recipe("moons", "two moons, 16 units", data: "two-moons") { small(&$0, units: 16) },
    Recipe("spirals", "three spirals, 96 units", data: "spirals") {
      small(&$0, units: 96)
      $0.batch = 150
      $0.epochs = 150
      $0.optimizer.rate = 0.03
    },
    Recipe("drawn-digits", "drawn digits, 32 units", data: "drawn-digits") {
      small(&$0, units: 32)
      $0.epochs = 15
    },
    Recipe("karate", "the karate club from four labels", data: "karate-club") {
      graph(&$0)
      $0.model.units = 16
      $0.model.dropout = 0
      $0.epochs = 100
    },
    Recipe("digits", "scikit-learn's digits, 87 units", data: "digits") {
      $0.batch = 64
      $0.epochs = 40
      $0.optimizer.rate = 5e-3
    },
    Recipe("mnist-tanh", "MNIST, dense, tanh + 1.2", data: "mnist") { dense(&$0) },
    Recipe("mnist-normalized", "MNIST, dense, tanh + 1.603, normalised", data: "mnist") {
      dense(&$0)
      normalized(&$0)
    },
    Recipe("mnist-mondeq", "MNIST, monDEQ", data: "mnist") {
      dense(&$0)
      monotone(&$0)
    },
    Recipe("mnist-convolution", "MNIST, convolutional, tanh + 1.2", data: "mnist") {
      image(&$0)
      convolution(&$0, units: 32)
    },
    Recipe("cifar-convolution", "CIFAR-10, convolutional, tanh + 1.2", data: "cifar10") {
      image(&$0)
      convolution(&$0, units: 48)
    },
    Recipe("cora", "Cora, tanh", data: "cora-cit") { citations(&$0) },
    Recipe("cora-normalized", "Cora, normalised", data: "cora-cit") {
      citations(&$0)
      normalizedGraph(&$0, classes: 7)
    },
    Recipe("citeseer", "CiteSeer, tanh", data: "subdeq/citeseer") { citations(&$0) },
    Recipe("citeseer-normalized", "CiteSeer, normalised", data: "subdeq/citeseer") {
      citations(&$0)
      normalizedGraph(&$0, classes: 6)
    },
  ]

  private static func small(_ plan: inout TrainingPlan, units: Int) {
    plan.model.units = units
    plan.batch = 50
    plan.epochs = 60
    plan.optimizer.rate = 0.01
  }

  private static func image(_ plan: inout TrainingPlan) { plan.data.validation = 1.0 / 6 }

  private static func dense(_ plan: inout TrainingPlan) {
    image(&plan)
    plan.runs = 3
  }

  private static func normalized(_ plan: inout TrainingPlan) {
    plan.model.shift = 1.603
    plan.model.normalization = .sup
  }

  /// The paper's: a hidden layer before the propagation, and its fixed point as the scores of the classes.
  private static func normalizedGraph(_ plan: inout TrainingPlan, classes: Int) {
    plan.model.units = classes
    plan.model.hidden = 64
    plan.model.injectionActivation = .identity
    plan.model.shift = 1.2
    plan.model.normalization = .sup
    plan.model.head = .none
    plan.forward.tolerance = 1e-5
    plan.optimizer.weightDecay = 0
  }

  private static func monotone(_ plan: inout TrainingPlan) {
    plan.model.layer = .monotone
    plan.model.activation = .relu
    plan.model.shift = 0
    plan.model.injection = .beforeActivation
    plan.model.injectionActivation = .identity
    plan.forward.method = .peacemanRachford
    plan.forward.maxSteps = 100
    plan.backward.method = .gmres
    plan.backward.maxSteps = 60
    plan.keep = .monotone
  }

  private static func convolution(_ plan: inout TrainingPlan, units: Int) {
    plan.model.layer = .convolution
    plan.model.units = units
    plan.model.pooling = 4
    plan.epochs = 40
  }

  private static func graph(_ plan: inout TrainingPlan) {
    plan.model.layer = .graph
    plan.model.shift = 0
    plan.model.injection = .beforeActivation
    plan.model.head = .linear
    plan.model.units = 64
    plan.model.dropout = 0.5
    plan.optimizer.rate = 0.01
    plan.optimizer.schedule = .constant
    plan.optimizer.weightDecay = 5e-4
  }

  /// The five runs on the splits of the paper's experiment.
  private static func citations(_ plan: inout TrainingPlan) {
    graph(&plan)
    plan.data.split = "run*"
    plan.runs = 5
    plan.epochs = 100
  }
}
