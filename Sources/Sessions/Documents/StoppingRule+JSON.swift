import FixedPoint

extension StoppingRule {
  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    self.init()
    // A tolerance of -0 is the one of 0.
    tolerance = reader.number("tolerance", in: 0 ... .greatestFiniteMagnitude).map { $0 + 0 } ?? tolerance
    let name = reader.read("measure") { json, path throws(SessionError) in
      try json.choice(of: Measure.allCases.map(\.rawValue), path: path)
    }
    measure = name.flatMap(Measure.init(rawValue:)) ?? measure
    maxSteps = reader.integer("maxSteps", in: 1...1_000_000_000) ?? maxSteps
    try reader.finish()
  }

  var json: JSON {
    ["tolerance": JSON(tolerance), "measure": JSON(measure.rawValue), "maxSteps": JSON(maxSteps)]
  }
}
