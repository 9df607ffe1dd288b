import FixedPoint
import Testing

@testable import Sessions
@testable import Training

/// What samples are for: nothing that is kept for validation or test has a part in what is learned.
struct TrainingDataTests {
  /// Six columns of a small range each; the last fifth for the test where the data say so.
  private static func samples(splits: [Dataset.Split] = [], spoiling spoiled: Set<Int> = []) -> Dataset {
    let values = (0..<60).flatMap { (sample: Int) -> [Double] in
      let spoil = spoiled.contains(sample) ? 1000.0 : 0
      return [Double(sample * 7 % 13) + spoil, Double(sample * 11 % 13) + spoil]
    }
    let labels = (0..<60).map { (sample: Int) -> Int in (spoiled.contains(sample) ? sample + 1 : sample) % 3 }
    return Dataset(
      name: "own", shape: Shape([2]), numbers: .values(values), labels: labels, classes: ["a", "b", "c"], splits: splits
    )
  }

  private static let splits = [Dataset.Split("train", 0..<48), Dataset.Split("test", 48..<60)]

  private static func plan(_ change: (inout TrainingPlan) -> Void = { _ in }) -> TrainingPlan {
    var plan = TrainingPlan()
    plan.model.units = 4
    plan.batch = 8
    plan.epochs = 2
    plan.data.validation = 0.25
    plan.precision = .double
    change(&plan)
    return plan
  }

  @Test(arguments: [([], 36, 12, 12), (splits, 36, 12, 12)])
  func everySampleIsForOneThing(_ splits: [Dataset.Split], _ train: Int, _ validation: Int, _ test: Int) throws {
    let data = try TrainingData<Double>(.samples(Self.samples(splits: splits)), Self.plan(), run: 1)
    #expect((data.train + data.validation + data.test).sorted() == Array(0..<60))
    #expect((data.train.count, data.validation.count, data.test.count) == (train, validation, test))
    if !splits.isEmpty { #expect(data.test == Array(48..<60)) }
  }

  /// A limit takes training samples away, and leaves the others as they are.
  @Test func aLimitIsOfTheTraining() throws {
    let content = DatasetCatalog.Content.samples(Self.samples())
    let whole = try TrainingData<Double>(content, Self.plan(), run: 1)
    let part = try TrainingData<Double>(content, Self.plan { $0.data.limit = 10 }, run: 1)
    #expect(part.train == Array(whole.train.prefix(10)))
    #expect(part.validation == whole.validation && part.test == whole.test)
  }

  /// Mean 0 and deviation 1 over the training samples, whatever the others are.
  @Test func samplesAreStandardisedByTheTraining() throws {
    let data = try TrainingData<Double>(.samples(Self.samples()), Self.plan(), run: 1)
    guard case .rows(let values) = data.source else { return }
    for column in 0..<2 {
      let own = data.train.map { values[2 * $0 + column] }
      let mean = own.reduce(0, +) / Double(own.count)
      let variance = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count)
      #expect(abs(mean) < 1e-12 && abs(variance - 1) < 1e-12)
    }
  }

  /// Other features and labels of validation and test give the same parameters, bit for bit.
  @Test func whatIsKeptApartTeachesNothing() throws {
    func parameters(_ data: Dataset) throws -> [Double] {
      var run = try TrainingRun(Self.plan(), on: .samples(data))
      while !run.isDone { run.advance() }
      guard case .double(let trainer) = run.engine else { return [] }
      return trainer.state.parameters
    }
    let data = try TrainingData<Double>(.samples(Self.samples()), Self.plan(), run: 1)
    let plain = try parameters(Self.samples())
    #expect(try parameters(Self.samples(spoiling: Set(data.validation + data.test))) == plain)
    #expect(try parameters(Self.samples(spoiling: [data.train[0]])) != plain)
  }

  /// A session has images as [channels, height, width] as the data have them; each channel is standardised.
  @Test func anImageOfASessionIsAsInTheData() throws {
    let values = (0..<96).map { (place: Int) -> Double in
      let brightness = place / 6 % 2 == 1 ? 50.0 : 0
      return Double(place * 37 % 23) + brightness
    }
    let data = Dataset(
      name: "dots", shape: Shape([2, 2, 3]), numbers: .values(values), labels: [0, 1, 0, 1, 0, 1, 0, 1],
      classes: ["a", "b"])
    let plan = Self.plan {
      $0.model.layer = .convolution
      $0.model.units = 1
    }
    let run = try TrainingRun(plan, on: .samples(data))
    guard case .double(let trainer) = run.engine, case .values(let input)? = run.session(sample: 5).input else {
      return
    }
    #expect(input.shape == Shape([2, 2, 3]))
    #expect(input.values == Array(values[60..<72]))
    let standardized = trainer.data.standardization?.apply(input.values) ?? []
    for channel in 0..<2 {
      func pixels(_ sample: Int) -> [Double] {
        let start = 12 * sample + 6 * channel
        return Array(values[start..<start + 6])
      }
      let all: [Double] = trainer.data.train.flatMap { pixels($0) }
      let count = Double(all.count)
      let mean: Double = all.reduce(0, +) / count
      let squares: [Double] = all.map { ($0 - mean) * ($0 - mean) }
      let deviation: Double = (squares.reduce(0, +) / count).squareRoot()
      for (place, pixel) in pixels(5).enumerated() {
        let expected: Double = (pixel - mean) / deviation
        #expect(abs(standardized[6 * channel + place] - expected) < 1e-12)
      }
    }
  }

  /// A Unix time over ten minutes beside its seconds: the offset costs no digits. Columns that are constant, huge and tiny.
  @Test func momentsAreThoseOfTheDifferences() throws {
    let seconds = (0..<60).map { Double($0 * 37 % 60 * 10) }
    let values = (0..<60).flatMap {
      [1.7e9 + seconds[$0], seconds[$0], 0.1, 1e305 * (seconds[$0] - 300), 1e-300 * seconds[$0]]
    }
    let data = Dataset(
      name: "own", shape: Shape([5]), numbers: .values(values), labels: (0..<60).map { $0 % 2 }, classes: ["a", "b"])
    let standardization = Standardization(data, Array(0..<60))
    // Of 0, 10, …, 590: mean 295, variance 100 (60² - 1) / 12.
    let deviation = (100 * 3599.0 / 12).squareRoot()
    for sample in 0..<60 {
      let own = standardization.apply(data.sample(sample).values)
      let expected = (seconds[sample] - 295) / deviation
      for column in [0, 1, 3, 4] { #expect(abs(own[column] - expected) < 1e-13 * max(1, abs(expected)), "\(column)") }
      #expect(own[2] == 0)
    }
    #expect(abs(standardization.channelMeans[0] - 1_700_000_295) < 1e-6)
    #expect(abs(standardization.channelDeviations[0] - deviation) < 1e-12 * deviation)
  }

  @Test func aShareThatIsNoSampleIsRefused() {
    for (path, change) in [
      ("data.validation", { (plan: inout TrainingPlan) in plan.data.validation = 0.001 }),
      ("data.test", { $0.data.test = 0.001 }),
    ] {
      let error = #expect(throws: SessionError.self) {
        try TrainingData<Double>(.samples(Self.samples()), Self.plan(change), run: 1)
      }
      #expect(error?.path == path)
    }
  }

  @Test func anotherSeedOfTheSplitIsAnotherSplit() throws {
    let content = DatasetCatalog.Content.samples(Self.samples())
    let usual = try TrainingData<Double>(content, Self.plan(), run: 1)
    let other = try TrainingData<Double>(content, Self.plan { $0.data.seed = 2 }, run: 1)
    #expect(usual.test != other.test && (other.train + other.validation + other.test).sorted() == Array(0..<60))
    #expect(try TrainingData<Double>(content, Self.plan { $0.seed = 2 }, run: 2).test == usual.test)
  }

  @Test func otherDataHaveAnotherFingerprint() throws {
    func fingerprint(_ data: Dataset, _ change: (inout TrainingPlan) -> Void = { _ in }) throws -> String {
      try TrainingData<Double>(.samples(data), Self.plan(change), run: 1).fingerprint
    }
    let data = Self.samples()
    var labels = data.labels
    labels[7] = (labels[7] + 1) % 3
    let relabelled = Dataset(
      name: "own", shape: data.shape, numbers: data.numbers, labels: labels, classes: data.classes)
    let all = try [
      fingerprint(data), fingerprint(relabelled), fingerprint(Self.samples(spoiling: [7])),
      fingerprint(data) { $0.data.validation = 0.2 },
    ]
    #expect(Set(all).count == 4 && all.allSatisfy { $0.count == 16 })
    #expect(try fingerprint(data) == all[0])
  }

  // MARK: Graphs

  /// A ring of twelve; nodes 0 to 3 train, 4 to 7 validate, the others test; 7 has no label.
  private static func ring(flipping flipped: Set<Int> = [], testing: Range<Int> = 8..<12) -> GraphDataset {
    GraphDataset(
      name: "ring", nodeCount: 12, edges: (0..<12).map { [$0, ($0 + 1) % 12] }, features: nil,
      labels: (0..<12).map { (node: Int) -> Int? in node == 7 ? nil : (flipped.contains(node) ? node + 1 : node) % 2 },
      classes: ["a", "b"],
      splits: [
        GraphDataset.Split(name: "own", train: Array(0..<4), validation: Array(4..<8), test: Array(testing))
      ])
  }

  private static func graphPlan() -> TrainingPlan {
    plan {
      $0.model.layer = .graph
      $0.model.shift = 0
      $0.model.injection = .beforeActivation
      $0.model.head = .linear
      $0.data.validation = 0
      $0.epochs = 5
    }
  }

  @Test func labelsOfOtherNodesTeachNothing() throws {
    func run(_ data: GraphDataset) throws -> TrainingRun {
      var run = try TrainingRun(Self.graphPlan(), on: .graph(data))
      while !run.isDone { run.advance() }
      return run
    }
    func parameters(_ run: TrainingRun) -> [Double] {
      guard case .double(let trainer) = run.engine else { return [] }
      return trainer.state.parameters
    }
    let plain = try run(Self.ring())
    #expect(parameters(try run(Self.ring(flipping: [4, 5, 8, 9, 10, 11]))) == parameters(plain))
    #expect(parameters(try run(Self.ring(flipping: [0]))) != parameters(plain))
    let row = try #require(plain.history.last)
    #expect((row.training.count, row.validation.count, row.test.count) == (4, 3, 4))
  }

  @Test func anotherSplitHasAnotherFingerprint() throws {
    let fingerprints = try [8..<12, 8..<11].map {
      try TrainingData<Double>(.graph(Self.ring(testing: $0)), Self.graphPlan(), run: 1).fingerprint
    }
    #expect(fingerprints[0] != fingerprints[1])
  }

  // MARK: What does not fit

  @Test func whatWouldBeIgnoredIsRefused() {
    func expect(_ path: String, _ content: DatasetCatalog.Content, _ plan: TrainingPlan) {
      let error = #expect(throws: SessionError.self) { try TrainingData<Double>(content, plan, run: 1) }
      #expect(error?.path == path)
    }
    let samples = DatasetCatalog.Content.samples(Self.samples())
    let graph = DatasetCatalog.Content.graph(Self.ring())
    let image = Dataset(
      name: "dots", shape: Shape([1, 4, 6]), numbers: .values(Array(repeating: 0, count: 240)),
      labels: Array(repeating: 0, count: 10), classes: ["a", "b"])
    expect("data.split", samples, Self.plan { $0.data.split = "own" })
    expect("batch", samples, Self.plan { $0.batch = 1 })
    expect(
      "model.pooling", .samples(image),
      Self.plan {
        $0.model.layer = .convolution
        $0.model.pooling = 5
      })
    var plan = Self.graphPlan()
    plan.data.limit = 3
    expect("data.limit", graph, plan)
    (plan.data.limit, plan.data.validation) = (nil, 0.2)
    expect("data.validation", graph, plan)
  }
}
