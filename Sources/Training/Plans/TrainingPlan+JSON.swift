public import Sessions

extension TrainingPlan {
  public static let format = "deq-training/1"

  /// Reads a plan, strictly; what is not given is as in a new plan.
  /// - Throws: ``SessionError`` that names the first field that is unknown or does not fit.
  public init(_ json: JSON) throws(SessionError) {
    var reader = try ObjectReader(json, path: "")
    let format = try reader.require("format", expected: JSON(Self.format).summary)
    _ = try format.choice(of: [Self.format], path: "format")
    self.init()
    for field in Self.fields { try field.read(&reader, &self) }
    try reader.finish()
  }

  /// Reads the plan of a file; the session that it names is looked for beside it.
  /// - Throws: ``SessionError`` with the file, and the line and column of the field at fault.
  public static func read(_ path: String) throws(SessionError) -> TrainingPlan {
    var plan = try SessionFile.read(path) { (json) throws(SessionError) in try TrainingPlan(json) }
    if let session = plan.model.session, !session.hasPrefix("/") {
      plan.model.session = SessionFile.directory(of: path) + "/" + session
    }
    return plan
  }

  /// The plan with every field that has a value.
  public var json: JSON {
    JSON([JSON.Member("format", JSON(Self.format))] + Self.fields.compactMap { $0.write(self) })
  }

  /// The plan with the value at a JSON path replaced, such as `optimizer.rate`; checked.
  /// - Throws: ``SessionError`` if the path leads nowhere, or that names the first field that does not fit.
  public func setting(path: String, to value: JSON) throws(SessionError) -> TrainingPlan {
    guard let json = json.setting(path, to: value) else {
      throw SessionError(path: path, expected: "a field of a training plan", found: "a path that leads nowhere")
    }
    return try TrainingPlan(json).checked()
  }

  private static let share = 0.0...1.0
  private static let positive = 0.0...1e300
  private static let many = 1...1_000_000_000

  private static let fields: [PlanField<TrainingPlan>] = [
    .text("title", \.title), .part("data", \.data, dataFields), .part("model", \.model, modelFields),
    .part("forward", \.forward, forwardFields), .part("backward", \.backward, backwardFields),
    .part("optimizer", \.optimizer, optimizerFields), .integer("epochs", many, \.epochs),
    .integer("batch", many, \.batch), .integer("seed", 0...1 << 52, \.seed), .integer("runs", 1...1000, \.runs),
    .optionalInteger("patience", many, \.patience), .choice("keep", \.keep), .choice("precision", \.precision),
    .integer("threads", 1...64, \.threads), .items("rateChanges", \.rateChanges, RateChange(), rateChangeFields),
  ]

  private static let rateChangeFields: [PlanField<RateChange>] = [
    .integer("run", 1...1000, \.run), .integer("epoch", many, \.epoch), .integer("batch", many, \.batch),
    .number("factor", positive, \.factor),
  ]

  private static let dataFields: [PlanField<Data>] = [
    PlanField(
      read: { (reader, data) throws(SessionError) in data.name = reader.text("name") ?? data.name },
      write: { JSON.Member("name", JSON($0.name)) }),
    .number("validation", share, \.validation), .number("test", share, \.test),
    .integer("seed", 0...1 << 52, \.seed), .optionalInteger("limit", many, \.limit), .text("split", \.split),
  ]

  private static let modelFields: [PlanField<ModelPlan>] = [
    .text("session", \.session), .choice("layer", \.layer), .integer("units", 1...100_000, \.units),
    .choice("activation", \.activation),
    .number("shift", -1e300...1e300, \.shift), .number("power", positive, \.power),
    .choice("injection", \.injection), .integer("hidden", 0...100_000, \.hidden),
    .choice("injectionActivation", \.injectionActivation),
    .choice("normalization", \.normalization), .number("monotonicity", positive, \.monotonicity),
    .integer("kernel", 1...99, \.kernel), .integer("pooling", 1...1000, \.pooling),
    .number("teleport", share, \.teleport), .number("dropout", share, \.dropout), .choice("head", \.head),
  ]

  private static let forwardFields: [PlanField<ForwardPlan>] = [
    .choice("method", \.method), .integer("window", 2...8, \.window),
    .number("regularization", positive, \.regularization), .number("tolerance", positive, \.tolerance),
    .integer("maxSteps", many, \.maxSteps), .choice("judgement", \.judgement),
  ]

  private static let backwardFields: [PlanField<BackwardPlan>] = [
    .choice("method", \.method), .integer("window", 2...8, \.window), .number("tolerance", positive, \.tolerance),
    .integer("maxSteps", many, \.maxSteps), .integer("terms", many, \.terms), .number("damping", share, \.damping),
  ]

  private static let optimizerFields: [PlanField<Optimizer>] = [
    .choice("method", \.method), .number("rate", positive, \.rate), .number("finalRate", positive, \.finalRate),
    .choice("schedule", \.schedule), .number("weightDecay", positive, \.weightDecay),
    .choice("decay", \.decay), .number("momentum", share, \.momentum),
  ]
}
