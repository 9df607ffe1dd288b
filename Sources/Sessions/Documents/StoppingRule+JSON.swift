import FixedPoint

extension StoppingRule {
  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    self.init()
    tolerance = try reader.number("tolerance", in: 0 ... .greatestFiniteMagnitude) ?? tolerance
    if let json = reader.take("measure") {
      let name = try json.choice(of: Measure.allCases.map(\.rawValue), path: reader.path(of: "measure"))
      measure = Measure(rawValue: name) ?? measure
    }
    maxSteps = try reader.integer("maxSteps", in: 1...1_000_000_000) ?? maxSteps
    try reader.finish()
  }

  var json: JSON {
    ["tolerance": JSON(tolerance), "measure": JSON(measure.rawValue), "maxSteps": JSON(maxSteps)]
  }
}
