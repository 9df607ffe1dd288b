internal import FixedPoint
internal import LinearAlgebra
internal import Sessions

/// The samples of a training in its precision, standardised, and what each is for.
struct TrainingData<Scalar: BatchScalar>: Sendable {
  enum Source: Sendable {
    /// One sample after the other, images as [height, width, channels].
    case rows([Scalar])
    case graph(SparseRows<Scalar>)
  }

  let inputShape: Shape
  let source: Source
  /// How the samples were standardised, and as they were; `nil` for a graph, whose features stay.
  let standardization: Standardization?
  let raw: Dataset?
  /// Pairs of nodes of a graph.
  let edges: [[Int]]?
  let labels: [Int?]
  let classes: [String]
  let train: [Int]
  let validation: [Int]
  let test: [Int]

  /// The data of a plan; `run` counts from 1.
  /// - Throws: ``SessionError`` whose path names the field of the plan that does not fit them.
  init(_ content: DatasetCatalog.Content, _ plan: TrainingPlan, run: Int) throws(SessionError) {
    switch content {
    case .samples(let data): self = try Self(data, plan)
    case .graph(let data): self = try Self(data, plan, run: run)
    }
    guard plan.model.head != .none || plan.model.session != nil || plan.model.units == classes.count else {
      throw SessionError(
        path: "model.units", expected: "\(classes.count), a unit for each class, since there is no head",
        found: "\(plan.model.units)")
    }
  }

  private init(_ data: Dataset, _ plan: TrainingPlan) throws(SessionError) {
    guard plan.model.layer != .graph else {
      throw SessionError(path: "data.name", expected: "a graph for the graph layer", found: "samples")
    }
    try Self.check(plan, against: data.shape)
    var random = RandomGenerator(seed: UInt64(bitPattern: Int64(plan.data.seed)))
    var pool = Array(0..<data.count)
    if let train = data.indices(of: "train"), let test = data.indices(of: "test") {
      pool = Array(train)
      self.test = Array(test)
      pool.shuffle(with: &random)
    } else {
      pool.shuffle(with: &random)
      let count = try Self.part(plan.data.test, of: data.count, "data.test")
      self.test = Array(pool.suffix(count))
      pool.removeLast(count)
    }
    let kept = try Self.part(plan.data.validation, of: pool.count, "data.validation")
    validation = Array(pool.suffix(kept))
    pool.removeLast(kept)
    train = Array(pool.prefix(plan.data.limit ?? pool.count))
    guard train.count >= 2 else {
      throw SessionError(path: "data", expected: "at least 2 samples to train on", found: "\(train.count)")
    }
    inputShape = data.shape
    let standardization = Standardization(data, train)
    source = .rows(Self.standardized(data, by: standardization))
    self.standardization = standardization
    raw = data
    edges = nil
    labels = data.labels
    classes = data.classes
  }

  /// How many of the samples a share is; none only for a share of 0.
  private static func part(_ share: Double, of count: Int, _ path: String) throws(SessionError) -> Int {
    let part = Int((share * Double(count)).rounded())
    guard part > 0 || share == 0 else {
      throw SessionError(
        path: path, expected: "0, or a share that is at least one of \(count) samples", found: "\(share)")
    }
    return part
  }

  private static func check(_ plan: TrainingPlan, against shape: Shape) throws(SessionError) {
    if let split = plan.data.split {
      throw SessionError(path: "data.split", expected: "none, for samples", found: JSON(split).summary)
    }
    guard plan.model.head != .normalized || plan.batch > 1 else {
      throw SessionError(path: "batch", expected: "at least 2, to be normalised", found: "\(plan.batch)")
    }
    guard plan.model.layer == .convolution else { return }
    guard shape.rank == 3 else {
      throw SessionError(path: "data.name", expected: "images for a convolution", found: "samples of shape \(shape)")
    }
    let side = min(shape.sizes[1], shape.sizes[2])
    guard plan.model.pooling <= side else {
      throw SessionError(
        path: "model.pooling", expected: "at most \(side), for images of \(shape)", found: "\(plan.model.pooling)")
    }
  }

  /// All samples standardised, images as [height, width, channels].
  private static func standardized(_ data: Dataset, by standardization: Standardization) -> [Scalar] {
    let (channels, pixels) = (standardization.channels, standardization.pixels)
    var result = [Scalar](repeating: 0, count: data.count * data.shape.count)
    for sample in 0..<data.count {
      let values = standardization.apply(data.features(sample..<sample + 1).values)
      for channel in 0..<channels {
        for pixel in 0..<pixels {
          result[sample * values.count + pixel * channels + channel] = Scalar(values[channel * pixels + pixel])
        }
      }
    }
    return result
  }

  private init(_ data: GraphDataset, _ plan: TrainingPlan, run: Int) throws(SessionError) {
    guard plan.model.layer == .graph || plan.model.session != nil else {
      throw SessionError(path: "model.layer", expected: "graph for a graph", found: plan.model.layer.rawValue)
    }
    guard plan.data.validation == 0, plan.data.limit == nil else {
      throw SessionError(
        path: plan.data.limit == nil ? "data.validation" : "data.limit",
        expected: "none, since the split of a graph says which nodes are for what", found: "a value")
    }
    let name = plan.data.split.map { $0.replacing("*", with: "\(run)") }
    guard let split = name == nil ? data.splits.first : data.splits.first(where: { $0.name == name }) else {
      throw SessionError(
        path: "data.split", expected: "one of " + data.splits.map(\.name).joined(separator: ", "),
        found: name.map { JSON($0).summary } ?? "none")
    }
    inputShape = Shape([data.nodeCount, data.featureCount])
    let ones = data.features?.ones ?? (0..<data.nodeCount).map { [$0] }
    (standardization, raw) = (nil, nil)
    source = .graph(SparseRows(columns: data.featureCount, rows: ones.map { $0.map { ($0, 1) } }))
    edges = data.edges
    labels = data.labels
    classes = data.classes
    func labelled(_ nodes: [Int]) -> [Int] { nodes.filter { data.labels[$0] != nil } }
    (train, validation, test) = (labelled(split.train), labelled(split.validation), labelled(split.test))
    guard !train.isEmpty else {
      throw SessionError(path: "data.split", expected: "a split with nodes to train on", found: split.name)
    }
  }
}

extension TrainingData {
  /// 16 hexadecimal digits that other samples, labels or splits would change: FNV-1a over words instead of bytes.
  var fingerprint: String {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01B3 }
    switch source {
    case .rows(let numbers): for number in numbers { add(Double(number).bitPattern) }
    case .graph(let matrix): for place in matrix.starts + matrix.places { add(UInt64(place)) }
    }
    for label in labels { add(UInt64(bitPattern: Int64(label ?? -1))) }
    for part in [train, validation, test] { for index in part + [part.count] { add(UInt64(index)) } }
    for edge in edges ?? [] { for node in edge { add(UInt64(node)) } }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension [Int] {
  /// Fisher and Yates's shuffle.
  mutating func shuffle(with random: inout RandomGenerator) {
    for last in stride(from: count - 1, to: 0, by: -1) { swapAt(last, Int(random.uniform() * Double(last + 1))) }
  }
}
