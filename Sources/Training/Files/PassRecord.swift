internal import LinearAlgebra
internal import Sessions

/// An epoch under way as a checkpoint has it: all but the order of its samples, which the seed decides.
struct PassRecord: Sendable {
  private let pass: EpochPass

  init(_ pass: EpochPass) { self.pass = pass }

  /// The epoch under way, counted from 1, of the trainer that it was of.
  func pass<Scalar: BatchScalar>(of trainer: Trainer<Scalar>, epoch: Int) -> EpochPass {
    var result = trainer.beginning(of: epoch)
    result.random = pass.random
    result.done = pass.done
    result.tally = pass.tally
    (result.validation, result.test) = (pass.validation, pass.test)
    (result.validationForward, result.testForward) = (pass.validationForward, pass.testForward)
    (result.rate, result.seconds) = (pass.rate, pass.seconds)
    return result
  }

  func json(seconds: Bool) -> JSON {
    [
      "done": JSON(pass.done), "random": JSON(pass.random.words.map { JSON(String($0, radix: 16)) }),
      "training": pass.tally.result.json, "validation": pass.validation.json, "test": pass.test.json,
      "forward": pass.tally.forward.json, "backward": pass.tally.backward.json,
      "validationForward": pass.validationForward.json, "testForward": pass.testForward.json,
      "steps": JSON(pass.tally.steps), "skippedSteps": JSON(pass.tally.skipped), "rate": JSON(pass.rate),
      "seconds": JSON(seconds ? pass.seconds : nil),
    ]
  }

  init(_ outer: inout ObjectReader, _ name: String) throws(SessionError) {
    var reader = try outer.object(name)
    var words: [UInt64] = []
    for (position, item) in (try reader.items("random") ?? []).enumerated() {
      let path = reader.path(of: "random[\(position)]")
      let text = try item.text(path: path)
      guard let word = UInt64(text, radix: 16) else {
        throw SessionError(path: path, expected: "hexadecimal digits", found: JSON(text).summary)
      }
      words.append(word)
    }
    guard let random = RandomGenerator(words: words) else {
      throw SessionError(path: reader.path(of: "random"), expected: "a generator's words", found: "\(words.count)")
    }
    var pass = EpochPass(order: [], random: random)
    pass.done = try reader.count("done")
    pass.tally.result = try HeadResult(&reader, "training")
    pass.validation = try HeadResult(&reader, "validation")
    pass.test = try HeadResult(&reader, "test")
    pass.tally.forward = try SolveStatistics(&reader, "forward")
    pass.tally.backward = try SolveStatistics(&reader, "backward")
    pass.validationForward = try SolveStatistics(&reader, "validationForward")
    pass.testForward = try SolveStatistics(&reader, "testForward")
    pass.tally.steps = try reader.count("steps")
    pass.tally.skipped = try reader.count("skippedSteps")
    pass.rate = try reader.real("rate") ?? 0
    pass.seconds = try reader.real("seconds") ?? 0
    try reader.finish()
    self.pass = pass
  }
}

extension HeadResult {
  /// The sum of the losses, `null` where it is not finite.
  fileprivate var json: JSON { ["loss": JSON(loss), "wrong": JSON(errors), "count": JSON(rows)] }

  fileprivate init(_ outer: inout ObjectReader, _ name: String) throws(SessionError) {
    var reader = try outer.object(name)
    self.init()
    loss = try reader.real("loss") ?? .nan
    errors = try reader.count("wrong")
    rows = try reader.count("count")
    try reader.finish()
  }
}
