import Explorer
import FixedPoint
import LinearAlgebra
import Screen
import Sessions

/// What `deq bench` measures: the solver's step against the machine's own rate, and the explorer's frame.
struct BenchmarkSuite {
  /// What is measured together.
  enum Part: String, CaseIterable {
    case memory
    case steps
    case batches
    case threads
    case convolution
    case training
    case frames
  }

  private static let sizes = [16, 87, 512]

  let stopwatch: Stopwatch

  func measurements(of part: Part) throws(SessionError) -> [Measurement] {
    switch part {
    case .memory: [memory()]
    case .steps: try Self.sizes.map(steps).flatMap(\.self)
    case .batches: try Self.sizes.map(batches).flatMap(\.self)
    case .threads: try [16, 87].map(threads).flatMap(\.self)
    case .convolution: try convolution()
    case .training: try TrainingBenchmark(stopwatch: stopwatch).measurements()
    case .frames: try frames() + keys()
    }
  }

  /// How fast memory is written and read where no cache holds it.
  private func memory() -> Measurement {
    let source = [Double](repeating: 1, count: 1 << 22)
    var copy = source
    let seconds = stopwatch.median {
      var target = copy.mutableSpan
      for i in 0..<source.count { target[i] = source[i] }
    }
    return Measurement(
      "limit/memory", "a copy of 32 MB", seconds: seconds,
      work: Measurement.Rate(amount: Double(16 * source.count), unit: "byte"))
  }

  /// z = tanh(W z) + y + 1.2 to 1e-10 by Picard: per step, against one product and one vector tanh.
  private func steps(_ size: Int) throws(SessionError) -> [Measurement] {
    let problem = try Problem(Self.session(size), directory: ".")
    let limits = limits(rows: 1, size, "")
    let limit = limits.reduce(0) { $0 + $1.seconds }
    let steps = Self.run(problem).stepCount
    return limits + [
      Measurement(
        "evaluate/\(size)", "one evaluation of f, n = \(size)", seconds: evaluation(problem), limit: limit),
      Measurement(
        "solve/\(size)", "one Picard step of a solve, n = \(size)",
        seconds: stopwatch.median(per: steps) { _ = problem.network.solve(from: problem.start) }, limit: limit),
      Measurement(
        "run/\(size)", "one Picard step of a run with all measures and history, n = \(size)",
        seconds: stopwatch.median(per: steps) { _ = Self.run(problem) }, limit: limit),
    ]
  }

  /// The same for 512 starts at once: per step of them all.
  private func batches(_ size: Int) throws(SessionError) -> [Measurement] {
    let problem = try Problem(Self.session(size), directory: ".")
    let count = 512
    let limits = limits(rows: count, size, "batch/")
    let starts = Matrix(rows: count, columns: size, values: (0..<count).flatMap { _ in problem.start })
    let batch = Batch(problem.network, count: count)
    let steps = batch.solve(from: starts).reduce(0) { max($0, $1.steps) }
    return limits + [
      Measurement(
        "solve/batch/\(size)", "one Picard step of \(count) solves at once, n = \(size)",
        seconds: stopwatch.median(per: steps) { _ = batch.solve(from: starts) },
        limit: limits.reduce(0) { $0 + $1.seconds })
    ]
  }

  /// 2048 starts on one thread and on two, by the clock on the wall.
  private func threads(_ size: Int) throws(SessionError) -> [Measurement] {
    let problem = try Problem(Self.session(size), directory: ".")
    let count = 2048
    let batch = Batch(problem.network, count: count)
    let starts = Matrix(rows: count, columns: size, values: (0..<count).flatMap { _ in problem.start })
    let steps = batch.solve(from: starts).reduce(0) { max($0, $1.steps) }
    let times = [1, 2].map { tasks in
      stopwatch.elapsed(per: steps) { _ = await batch.solve(from: starts, tasks: tasks) }
    }
    let one = "one Picard step of \(count) solves at once, n = \(size)"
    return [
      Measurement("threads/1/\(size)", one + ", elapsed on one thread", seconds: times[0]),
      Measurement("threads/2/\(size)", one + ", elapsed on two", seconds: times[1], limit: times[0] / 2),
    ]
  }

  static func session(_ size: Int) -> SessionDocument {
    let weight = TensorSource.ensemble(Ensemble(.gaussian, seed: 1, gain: 0.45), shape: nil)
    let bias = TensorSource.ensemble(Ensemble(.uniform, seed: 2, gain: 0.3), shape: nil)
    return SessionDocument(
      network: NetworkSource(
        stateShape: Shape([size]),
        operators: [
          OperatorSource("dense", [FieldSource("weight", .tensor(weight))]),
          OperatorSource("activation", [FieldSource("kind", .text("tanh")), FieldSource("shift", .number(1.2))]),
          OperatorSource("inject", [FieldSource("bias", .tensor(bias))]),
        ]))
  }

  private static func run(_ problem: Problem) -> Run<Network> {
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    return run
  }

  /// Convolution of 32 channels of 28 x 28 with 3 x 3, against a large matrix product of as many operations.
  private func convolution() throws(SessionError) -> [Measurement] {
    let kernel = TensorSource.ensemble(Ensemble(.gaussian, seed: 1), shape: nil)
    let problem = try Problem(
      SessionDocument(
        network: NetworkSource(
          stateShape: Shape([32, 28, 28]),
          operators: [OperatorSource("convolve", [FieldSource("kernel", .tensor(kernel))])])),
      directory: ".")
    let (size, count) = (512, 128)
    let operations = Double(32 * 32 * 9 * 28 * 28) / Double(size * size * size)
    let limit = operations * product(size)
    return [
      Measurement(
        "limit/convolve", "as many operations in the faster matrix product, n = \(size)", seconds: limit,
        work: Measurement.Rate(amount: Double(2 * 32 * 32 * 9 * 28 * 28), unit: "flop")),
      Measurement(
        "convolve/32x28x28", "one convolution 3x3 of 32 channels of 28x28", seconds: evaluation(problem), limit: limit),
      Measurement(
        "convolve/batch/32x28x28", "\(count) of them at once", seconds: evaluation(problem, count: count),
        limit: Double(count) * limit),
    ]
  }

  /// A product of two square matrices: by the library or by rows, whichever is faster.
  private func product(_ size: Int) -> Double {
    let matrix = Matrix(rows: size, columns: size, repeating: 1 / Double(size))
    var result = matrix
    let library = stopwatch.median { result.accumulate(matrix, times: matrix, keep: 0) }
    let packed = PackedMatrix(matrix)
    let byRows = stopwatch.median {
      var target = result.values.mutableSpan
      packed.multiply(rows: matrix.values.span, into: &target)
    }
    return min(library, byRows)
  }

  /// What the machine needs for the product and the vector tanh of a step of `rows` samples.
  private func limits(rows: Int, _ size: Int, _ prefix: String) -> [Measurement] {
    let matrix = Matrix(rows: size, columns: size, repeating: 1 / Double(size))
    let vectors = Matrix(rows: rows, columns: size, repeating: 0.5)
    var results = vectors
    let product = stopwatch.median {
      if rows > 1 { return results.accumulate(vectors, times: matrix, .transposed, keep: 0) }
      var target = results.values.mutableSpan
      matrix.multiply(vectors.values.span, into: &target)
    }
    let tanh = stopwatch.median {
      var target = results.values.mutableSpan
      VectorMath.tanh(vectors.values.span, into: &target)
    }
    let shape = rows > 1 ? "\(rows) x \(size)" : "\(size)"
    return [
      Measurement(
        "limit/product/\(prefix)\(size)", "product of \(size) x \(size) with \(shape)", seconds: product,
        work: Measurement.Rate(amount: Double(2 * rows * size * size), unit: "flop")),
      Measurement(
        "limit/tanh/\(prefix)\(size)", "vector tanh of \(shape) entries", seconds: tanh,
        work: Measurement.Rate(amount: Double(rows * size), unit: "entry")),
    ]
  }

  private func evaluation(_ problem: Problem) -> Double {
    var image = problem.start
    var workspace = Workspace()
    return stopwatch.median {
      var target = image.mutableSpan
      problem.network.evaluate(problem.start.span, into: &target, using: &workspace)
    }
  }

  /// The same start for all samples.
  private func evaluation(_ problem: Problem, count: Int) -> Double {
    let batch = Batch(problem.network, count: count)
    let starts = Matrix(
      rows: count, columns: problem.start.count, values: (0..<count).flatMap { _ in problem.start })
    var images = starts
    var workspace = Workspace()
    return stopwatch.median { batch.evaluate(starts, into: &images, using: &workspace) }
  }

  /// A key and the frame that answers it, with every pane of the watch screen, on the spectrum screen, and what the
  /// latter computes of a step off the main loop.
  private func keys() throws(SessionError) -> [Measurement] {
    var experiment = try Experiment(Self.session(256), directory: ".")
    try experiment.perform(.step(1000))
    var model = ExplorerModel(size: Size(width: 200, height: 60), profile: Profile())
    model.open(experiment, at: "bench.deq.json", playing: nil)
    let watch = answer(&model)
    _ = model.update(.event(.key(.character("4"))))
    let spectrum = answer(&model)
    let run = experiment.run
    return [
      Measurement("key/watch", "a key and its frame at 200x60, every pane, n = 256", seconds: watch),
      Measurement("key/spectrum", "a key and its frame of the spectrum screen at 200x60, n = 256", seconds: spectrum),
      Measurement(
        "spectrum/256", "all spectra and coefficients at one step, n = 256",
        seconds: stopwatch.median { _ = Linearization(of: run.map, at: run.iterate) }),
    ]
  }

  /// The arrow keys in turn; what the effects would find out is found out once, before.
  private func answer(_ model: inout ExplorerModel) -> Double {
    for _ in 0..<2 {
      for key in [Key(.left), Key(.right)] { Self.settle(&model, model.update(.event(.key(key)))) }
    }
    var isLeft = false
    return stopwatch.median {
      isLeft.toggle()
      _ = model.update(.event(.key(Key(isLeft ? .left : .right))))
      _ = model.frame()
    }
  }

  private static func settle(_ model: inout ExplorerModel, _ effects: [Effect]) {
    for case .spectrum(let task) in effects { settle(&model, model.update(.spectrum(task.perform()))) }
  }

  /// The watch screen with every pane, at two sizes of the window.
  private func frames() throws(SessionError) -> [Measurement] {
    var measurements: [Measurement] = []
    for (width, height) in [(120, 40), (200, 60)] {
      var experiment = try Experiment(Self.session(87), directory: ".")
      try experiment.perform(.step(1000))
      var model = ExplorerModel(size: Size(width: width, height: height), profile: Profile())
      model.open(experiment, at: "bench.deq.json", playing: nil)
      let seconds = stopwatch.median { _ = model.frame() }
      measurements.append(
        Measurement("frame/\(width)x\(height)", "one frame of the watch screen, n = 87", seconds: seconds))
    }
    return measurements
  }
}
