public import Sessions

/// A shard of a training in a file (format `deq-training-part/2`, one line of JSON): its runs, and of which plan.
public struct TrainingPart: Sendable, Equatable {
  private static let format = "deq-training-part/2"

  public let plan: TrainingPlan
  public let shard: SweepShard
  /// In their order.
  public let runs: [RunRecord]
  /// Whether the file says how long the epochs took.
  private let seconds: Bool

  public init(_ plan: TrainingPlan, _ shard: SweepShard, runs: [RunRecord], seconds: Bool = false) {
    self.plan = plan
    self.shard = shard
    self.runs = runs
    self.seconds = seconds
  }

  /// The whole training of the shards in these files, which may come in any order.
  /// - Throws: ``SessionError`` that names the shard that is lost, there twice, or of another plan.
  public static func whole(of files: [String]) throws(SessionError) -> TrainingPart {
    var shards = ShardFiles<TrainingPlan>()
    var parts: [TrainingPart] = []
    for file in files {
      let part = try TrainingPart(reading: file)
      try shards.add(file, part.shard, of: part.plan) { "the training \($0.digest)" }
      parts.append(part)
    }
    try shards.requireAll()
    return TrainingPart(parts[0].plan, .whole, runs: parts.flatMap(\.runs).sorted { $0.number < $1.number })
  }
}

extension SweepShard {
  /// The numbers of the shard's runs, of `total`: every n-th.
  public func runs(of total: Int) -> [Int] { Array(stride(from: number, through: total, by: count)) }
}

extension TrainingPlan {
  /// 16 hexadecimal digits that another plan would change.
  var digest: String { hexadecimalDigits(Fingerprint.of(Array(json.lineText.utf8))) }

  /// Of the plan without the changes of the rate that came later, and of its data: what a trained model comes from.
  func origin(of fingerprint: String) -> String {
    var plan = self
    plan.rateChanges = []
    plan.model.session = model.session.map { SessionFile.name(of: $0) }
    return plan.digest + " " + fingerprint
  }
}

// MARK: The file

extension TrainingPart {
  /// Whether a file says that it is a part of a training.
  /// - Throws: ``SessionError`` of kind `unreadable`.
  public static func isOne(_ path: String) throws(SessionError) -> Bool {
    try FileSystem.read(path).starts(with: Array("{\"format\": \"\(format)\"".utf8))
  }

  /// Replaces the file in one step.
  /// - Throws: ``SessionError`` of kind `unwritable`.
  public func write(to path: String) throws(SessionError) {
    let json: JSON = [
      "format": JSON(Self.format), "shard": JSON(shard.text), "plan": plan.json,
      "runs": JSON(runs.map { $0.json(seconds: seconds) }),
    ]
    try FileSystem.replace(path, with: Array((json.lineText + "\n").utf8))
  }

  /// - Throws: ``SessionError`` with the file that is no part, or does not have the runs of its shard.
  public init(reading path: String) throws(SessionError) {
    self = try SessionFile.read(path) { (json) throws(SessionError) in try TrainingPart(json) }
  }

  private init(_ json: JSON) throws(SessionError) {
    var reader = try ObjectReader(json, path: "")
    _ = try reader.require("format", expected: Self.format).choice(of: [Self.format], path: "format")
    guard let shard = try reader.shard() else {
      throw SessionError(path: "shard", expected: "i/n with 1 <= i <= n", found: "nothing")
    }
    self.init(
      try TrainingPlan(try reader.require("plan", expected: "a plan")).checked(), shard, runs: try reader.runs("runs"))
    try reader.finish()
    let expected = shard.runs(of: plan.runs)
    guard runs.map(\.number) == expected else {
      throw SessionError(path: "runs", expected: "the runs \(expected)", found: "\(runs.map(\.number))")
    }
  }
}
