internal import Sessions

extension RunRecord {
  func json(seconds: Bool) -> JSON {
    [
      "run": JSON(number), "diverged": JSON(hasDiverged),
      "history": JSON(history.map { $0.json(seconds: seconds) }),
    ]
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    let number = try reader.count("run")
    let diverged = try reader.flag("diverged")
    self.init(number: number, history: try reader.history(), hasDiverged: diverged)
    try reader.finish()
  }
}

extension ObjectReader {
  /// A member that is true or false and must be there.
  mutating func flag(_ name: String) throws(SessionError) -> Bool {
    let json = try require(name, expected: "true or false")
    guard case .flag(let flag) = json.content else {
      throw SessionError(path: path(of: name), expected: "true or false", found: json.summary)
    }
    return flag
  }

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
