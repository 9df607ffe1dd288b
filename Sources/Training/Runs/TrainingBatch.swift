internal import LinearAlgebra

/// Samples that are trained on or evaluated on together; of a graph, the nodes whose labels count.
enum TrainingBatch {
  case training([Int])
  case validation([Int])
  case test([Int])

  var samples: [Int] {
    switch self {
    case .training(let samples), .validation(let samples), .test(let samples): samples
    }
  }

  var purpose: BatchReport.Purpose {
    switch self {
    case .training: .training
    case .validation: .validation
    case .test: .test
    }
  }

  /// Adds what an evaluation came to.
  func add(_ result: HeadResult, _ forward: SolveStatistics, to pass: inout EpochPass) {
    switch self {
    case .training: break
    case .validation:
      pass.validation.add(result)
      pass.validationForward.add(forward)
    case .test:
      pass.test.add(result)
      pass.testForward.add(forward)
    }
  }
}

/// The batches of an epoch: those of the training, then those of validation and test.
struct Batches {
  let training: [Range<Int>]
  private let order: [Int]
  private let validation: [ArraySlice<Int>]
  private let test: [ArraySlice<Int>]

  init<Scalar: BatchScalar>(_ trainer: Trainer<Scalar>, _ order: [Int]) {
    let (plan, data) = (trainer.plan, trainer.data)
    self.order = order
    let isGraph = data.edges != nil
    let size = isGraph ? order.count : plan.batch
    // One sample has no deviation.
    let least = plan.model.head == .normalized && !isGraph ? 2 : 1
    training = Self.ranges(order.count, size).filter { $0.count >= least }
    (validation, test) = (Self.parts(data.validation, max(size, 2)), Self.parts(data.test, max(size, 2)))
  }

  var count: Int { training.count + validation.count + test.count }

  subscript(index: Int) -> TrainingBatch {
    if index < training.count { return .training(Array(order[training[index]])) }
    let rest = index - training.count
    return rest < validation.count
      ? .validation(Array(validation[rest])) : .test(Array(test[rest - validation.count]))
  }

  private static func ranges(_ count: Int, _ size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  private static func parts(_ samples: [Int], _ size: Int) -> [ArraySlice<Int>] {
    ranges(samples.count, size).map { samples[$0] }
  }
}
