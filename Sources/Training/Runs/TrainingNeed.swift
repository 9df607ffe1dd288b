internal import FixedPoint
internal import LinearAlgebra
internal import Sessions

/// The memory that a training takes, beside its data.
struct TrainingNeed {
  /// `nil` where an integer cannot hold them.
  let bytes: Int?

  /// Parameters with their gradients, averages and best values; the matrices of a step; and the states of a batch.
  init<Scalar: BatchScalar>(_ plan: TrainingPlan, _ model: Model<Scalar>, _ data: TrainingData<Scalar>) {
    let size = MemoryLayout<Scalar>.size
    let rows = data.edges == nil ? min(plan.batch, max(data.train.count, data.test.count)) : data.labels.count
    let window = max(plan.forward.window, plan.backward.window)
    bytes = MemoryBudget.sum([
      MemoryBudget.product([model.layout.count, size, 5 + plan.threads]),
      MemoryBudget.product([Self.matrices(plan), plan.model.units, plan.model.units]),
      MemoryBudget.product([rows, model.width, size, 2 * window + 10]),
    ])
  }

  /// Bytes for each entry of W beside the parameters: W itself, and factors in double precision.
  private static func matrices(_ plan: TrainingPlan) -> Int {
    guard plan.model.session == nil, ![.convolution, .graph].contains(plan.model.layer) else { return 0 }
    let numbers = (plan.forward.method == .peacemanRachford ? 3 : 1)
    return 8 * (numbers + (plan.backward.method == .direct ? 2 * plan.threads : 0))
  }

  /// - Throws: ``SessionError`` that names the field that makes it too much.
  func check(_ plan: TrainingPlan, limit: Int) throws(SessionError) {
    guard !MemoryBudget.isWithin(bytes, limit) else { return }
    throw SessionError(
      path: plan.model.session == nil ? "model.units" : "model.session",
      expected: "a model that takes at most \(limit) bytes, a quarter of the free memory",
      found: bytes.map { "one that takes \($0) bytes" } ?? "one that takes more bytes than can be counted")
  }
}
