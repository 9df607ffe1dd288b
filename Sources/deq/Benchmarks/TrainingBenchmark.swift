import FixedPoint
import LinearAlgebra
import Sessions
import Training

/// What a batch of a recipe's training takes, on images of noise of MNIST's size.
///
/// The limit counts the products with the layer's and the injection's weights alone, at the rate of large matrix products
/// in single precision on as many threads.
struct TrainingBenchmark {
  private static let batch = 128
  /// Batches of an epoch at most.
  private static let epoch = 100
  /// Order of the products whose rate is the limit.
  private static let order = 512

  let stopwatch: Stopwatch

  func measurements() throws(SessionError) -> [Measurement] {
    let rate = rate(threads: 2)
    return [
      Measurement(
        "limit/product/single",
        "product of two \(Self.order) x \(Self.order), single precision, on each of two threads",
        seconds: 2 * Self.operations / rate, work: Measurement.Rate(amount: 2 * Self.operations, unit: "flop")),
      try measurement("mnist-tanh", batches: 10 * stopwatch.repetitions, rate),
      try measurement("mnist-convolution", batches: stopwatch.repetitions, rate),
    ]
  }

  /// The median batch after a first one.
  private func measurement(_ name: String, batches: Int, _ rate: Double) throws(SessionError) -> Measurement {
    guard let recipe = Recipe.named(name) else { preconditionFailure("there is no recipe \(name)") }
    var plan = recipe.plan
    plan.data.validation = 0
    plan.batch = Self.batch
    var run = try TrainingRun(plan, on: .samples(Self.noise(Self.batch * (min(batches, Self.epoch) + 1))))
    var reports: [BatchReport] = []
    while reports.count <= batches {
      run.advance { report in
        if report.purpose == .training { reports.append(report) }
        return reports.count <= batches
      }
    }
    let typical = reports.dropFirst().sorted { $0.seconds < $1.seconds }[batches / 2]
    let (forward, backward) = (typical.forward.meanSteps ?? 0, typical.backward.meanSteps ?? 0)
    let operations = Double(Self.batch) * Self.operations(plan.model, products: forward + backward + 2)
    return Measurement(
      "train/\(name)",
      "a batch of \(Self.batch) of the recipe \(name): \(number(forward)) products forward and \(number(backward)) back",
      seconds: typical.seconds, limit: operations / rate)
  }

  private func number(_ steps: Double) -> String { String(Int(steps.rounded())) }

  /// Of one sample: `products` with the layer's weights, besides one with the injection's and one for their gradient.
  private static func operations(_ model: ModelPlan, products: Double) -> Double {
    let units = Double(model.units)
    guard model.layer == .convolution else { return 2 * units * (units * products + 2 * Double(side * side)) }
    return 2 * Double(side * side * model.kernel * model.kernel) * units * (units * products + 2)
  }

  private static let side = 28

  private static func noise(_ count: Int) -> Dataset {
    var random = RandomGenerator(seed: 1)
    let pixels = (0..<(count + 1) * side * side).map { _ in UInt8(random.uniform() * 256) }
    return Dataset(
      name: "noise", shape: Shape([1, side, side]), numbers: .pixels(pixels), labels: (0...count).map { $0 % 10 },
      classes: (0..<10).map { "\($0)" }, splits: [.init("train", 0..<count), .init("test", count..<count + 1)])
  }

  // MARK: The machine's rate

  private static let operations = 2 * Double(order * order * order)

  /// Operations a second of large products in single precision.
  private func rate(threads: Int) -> Double {
    let seconds = stopwatch.elapsed(per: 4) {
      await withTaskGroup { group in
        for _ in 0..<threads { group.addTask { for _ in 0..<4 { Self.multiply() } } }
      }
    }
    return Double(threads) * Self.operations / seconds
  }

  private static let factor = [Float](repeating: 1 / Float(order), count: order * order)

  private static func multiply() {
    var product = factor
    var target = product.mutableSpan
    Float.multiply(
      factor.span, .asStored, factor.span, .asStored, sizes: ProductSizes(order, order, order), into: &target, scale: 1,
      keep: 0)
  }
}
