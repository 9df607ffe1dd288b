internal import Glibc
internal import LinearAlgebra

/// The moving averages of an optimiser, and its step.
struct Optimizer<Scalar: BatchScalar>: Sendable {
  let plan: TrainingPlan.Optimizer
  private(set) var steps: Int
  /// Mean of the gradients (Adam), or velocity (descent with momentum).
  private(set) var means: [Scalar]
  /// Mean of their squares; all 0 for descent.
  private(set) var squares: [Scalar]

  private static var meanDecay: Double { 0.9 }
  private static var squareDecay: Double { 0.999 }
  private static var floor: Double { 1e-8 }

  init(_ plan: TrainingPlan.Optimizer, count: Int) {
    self.init(plan, steps: 0, means: Array(repeating: 0, count: count), squares: Array(repeating: 0, count: count))
  }

  /// As a checkpoint left it.
  init(_ plan: TrainingPlan.Optimizer, steps: Int, means: [Scalar], squares: [Scalar]) {
    self.plan = plan
    self.steps = steps
    self.means = means
    self.squares = squares
  }

  /// Moves the parameters against the gradient.
  mutating func step(_ parameters: inout [Scalar], _ gradient: [Scalar], rate: Double) {
    steps += 1
    switch plan.method {
    case .adam: adam(&parameters, gradient, rate: rate)
    case .sgd: descend(&parameters, gradient, rate: rate)
    }
  }

  private mutating func adam(_ parameters: inout [Scalar], _ gradient: [Scalar], rate: Double) {
    let (keep, keepSquare) = (Scalar(Self.meanDecay), Scalar(Self.squareDecay))
    let size = Scalar(rate / (1 - pow(Self.meanDecay, Double(steps))))
    let correction = Scalar(1 / (1 - pow(Self.squareDecay, Double(steps))).squareRoot())
    let (decay, floor) = (Scalar(plan.weightDecay), Scalar(Self.floor))
    for i in parameters.indices {
      let slope = gradient[i] + decay * parameters[i]
      means[i] = keep * means[i] + (1 - keep) * slope
      squares[i] = keepSquare * squares[i] + (1 - keepSquare) * slope * slope
      parameters[i] -= size * means[i] / (squares[i].squareRoot() * correction + floor)
    }
  }

  private mutating func descend(_ parameters: inout [Scalar], _ gradient: [Scalar], rate: Double) {
    let (keep, decay, size) = (Scalar(plan.momentum), Scalar(plan.weightDecay), Scalar(rate))
    for i in parameters.indices {
      means[i] = keep * means[i] + gradient[i] + decay * parameters[i]
      parameters[i] -= size * means[i]
    }
  }
}

extension TrainingPlan.Optimizer {
  /// The learning rate of an epoch, counted from 0.
  func rate(epoch: Int, of epochs: Int) -> Double {
    switch schedule {
    case .constant: rate
    case .cosine: finalRate + (rate - finalRate) / 2 * (1 + cos(Double.pi * Double(epoch) / Double(epochs)))
    }
  }
}
