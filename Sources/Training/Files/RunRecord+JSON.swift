internal import Sessions

extension RunRecord {
  var json: JSON {
    ["run": JSON(number), "diverged": JSON(hasDiverged), "history": JSON(history.map(\.json))]
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    let number = try reader.count("run")
    let diverged = try reader.require("diverged", expected: "true or false")
    guard case .flag(let hasDiverged) = diverged.content else {
      throw SessionError(path: reader.path(of: "diverged"), expected: "true or false", found: diverged.summary)
    }
    self.init(number: number, history: try reader.history(), hasDiverged: hasDiverged)
    try reader.finish()
  }
}

extension ObjectReader {
  mutating func runs(_ name: String) throws(SessionError) -> [RunRecord] {
    var runs: [RunRecord] = []
    for (position, item) in (try items(name) ?? []).enumerated() {
      runs.append(try RunRecord(item, path: path(of: "\(name)[\(position)]")))
    }
    return runs
  }

  /// A member `shard` of the form `i/n`; `nil` if there is none.
  mutating func shard() throws(SessionError) -> SweepShard? {
    guard let text = text("shard") else { return nil }
    guard let shard = SweepShard(text) else {
      throw SessionError(path: path(of: "shard"), expected: "i/n with 1 <= i <= n", found: JSON(text).summary)
    }
    return shard
  }

  mutating func history() throws(SessionError) -> [EpochReport] {
    var history: [EpochReport] = []
    for (position, item) in (try items("history") ?? []).enumerated() {
      history.append(try EpochReport(item, path: path(of: "history[\(position)]")))
    }
    return history
  }
}
