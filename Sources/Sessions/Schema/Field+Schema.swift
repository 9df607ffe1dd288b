import FixedPoint

extension Field {
  /// What a session may give for this field.
  var schema: JSON {
    var members = kind.schema
    members.append(JSON.Member("description", JSON(summary)))
    switch defaultValue {
    case .number(let number): members.append(JSON.Member("default", JSON(number)))
    case .text(let text): members.append(JSON.Member("default", JSON(text)))
    case .flag(let flag): members.append(JSON.Member("default", JSON(flag)))
    case .tensor, .edges, nil: break
    }
    return JSON(members)
  }
}

extension Field.Kind {
  fileprivate var schema: [JSON.Member] {
    switch self {
    case .number(let range): JSON.number(range)
    case .integer(let range): JSON.integer(range)
    case .choice(let names): [JSON.Member("enum", JSON(names.map { JSON($0) }))]
    case .numberOrChoice(let range, let names):
      [JSON.Member("anyOf", [JSON(JSON.number(range)), ["enum": JSON(names.map { JSON($0) })]])]
    case .flag: [JSON.Member("type", "boolean")]
    case .tensor: [JSON.Member("$ref", "#/$defs/tensor")]
    case .edges: [JSON.Member("$ref", "#/$defs/edges")]
    }
  }
}

extension JSON {
  /// A number within the range; the ends of the number line are no limits.
  static func number(_ range: ClosedRange<Double>) -> [JSON.Member] {
    var members = [JSON.Member("type", "number")]
    if range.lowerBound == .leastNonzeroMagnitude {
      members.append(JSON.Member("exclusiveMinimum", 0))
    } else if range.lowerBound > -.greatestFiniteMagnitude {
      members.append(JSON.Member("minimum", JSON(range.lowerBound)))
    }
    if range.upperBound < .greatestFiniteMagnitude { members.append(JSON.Member("maximum", JSON(range.upperBound))) }
    return members
  }

  static func integer(_ range: ClosedRange<Int>) -> [JSON.Member] {
    var members = [JSON.Member("type", "integer")]
    if range.lowerBound > .min { members.append(JSON.Member("minimum", JSON(range.lowerBound))) }
    if range.upperBound < .max { members.append(JSON.Member("maximum", JSON(range.upperBound))) }
    return members
  }

  /// An object with these members and no others.
  static func object(_ properties: [JSON.Member], required: [String]) -> JSON {
    var members = [JSON.Member("type", "object"), JSON.Member("properties", JSON(properties))]
    if !required.isEmpty { members.append(JSON.Member("required", JSON(required.map { JSON($0) }))) }
    members.append(JSON.Member("additionalProperties", false))
    return JSON(members)
  }

  /// An object of a named kind: `name` says which, its fields are those of the table.
  static func object(_ name: String, _ value: String, _ fields: [Field], description: String) -> JSON {
    let properties = [JSON.Member(name, ["const": JSON(value)])] + fields.map { JSON.Member($0.name, $0.schema) }
    let required = [name] + fields.filter(\.isRequired).map(\.name)
    guard case .object(let members) = object(properties, required: required).content else { return .null }
    return JSON([JSON.Member("description", JSON(description))] + members)
  }
}
