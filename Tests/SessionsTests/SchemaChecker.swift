@testable import Sessions

/// As much of JSON Schema (draft 2020-12) as the format's schema uses; a keyword that it does not know fails.
struct SchemaChecker {
  let root: JSON

  struct UnknownKeyword: Error { let name: String }

  func accepts(_ value: JSON) throws -> Bool { try accepts(value, by: root) }

  private func accepts(_ value: JSON, by schema: JSON) throws -> Bool {
    if case .flag(let flag) = schema.content { return flag }
    guard case .object(let members) = schema.content else { throw UnknownKeyword(name: schema.lineText) }
    for member in members where try !holds(member.name, member.value, value, schema) { return false }
    return true
  }

  private func holds(_ keyword: String, _ rule: JSON, _ value: JSON, _ schema: JSON) throws -> Bool {
    switch keyword {
    case "$schema", "$defs", "title", "description", "default", "then", "else": return true
    case "$ref": return try accepts(value, by: definition(rule))
    case "const": return value == rule
    case "enum": return Self.items(rule).contains(value)
    case "type": return (Self.isArray(rule) ? Self.items(rule) : [rule]).contains { Self.isOf($0, value) }
    case "anyOf": return try Self.items(rule).contains { try accepts(value, by: $0) }
    case "oneOf": return try Self.items(rule).filter { try accepts(value, by: $0) }.count == 1
    case "if":
      let branch = try accepts(value, by: rule) ? schema["then"] : schema["else"]
      return try branch.map { try accepts(value, by: $0) } ?? true
    case "properties", "required", "additionalProperties": return try holdsOfObject(keyword, rule, value, schema)
    case "items", "minItems", "maxItems": return try holdsOfArray(keyword, rule, value)
    case "minimum", "maximum", "exclusiveMinimum": return Self.holdsOfNumber(keyword, rule, value)
    case "pattern":
      guard case .text(let text) = value.content, case .text(let pattern) = rule.content else { return true }
      return try Regex(pattern).firstMatch(in: text) != nil
    default: throw UnknownKeyword(name: keyword)
    }
  }

  private func definition(_ reference: JSON) throws -> JSON {
    guard case .text(let text) = reference.content, text.hasPrefix("#/$defs/"),
      let definition = root["$defs"]?[String(text.dropFirst(8))]
    else { throw UnknownKeyword(name: reference.lineText) }
    return definition
  }

  private func holdsOfObject(_ keyword: String, _ rule: JSON, _ value: JSON, _ schema: JSON) throws -> Bool {
    guard case .object(let members) = value.content else { return true }
    switch keyword {
    case "required":
      return Self.items(rule).allSatisfy { name in members.contains { JSON($0.name) == name } }
    case "additionalProperties":
      return rule == true || members.allSatisfy { schema["properties"]?[$0.name] != nil }
    default:
      return try members.allSatisfy { member in try rule[member.name].map { try accepts(member.value, by: $0) } ?? true
      }
    }
  }

  private func holdsOfArray(_ keyword: String, _ rule: JSON, _ value: JSON) throws -> Bool {
    guard case .array(let items) = value.content else { return true }
    switch keyword {
    case "minItems": return items.count >= Self.integer(rule)
    case "maxItems": return items.count <= Self.integer(rule)
    default: return try items.allSatisfy { try accepts($0, by: rule) }
    }
  }

  private static func holdsOfNumber(_ keyword: String, _ rule: JSON, _ value: JSON) -> Bool {
    guard case .number(let number) = value.content, case .number(let limit) = rule.content else { return true }
    switch keyword {
    case "minimum": return number >= limit
    case "maximum": return number <= limit
    default: return number > limit
    }
  }

  private static func isOf(_ type: JSON, _ value: JSON) -> Bool {
    switch (type, value.content) {
    case ("string", .text), ("object", .object), ("array", .array), ("number", .number), ("boolean", .flag),
      ("null", .null):
      true
    case ("integer", .number(let number)): number == number.rounded()
    default: false
    }
  }

  private static func isArray(_ value: JSON) -> Bool { if case .array = value.content { true } else { false } }

  private static func items(_ value: JSON) -> [JSON] {
    guard case .array(let items) = value.content else { return [] }
    return items
  }

  private static func integer(_ value: JSON) -> Int {
    guard case .number(let number) = value.content else { return 0 }
    return Int(number)
  }
}
