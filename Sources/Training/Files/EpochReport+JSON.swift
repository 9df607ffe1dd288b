internal import FixedPoint
public import Sessions

extension EpochReport {
  /// Without the measured seconds the same plan and data give the same text.
  func json(seconds: Bool) -> JSON {
    [
      "epoch": JSON(epoch), "training": training.json, "validation": validation.json, "test": test.json,
      "learningRate": JSON(learningRate), "forward": forward.json, "backward": backward.json,
      "validationForward": validationForward.json, "testForward": testForward.json, "steps": JSON(steps),
      "skippedSteps": JSON(skippedSteps), "seconds": JSON(seconds ? self.seconds : nil),
      "certificates": JSON(certificates.map(\.json)), "spectralRadius": JSON(spectralRadius),
    ]
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    let epoch = try reader.count("epoch")
    let training = try Score(&reader, "training")
    let validation = try Score(&reader, "validation")
    let test = try Score(&reader, "test")
    let rate = try reader.real("learningRate")
    let forward = try SolveStatistics(&reader, "forward")
    let backward = try SolveStatistics(&reader, "backward")
    let validationForward = try SolveStatistics(&reader, "validationForward")
    let testForward = try SolveStatistics(&reader, "testForward")
    let steps = try reader.count("steps")
    let skipped = try reader.count("skippedSteps")
    let seconds = try reader.real("seconds")
    var certificates: [GuaranteeRecord] = []
    for (position, item) in (try reader.items("certificates") ?? []).enumerated() {
      certificates.append(try GuaranteeRecord(item, path: "\(path).certificates[\(position)]"))
    }
    let radius = try reader.real("spectralRadius")
    try reader.finish()
    self.init(
      epoch: epoch, training: training, validation: validation, test: test, learningRate: rate ?? 0, forward: forward,
      backward: backward, skippedSteps: skipped, seconds: seconds, steps: steps, validationForward: validationForward,
      testForward: testForward, certificates: certificates, spectralRadius: radius)
  }
}

extension EpochReport.Score {
  var json: JSON { ["loss": JSON(loss), "wrong": JSON(wrong), "count": JSON(count)] }

  init(_ outer: inout ObjectReader, _ name: String) throws(SessionError) {
    var reader = try outer.object(name)
    self.init(loss: try reader.real("loss"), wrong: try reader.count("wrong"), count: try reader.count("count"))
    try reader.finish()
  }
}

extension SolveStatistics {
  var json: JSON {
    [
      "steps": JSON(steps), "batches": JSON(batches), "failures": JSON(failures), "samples": JSON(samples),
      "replaced": JSON(replaced),
    ]
  }

  init(_ outer: inout ObjectReader, _ name: String) throws(SessionError) {
    var reader = try outer.object(name)
    self.init(
      steps: try reader.count("steps"), batches: try reader.count("batches"), failures: try reader.count("failures"),
      samples: try reader.count("samples"), replaced: try reader.count("replaced"))
    try reader.finish()
  }
}

extension GuaranteeRecord {
  public var json: JSON {
    [
      "theorem": JSON(theorem), "verdict": JSON(verdict), "claim": JSON(claim.rawValue), "scope": JSON(scope.rawValue),
      "rate": JSON(rate), "inputs": JSON(inputs.rawValue),
    ]
  }

  fileprivate init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    self.init(
      theorem: reader.text("theorem") ?? "", verdict: reader.text("verdict") ?? "",
      claim: reader.text("claim").flatMap(Claim.init(rawValue:)) ?? .exactlyOne,
      scope: reader.text("scope").flatMap(Scope.Kind.init(rawValue:)) ?? .everywhere,
      rate: try reader.real("rate"), inputs: reader.text("inputs").flatMap(Inputs.init(rawValue:)) ?? .one)
    try reader.finish()
  }
}

extension ObjectReader {
  mutating func object(_ name: String) throws(SessionError) -> ObjectReader {
    try ObjectReader(try require(name, expected: "an object"), path: path(of: name))
  }

  /// A whole number that must be there.
  mutating func count(_ name: String) throws(SessionError) -> Int {
    try require(name, expected: "a whole number").integer(in: 0...1 << 52, path: path(of: name))
  }

  /// A number, or `null`.
  mutating func real(_ name: String) throws(SessionError) -> Double? {
    let json = try require(name, expected: "a number or null")
    if case .null = json.content { return nil }
    return try json.number(in: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, path: path(of: name))
  }
}
