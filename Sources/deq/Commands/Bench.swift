import ArgumentParser
import Screen
import Sessions

/// `deq bench`: how fast this program is on this machine, as ratios in one run.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the speed of the solver core and of the explorer's frames.",
    discussion: """
      Every figure is the median of several repetitions after a warm-up. Times differ from machine to machine and from
      minute to minute; the ratios to the machine's own limit, measured in the same run, can be compared.

        deq bench
        deq bench --json > baseline.json
        deq bench --baseline baseline.json
      """)

  @Flag(name: .long, help: "Print one JSON document.")
  var json = false

  @Flag(name: .long, help: "Fewer and shorter repetitions.")
  var quick = false

  @Option(name: .long, help: ArgumentHelp("An earlier result of --json to compare with.", valueName: "file"))
  var baseline: String?

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let baseline = try baseline.map { path throws(SessionError) in try Baseline(reading: path) }
      let suite = BenchmarkSuite(stopwatch: Stopwatch(repetitions: quick ? 5 : 21, length: quick ? 0.002 : 0.01))
      let measurements = try suite.measurements()
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
