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

  /// Moves the parameters against the gradient; those at `spared` places do not decay.
  mutating func step(
    _ parameters: inout [Scalar], _ gradient: [Scalar], rate: Double, sparing spared: [Range<Int>] = []
  ) {
    steps += 1
    var start = 0
    for range in spared + [parameters.count..<parameters.count] {
      move(&parameters, gradient, start..<range.lowerBound, rate: rate, decay: plan.weightDecay)
      move(&parameters, gradient, range, rate: rate, decay: 0)
      start = range.upperBound
    }
  }

  private mutating func move(
    _ parameters: inout [Scalar], _ gradient: [Scalar], _ range: Range<Int>, rate: Double, decay: Double
  ) {
    switch plan.method {
    case .adam: adam(&parameters, gradient, range, rate: rate, decay: Scalar(decay))
    case .sgd: descend(&parameters, gradient, range, rate: rate, decay: Scalar(decay))
    }
  }

  private mutating func adam(
    _ parameters: inout [Scalar], _ gradient: [Scalar], _ range: Range<Int>, rate: Double, decay: Scalar
  ) {
    let (keep, keepSquare) = (Scalar(Self.meanDecay), Scalar(Self.squareDecay))
    let size = Scalar(rate / (1 - pow(Self.meanDecay, Double(steps))))
    let correction = Scalar(1 / (1 - pow(Self.squareDecay, Double(steps))).squareRoot())
    let floor = Scalar(Self.floor)
    for i in range {
      let slope = gradient[i] + decay * parameters[i]
      means[i] = keep * means[i] + (1 - keep) * slope
      squares[i] = keepSquare * squares[i] + (1 - keepSquare) * slope * slope
      parameters[i] -= size * means[i] / (squares[i].squareRoot() * correction + floor)
    }
  }

  private mutating func descend(
    _ parameters: inout [Scalar], _ gradient: [Scalar], _ range: Range<Int>, rate: Double, decay: Scalar
  ) {
    let (keep, size) = (Scalar(plan.momentum), Scalar(rate))
    for i in range {
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
