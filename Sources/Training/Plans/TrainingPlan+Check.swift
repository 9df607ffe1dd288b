internal import FixedPoint
public import Sessions

extension TrainingPlan {
  /// The plan, if its parts fit each other, with the layer that its guarantee asks for.
  /// - Throws: ``SessionError`` whose path names the field at fault.
  public func checked() throws(SessionError) -> TrainingPlan {
    // What cannot be read back could not be resumed either.
    var plan = try TrainingPlan(json)
    if let layer = keep.layer, [.dense, .nonnegative, layer].contains(model.layer) { plan.model.layer = layer }
    try plan.checkNumbers()
    try plan.checkMethods()
    try plan.checkSession()
    try plan.checkGuarantee()
    return plan
  }

  private func require(
    _ holds: Bool, _ path: String, _ expected: String, _ found: @autoclosure () -> String
  ) throws(SessionError) {
    if !holds { throw SessionError(path: path, expected: expected, found: found()) }
  }

  private func checkNumbers() throws(SessionError) {
    try require(epochs >= 1, "epochs", "at least 1", "\(epochs)")
    try require(runs >= 1, "runs", "at least 1", "\(runs)")
    try require(batch >= 1, "batch", "at least 1", "\(batch)")
    try require(1...64 ~= threads, "threads", "1 to 64", "\(threads)")
    try require(patience ?? 1 >= 1, "patience", "at least 1", "\(patience ?? 0)")
    try require(model.units >= 1, "model.units", "at least 1", "\(model.units)")
    try require(!model.kernel.isMultiple(of: 2), "model.kernel", "an odd side", "\(model.kernel)")
    try require(model.pooling >= 1, "model.pooling", "at least 1", "\(model.pooling)")
    for (path, share) in [
      ("model.dropout", model.dropout), ("data.validation", data.validation), ("data.test", data.test),
      ("model.teleport", model.teleport),
    ] { try require(share >= 0 && share < 1, path, "0 to below 1", "\(share)") }
    for (path, window) in [("forward.window", forward.window), ("backward.window", backward.window)] {
      try require(2...8 ~= window, path, "2 to 8", "\(window)")
    }
    for (path, steps) in [("forward.maxSteps", forward.maxSteps), ("backward.maxSteps", backward.maxSteps)] {
      try require(steps >= 1, path, "at least 1", "\(steps)")
    }
    for (path, tolerance) in [("forward.tolerance", forward.tolerance), ("backward.tolerance", backward.tolerance)] {
      try require(tolerance < 1, path, "below 1, at which 0 would do", "\(tolerance)")
    }
    try require(optimizer.rate > 0, "optimizer.rate", "more than 0", "\(optimizer.rate)")
    try require(
      optimizer.schedule == .constant || optimizer.finalRate <= optimizer.rate, "optimizer.finalRate",
      "at most \(optimizer.rate), the rate that it falls from", "\(optimizer.finalRate)")
    try require(optimizer.momentum < 1, "optimizer.momentum", "below 1", "\(optimizer.momentum)")
    try require(model.power > 0, "model.power", "more than 0", "\(model.power)")
    for (position, change) in rateChanges.enumerated() {
      let path = "rateChanges[\(position)]"
      try require(change.factor > 0, path + ".factor", "more than 0", "\(change.factor)")
      try require(
        position == 0 || rateChanges[position - 1].place < change.place, path, "a later batch than the change before",
        "an earlier one")
    }
  }

  private func checkMethods() throws(SessionError) {
    let isMonotone = model.layer == .monotone && model.activation == .relu
    try require(
      forward.method != .peacemanRachford
        || (isMonotone && model.injection == .beforeActivation && model.shift == 0 && model.power == 1
          && model.normalization == .none),
      "forward.method", "another method: peaceman-rachford is for the monotone layer relu(W z + p)",
      forward.method.rawValue)
    try require(
      backward.method != .direct || ![.convolution, .graph].contains(model.layer), "backward.method",
      "another method: direct is for layers with a matrix", "direct with \(model.layer.rawValue)")
    try require(
      model.layer != .convolution || (model.hidden == 0 && model.head != .none),
      model.hidden == 0 ? "model.head" : "model.hidden", "no hidden layer and a linear head, for a convolution",
      model.hidden == 0 ? model.head.rawValue : "\(model.hidden)")
    try require(
      model.power == 1 || (model.activation == .tanh && model.shift >= 1), "model.power",
      "1, or tanh with a shift of at least 1", "\(model.power)")
  }

  /// What a session's pipeline cannot have.
  private func checkSession() throws(SessionError) {
    guard model.session != nil else { return }
    try require(keep == .none, "keep", "none, for a session's pipeline", keep.rawValue)
    try require(
      forward.method != .peacemanRachford, "forward.method", "picard or anderson, for a session's pipeline",
      forward.method.rawValue)
    try require(
      forward.judgement == .sample, "forward.judgement", "sample, for a session's pipeline",
      forward.judgement.rawValue)
    try require(
      model.layer == .dense && model.hidden == 0, model.hidden == 0 ? "model.layer" : "model.hidden",
      "nothing beside a session, whose operators take its place",
      model.hidden == 0 ? model.layer.rawValue : "\(model.hidden)")
  }

  /// What the construction or projection of the guarantee needs of the rest of the layer.
  private func checkGuarantee() throws(SessionError) {
    let isConcave = model.activation == .tanh && model.injectionActivation == .relu && model.power <= 1
    let found =
      "\(model.layer.rawValue), \(model.activation.rawValue), shift \(model.shift), power \(model.power), "
      + "injection \(model.injectionActivation.rawValue), normalisation \(model.normalization.rawValue)"
    switch keep {
    case .none: return
    case .monotone:
      try require(
        model.monotonicity > 0, "model.monotonicity", "more than 0, to keep the layer monotone",
        "\(model.monotonicity)")
      try require(
        model.layer == .monotone && model.normalization == .none && model.power == 1
          && [.tanh, .relu].contains(model.activation), "keep",
        "a monotone layer of tanh or relu without normalisation",
        found)
    case .perronFrobenius, .lipschitz:
      try require(
        model.layer == .dense && model.normalization == .none && model.power == 1
          && [.tanh, .relu].contains(model.activation), "keep", "a dense layer of tanh or relu without normalisation",
        found)
    case .subhomogeneousThompson:
      try require(
        model.layer == .nonnegative && isConcave && model.normalization == .none && model.shift >= 1, "keep",
        "tanh with a shift of at least 1 and a power of at most 1, relu for the injection, and no normalisation",
        found)
    case .positiveConcave:
      try require(
        model.layer == .nonnegative && isConcave && model.shift > 0 && model.normalization == .none, "keep",
        "tanh with a positive shift and a power of at most 1, relu for the injection, and no normalisation", found)
    }
  }
}
