import ArgumentParser
import Screen
import Sessions

/// `deq bench`: how fast this program is on this machine, as ratios in one run.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the speed of the solver core, of training and of the explorer's frames.",
    discussion: """
      Every figure is the median of several repetitions after a warm-up, in processor time of one thread. Times differ
      from machine to machine and from minute to minute; the ratios to the machine's own limit, measured in the same
      run, can be compared. The map is z = tanh(W z) + y + 1.2, solved to 1e-10 by Picard, with n = 16, 87 and 512.

        limit/memory             a copy of 32 MB
        limit/product/n          product of W with one vector
        limit/tanh/n             vector tanh of one vector
        evaluate/n               one evaluation of f; its limit is product and tanh
        solve/n                  one step of a solve without history: evaluation, residual, verdict, and its
                                 share of the start and the end
        run/n                    one step of a run that keeps all states and measures
        limit/product/batch/n    product of W with 512 vectors
        limit/tanh/batch/n       vector tanh of 512 vectors
        solve/batch/n            one step of 512 solves at once, each with its own verdict
        threads/1/n, threads/2/n one step of 2048 solves on one and two threads, elapsed; the limit is half of one's
        limit/convolve           a large matrix product of as many operations as a convolution has
        convolve/CxHxW           one convolution 3x3 of C channels of H x W
        convolve/batch/CxHxW     128 of them, an image each
        limit/product/single     two products of 512 x 512 in single precision, one on each of two threads, elapsed
        train/RECIPE             a batch of 128 of a recipe on two threads, elapsed; the limit is its products with the
                                 weights of layer and injection at that rate
        frame/WxH                one frame of the watch screen in a window of W x H
        key/watch, key/spectrum  a key and the frame that answers it, n = 256, at 200x60
        spectrum/256             what the spectrum screen computes of one step, off the main loop

      In JSON every figure has name, summary, seconds, limit (seconds), ratio (seconds / limit), rate and rateUnit (of
      the machine's figures) and baselineRatio; what does not apply is null.

        deq bench
        deq bench --part batches
        deq bench --json > baseline.json
        deq bench --baseline baseline.json
      """)

  @Flag(name: .long, help: "Print one JSON document.")
  var json = false

  @Flag(name: .long, help: "Fewer and shorter repetitions.")
  var quick = false

  @Option(name: .long, help: "Only this part; may be given several times.")
  var part: [BenchmarkSuite.Part] = []

  @Option(name: .long, help: ArgumentHelp("An earlier result of --json to compare with.", valueName: "file"))
  var baseline: String?

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let baseline = try baseline.map { path throws(SessionError) in try Baseline(reading: path) }
      let suite = BenchmarkSuite(stopwatch: Stopwatch(repetitions: quick ? 5 : 21, length: quick ? 0.002 : 0.01))
      let parts = BenchmarkSuite.Part.allCases.filter { part.isEmpty || part.contains($0) }
      let measurements = try parts.map(suite.measurements).flatMap(\.self)
      if json {
        try StandardOutput.print(Self.document(measurements, baseline))
      } else {
        for measurement in measurements { try StandardOutput.print(Self.line(measurement, baseline)) }
      }
      return .success
    }
  }

  private static func document(_ measurements: [Measurement], _ baseline: Baseline?) -> JSON {
    let origin = Recording.Origin.current
    return [
      "program": JSON(origin.program), "kernel": JSON(origin.kernel), "processor": JSON(origin.processor),
      "measurements": JSON(measurements.map { $0.json(baseline: baseline?.seconds(of: $0.name)) }),
    ]
  }

  private static func line(_ measurement: Measurement, _ baseline: Baseline?) -> String {
    let time = NumberText.significant(measurement.seconds * 1e6, width: 9) + " µs"
    let ratio = measurement.ratio.map { "  \(NumberText.decimal($0, places: 2)) x limit" } ?? ""
    let before = baseline?.seconds(of: measurement.name).map {
      "  \(NumberText.decimal(measurement.seconds / $0, places: 2)) x baseline"
    }
    return time + "  " + measurement.summary + ratio + (before ?? "")
  }
}

extension BenchmarkSuite.Part: ExpressibleByArgument {}

/// An earlier result of `deq bench --json`.
struct Baseline {
  private let document: JSON

  /// - Throws: `SessionError` that names the file.
  init(reading path: String) throws(SessionError) {
    document = try JSON(reading: path)
    guard case .array? = document["measurements"]?.content else {
      throw SessionError(path: "measurements", expected: "a result of deq bench --json", found: "another document")
        .inFile(path)
    }
  }

  func seconds(of name: String) -> Double? {
    guard case .array(let items)? = document["measurements"]?.content else { return nil }
    let item = items.first { $0["name"]?.content == .text(name) }
    guard case .number(let seconds)? = item?["seconds"]?.content else { return nil }
    return seconds
  }
}
