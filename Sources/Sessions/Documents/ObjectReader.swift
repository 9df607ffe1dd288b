import FixedPoint

/// Reads the members of one JSON object strictly: every member must be asked for before ``finish()``.
package struct ObjectReader {
  package let path: String
  private let object: JSON
  private let members: [JSON.Member]
  private var taken: [String] = []

  package init(_ json: JSON, path: String, expected: String = "an object") throws(SessionError) {
    guard case .object(let members) = json.content else { throw SessionError(json, path, expected: expected) }
    self.path = path
    self.object = json
    self.members = members
  }

  package func path(of name: String) -> String { path.isEmpty ? name : path + "." + name }

  package mutating func take(_ name: String) -> JSON? {
    taken.append(name)
    return members.first { $0.name == name }?.value
  }

  package mutating func require(_ name: String, expected: String) throws(SessionError) -> JSON {
    if let value = take(name) { return value }
    throw SessionError(object, path(of: name), expected: expected, found: "nothing")
  }

  package mutating func text(_ name: String) throws(SessionError) -> String? {
    guard let value = take(name) else { return nil }
    guard case .text(let text) = value.content else { throw SessionError(value, path(of: name), expected: "a text") }
    return text
  }

  package mutating func number(_ name: String, in range: ClosedRange<Double>) throws(SessionError) -> Double? {
    guard let value = take(name) else { return nil }
    return try value.number(in: range, path: path(of: name))
  }

  package mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(SessionError) -> Int? {
    guard let value = take(name) else { return nil }
    return try value.integer(in: range, path: path(of: name))
  }

  package mutating func items(_ name: String, expected: String = "an array") throws(SessionError) -> [JSON]? {
    guard let value = take(name) else { return nil }
    guard case .array(let items) = value.content else { throw SessionError(value, path(of: name), expected: expected) }
    return items
  }

  /// - Throws: `SessionError` for the first member that nobody asked for.
  package func finish() throws(SessionError) {
    guard let unknown = members.first(where: { !taken.contains($0.name) }) else { return }
    throw SessionError(
      unknown.value, path(of: unknown.name), expected: "one of " + taken.joined(separator: ", "),
      found: "an unknown field")
  }
}

extension SessionError {
  /// An error about a value of the document.
  init(_ json: JSON, _ path: String, expected: String, found: String? = nil) {
    self.init(path: path, expected: expected, found: found ?? json.summary)
    offset = json.offset
  }
}

extension JSON {
  package func number(in range: ClosedRange<Double>, path: String) throws(SessionError) -> Double {
    guard case .number(let number) = content, range.contains(number) else {
      throw SessionError(self, path, expected: Field.Kind.number(range).expectation)
    }
    return number
  }

  package func integer(in range: ClosedRange<Int>, path: String) throws(SessionError) -> Int {
    guard case .number(let number) = content, let integer = Int(exactly: number), range.contains(integer) else {
      throw SessionError(self, path, expected: Field.Kind.integer(range).expectation)
    }
    return integer
  }

  package func choice(of names: [String], path: String) throws(SessionError) -> String {
    guard case .text(let text) = content, names.contains(text) else {
      throw SessionError(self, path, expected: Field.Kind.choice(names).expectation)
    }
    return text
  }

  /// Sizes, each at least 1, of at most ``Shape/largestCount`` entries in all.
  func shape(path: String) throws(SessionError) -> Shape {
    guard case .array(let items) = content, !items.isEmpty else {
      throw SessionError(self, path, expected: "an array of sizes")
    }
    var sizes: [Int] = []
    var room = Shape.largestCount
    for (position, item) in items.enumerated() {
      let size = try item.integer(in: 1...room, path: "\(path)[\(position)]")
      sizes.append(size)
      room /= size
    }
    return Shape(sizes)
  }

  init(_ shape: Shape) { self.init(shape.sizes.map { JSON($0) }) }
}

extension Shape {
  /// The most entries that a tensor of a session may have: 1 GiB of numbers. A shape is checked before it is filled.
  static var largestCount: Int { 1 << 27 }
}
