import FixedPoint

/// Reads the members of one JSON object strictly: every member must be asked for before ``finish()``.
///
/// What is wrong with a member is noted, and the others are still read; a stand-in takes the place of a value that must
/// be there, and never leaves the reader, since ``finish()`` throws.
package struct ObjectReader {
  package let path: String
  private let object: JSON
  private let members: [JSON.Member]
  /// Where the members stand by their names; empty for objects so small that looking through them is faster.
  private let places: [String: Int]
  private var taken: [String] = []
  private var complaints = Complaints()

  package init(_ json: JSON, path: String, expected: String = "an object") throws(SessionError) {
    guard case .object(let members) = json.content else { throw SessionError(json, path, expected: expected) }
    self.path = path
    self.object = json
    self.members = members
    places = members.count < 16 ? [:] : Dictionary(members.indices.map { (members[$0].name, $0) }) { first, _ in first }
  }

  package func path(of name: String) -> String { path.isEmpty ? name : path + "." + name }

  package mutating func take(_ name: String) -> JSON? {
    taken.append(name)
    return member(name)
  }

  private func member(_ name: String) -> JSON? {
    places.isEmpty ? members.first { $0.name == name }?.value : places[name].map { members[$0].value }
  }

  mutating func note(_ error: SessionError) { complaints.note(error) }

  /// A member without which nothing else can be understood.
  package mutating func require(_ name: String, expected: String) throws(SessionError) -> JSON {
    if let value = take(name) { return value }
    throw SessionError(object, path(of: name), expected: expected, found: "nothing")
  }

  /// Reads a member; `nil` if it is absent or wrong.
  package mutating func read<Part>(_ name: String, _ read: (JSON, _ path: String) throws(SessionError) -> Part) -> Part?
  {
    guard let json = take(name) else { return nil }
    let path = path(of: name)
    return complaints.attempt { () throws(SessionError) in try read(json, path) }
  }

  /// Reads a member that must be there; `nil` if it is absent or wrong.
  package mutating func required<Part>(
    _ name: String, expected: String, _ read: (JSON, _ path: String) throws(SessionError) -> Part
  ) -> Part? {
    if member(name) != nil { return self.read(name, read) }
    taken.append(name)
    note(SessionError(object, path(of: name), expected: expected, found: "nothing"))
    return nil
  }

  package mutating func text(_ name: String) -> String? {
    read(name) { json, path throws(SessionError) in try json.text(path: path) }
  }

  package mutating func number(_ name: String, in range: ClosedRange<Double>) -> Double? {
    read(name) { json, path throws(SessionError) in try json.number(in: range, path: path) }
  }

  package mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
    read(name) { json, path throws(SessionError) in try json.integer(in: range, path: path) }
  }

  package mutating func requireText(_ name: String) -> String {
    required(name, expected: "a text") { json, path throws(SessionError) in try json.text(path: path) } ?? ""
  }

  package mutating func required(_ name: String, in range: ClosedRange<Double>) -> Double {
    required(name, expected: Field.Kind.number(range).expectation) { json, path throws(SessionError) in
      try json.number(in: range, path: path)
    } ?? range.lowerBound
  }

  package mutating func required(_ name: String, in range: ClosedRange<Int>) -> Int {
    required(name, expected: Field.Kind.integer(range).expectation) { json, path throws(SessionError) in
      try json.integer(in: range, path: path)
    } ?? range.lowerBound
  }

  /// The items of an array as they are; `nil` if it is absent.
  package mutating func items(_ name: String, expected: String = "an array") throws(SessionError) -> [JSON]? {
    guard let value = take(name) else { return nil }
    guard case .array(let items) = value.content else { throw SessionError(value, path(of: name), expected: expected) }
    return items
  }

  /// The parts of an array that must be there, as far as they can be read.
  package mutating func list<Part>(
    _ name: String, expected: String = "an array", _ read: (JSON, _ path: String) throws(SessionError) -> Part
  ) -> [Part] {
    let items = required(name, expected: expected) { json, path throws(SessionError) -> [JSON] in
      guard case .array(let items) = json.content else { throw SessionError(json, path, expected: expected) }
      return items
    }
    let path = path(of: name)
    return (items ?? []).enumerated().compactMap { position, item in
      complaints.attempt { () throws(SessionError) in try read(item, "\(path)[\(position)]") }
    }
  }

  /// The same for an array that need not be there.
  package mutating func optionalList<Part>(
    _ name: String, _ read: (JSON, _ path: String) throws(SessionError) -> Part
  ) -> [Part]? {
    guard member(name) != nil else {
      taken.append(name)
      return nil
    }
    return list(name, read)
  }

  /// - Throws: `SessionError` for the first thing that is wrong, with all others; members that nobody asked for come
  ///   last.
  package mutating func finish() throws(SessionError) {
    let known = Set(taken)
    let expected = "one of " + taken.joined(separator: ", ")
    let prefix = path.isEmpty ? "" : path + "."
    for unknown in members where !known.contains(unknown.name) {
      complaints.note(
        SessionError(unknown.value, prefix + unknown.name, expected: expected, found: "an unknown field"))
    }
    try complaints.raise()
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
  package func text(path: String) throws(SessionError) -> String {
    guard case .text(let text) = content else { throw SessionError(self, path, expected: "a text") }
    return text
  }

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
