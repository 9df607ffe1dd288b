import FixedPoint

extension SessionSchema {
  static var tensor: JSON {
    let shape = JSON.Member("shape", reference("shape"))
    let plain = [
      JSON.object([JSON.Member("values", nested(atLeast: 1))], required: ["values"]),
      JSON.object([JSON.Member("fill", ["type": "number"]), shape], required: ["fill"]),
      JSON.object([JSON.Member("file", text), JSON.Member("key", text)], required: ["file"]),
      JSON.object([JSON.Member("dataset", text), JSON.Member("index", count)], required: ["dataset", "index"]),
    ]
    return ["oneOf": JSON(plain + Ensemble.Law.names.map { ensemble($0, shape) })]
  }

  /// Arrays of numbers within each other, to any depth.
  static var nested: JSON { ["anyOf": [["type": "number"], nested(atLeast: 1)]] }

  private static func nested(atLeast count: Int) -> JSON {
    ["type": "array", "items": reference("nested"), "minItems": JSON(count)]
  }

  private static func ensemble(_ law: String, _ shape: JSON.Member) -> JSON {
    let parameter = Ensemble.Law.parameters[law]
    let nonnegative = JSON(JSON.number(0 ... .greatestFiniteMagnitude))
    let properties =
      [
        JSON.Member("ensemble", ["const": JSON(law)]), JSON.Member("seed", JSON(JSON.integer(0...(1 << 53)))),
        JSON.Member("gain", nonnegative),
      ] + (parameter.map { [JSON.Member($0.name, $0.schema)] } ?? []) + [JSON.Member("constraint", constraint), shape]
    return JSON.object(properties, required: ["ensemble", "seed"] + (parameter.map { [$0.name] } ?? []))
  }

  private static var constraint: JSON {
    let rescalings = ["spectralRadius", "norm2", "normInf", "perronRoot"].map { name in
      JSON.object([JSON.Member(name, JSON(JSON.number(0 ... .greatestFiniteMagnitude)))], required: [name])
    }
    return ["oneOf": JSON([names(["nonnegative", "row-stochastic"])] + rescalings)]
  }
}
