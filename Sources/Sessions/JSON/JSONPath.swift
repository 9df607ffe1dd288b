/// A place in a JSON document: `network.operators[0].weight`.
struct JSONPath: Equatable {
  enum Step: Equatable {
    case name(String)
    case index(Int)
  }

  let steps: [Step]
  var first: Step? { steps.first }

  /// `nil` if the text is not a path.
  init?(_ text: String) {
    var steps: [Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard let name = pieces.first, !name.isEmpty else { return nil }
      steps.append(.name(String(name)))
      for piece in pieces.dropFirst() {
        guard piece.last == "]", let index = Int(piece.dropLast()), index >= 0 else { return nil }
        steps.append(.index(index))
      }
    }
    self.steps = steps
  }
}

extension JSON {
  /// The value at a path, or the last one on the way that exists.
  func nearest(to path: JSONPath) -> JSON {
    var value = self
    for step in path.steps {
      switch (step, value.content) {
      case (.name(let name), _):
        guard let member = value[name] else { return value }
        value = member
      case (.index(let index), .array(let items)) where items.indices.contains(index): value = items[index]
      default: return value
      }
    }
    return value
  }

  /// Replaces the value at a path; `null` removes a member, a member of an existing object may be new.
  /// - Returns: false if the path leads nowhere.
  mutating func replace(at steps: ArraySlice<JSONPath.Step>, by value: JSON) -> Bool {
    guard let step = steps.first else {
      self = value
      return true
    }
    switch (step, content) {
    case (.name(let name), .object(var members)):
      guard members.replace(name, at: steps.dropFirst(), by: value) else { return false }
      content = .object(members)
      return true
    case (.index(let index), .array(var items)) where items.indices.contains(index):
      guard items[index].replace(at: steps.dropFirst(), by: value) else { return false }
      content = .array(items)
      return true
    default: return false
    }
  }
}

extension [JSON.Member] {
  fileprivate mutating func replace(_ name: String, at steps: ArraySlice<JSONPath.Step>, by value: JSON) -> Bool {
    let position = firstIndex { $0.name == name }
    if steps.isEmpty, value.content == .null {
      guard let position else { return false }
      remove(at: position)
      return true
    }
    guard let position else {
      if steps.isEmpty { append(JSON.Member(name, value)) }
      return steps.isEmpty
    }
    return self[position].value.replace(at: steps, by: value)
  }
}
