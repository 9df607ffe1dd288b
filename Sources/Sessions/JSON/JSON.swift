/// A JSON value (RFC 8259) whose objects keep their order and whose values know where they stood in the text.
///
/// The project has its own because three things matter here that general decoders do not give: objects in the order of
/// the file, so that what was written can be written again byte for byte; the place of every value, so that an error
/// about a meaning can name line and column; and strictness (duplicate keys, lone surrogates, numbers out of range).
public struct JSON: Sendable {
  public enum Content: Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case array([JSON])
    case object([Member])
  }

  /// One `"name": value` of an object.
  public struct Member: Sendable, Equatable {
    public let name: String
    public var value: JSON

    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  public var content: Content
  /// Byte at which the value starts in the text that it was parsed from; 0 for a value that was built.
  public let offset: UInt32

  public init(_ content: Content, offset: UInt32 = 0) {
    self.content = content
    self.offset = offset
  }

  /// A number, or `null` where it is absent or not finite: undefined is shown as undefined.
  public init(_ number: Double?) {
    guard let number, number.isFinite else {
      self.init(.null)
      return
    }
    self.init(.number(number))
  }

  public init(_ text: String) { self.init(.text(text)) }
  public init(_ integer: Int) { self.init(.number(Double(integer))) }
  public init(_ flag: Bool) { self.init(.flag(flag)) }
  public init(_ array: [JSON]) { self.init(.array(array)) }
  public init(_ numbers: [Double]) { self.init(.array(numbers.map { JSON($0) })) }
  public init(_ members: [Member]) { self.init(.object(members)) }

  public static var null: JSON { JSON(.null) }

  /// The member of this name; `nil` if there is none or this is not an object.
  public subscript(name: String) -> JSON? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// What the value is, for messages: `"tanh"`, `3.5`, `an array`.
  public var summary: String {
    switch content {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): shortestDigits(number)
    case .text(let text): JSON(text.count > 40 ? text.prefix(40) + "…" : text).lineText
    case .array(let items): items.isEmpty ? "an empty array" : "an array"
    case .object: "an object"
    }
  }
}

/// Two values are equal if they mean the same; where they stood does not count.
extension JSON: Equatable {
  public static func == (left: JSON, right: JSON) -> Bool { left.content == right.content }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self.init(.text(value)) }
  public init(floatLiteral value: Double) { self.init(value) }
  public init(integerLiteral value: Int) { self.init(value) }
  public init(booleanLiteral value: Bool) { self.init(.flag(value)) }
  public init(arrayLiteral elements: JSON...) { self.init(.array(elements)) }
  /// The members in the order of the literal.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self.init(.object(elements.map { Member($0.0, $0.1) }))
  }
}
