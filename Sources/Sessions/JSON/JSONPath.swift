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

  /// The value at a path; `nil` where there is none.
  func value(at path: JSONPath) -> JSON? {
    path.steps.reduce(self) { value, step in
      switch (step, value?.content) {
      case (.name(let name), _): value?[name]
      case (.index(let index), .array(let items)?) where items.indices.contains(index): items[index]
      default: nil
      }
    }
  }

  /// The value with another one at a path; `null` takes a member away. `nil` if the path leads nowhere.
  package func setting(_ path: String, to value: JSON) -> JSON? {
    var result = self
    guard let steps = JSONPath(path), result.replace(at: steps.steps[...], by: value) else { return nil }
    return result
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

extension JSON {
  /// The smallest single replacement that makes this value another: the path of the innermost value that holds all that
  /// differs, and what stands there then (`null` for a member that goes). `nil` if they are the same.
  func edit(toward other: JSON) -> (path: String, value: JSON)? {
    guard self != other else { return nil }
    return step(toward: other) ?? ("", other)
  }

  private func step(toward other: JSON) -> (path: String, value: JSON)? {
    switch (content, other.content) {
    case (.object(let mine), .object(let others)):
      let names = mine.map(\.name) + others.map(\.name).filter { self[$0] == nil }
      let changed = names.filter { self[$0] != other[$0] }
      guard changed.count == 1 else { return nil }
      return Self.edit(at: changed[0], from: self[changed[0]], to: other[changed[0]])
    case (.array(let mine), .array(let others)) where mine.count == others.count:
      let changed = mine.indices.filter { mine[$0] != others[$0] }
      guard changed.count == 1 else { return nil }
      return Self.edit(at: "[\(changed[0])]", from: mine[changed[0]], to: others[changed[0]])
    default: return nil
    }
  }

  private static func edit(at step: String, from old: JSON?, to new: JSON?) -> (path: String, value: JSON) {
    guard let old, let new, let inner = old.step(toward: new) else { return (step, new ?? .null) }
    return (step + (inner.path.hasPrefix("[") ? "" : ".") + inner.path, inner.value)
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
