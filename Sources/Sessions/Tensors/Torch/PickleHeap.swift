/// What a pickle describes: values that refer to each other by their place, so that shared and cyclic ones need no care.
///
/// Only what a checkpoint is made of exists here. Nothing that a pickle says is ever executed.
struct PickleHeap {
  /// The place of a value.
  struct Reference: Hashable {
    let index: Int
  }

  enum Value {
    case none
    case flag(Bool)
    case integer(Int)
    /// An integer beyond 64 bits, in two's complement, the lowest byte first.
    case longInteger([UInt8])
    case number(Double)
    case text(String)
    case bytes(ArraySlice<UInt8>)
    case tuple([Reference])
    case list([Reference])
    case dictionary([(key: Reference, value: Reference)])
    case global(PickleGlobal)
    case storage(TorchStorage)
    case tensor(TorchView)
  }

  private var values: [Value] = []

  mutating func add(_ value: Value) -> Reference {
    values.append(value)
    return Reference(index: values.count - 1)
  }

  subscript(reference: Reference) -> Value { values[reference.index] }

  /// - Throws: ``SessionError`` if there is no list.
  mutating func append(_ items: [Reference], toListAt reference: Reference) throws(SessionError) {
    // Taken out for the change, so that the list is not copied.
    guard case .list(var list) = values[reference.index] else {
      throw SessionError(expected: "a list", found: values[reference.index].summary)
    }
    values[reference.index] = .none
    list += items
    values[reference.index] = .list(list)
  }

  /// - Throws: ``SessionError`` if there is no dictionary, or a key without a value.
  mutating func append(_ items: [Reference], toDictionaryAt reference: Reference) throws(SessionError) {
    guard case .dictionary(var dictionary) = values[reference.index], items.count.isMultiple(of: 2) else {
      throw SessionError(expected: "a dictionary", found: values[reference.index].summary)
    }
    values[reference.index] = .none
    for start in stride(from: 0, to: items.count, by: 2) { dictionary.append((items[start], items[start + 1])) }
    values[reference.index] = .dictionary(dictionary)
  }
}

extension PickleHeap {
  func tuple(_ reference: Reference) throws(SessionError) -> [Reference] {
    guard case .tuple(let items) = self[reference] else {
      throw SessionError(expected: "a tuple", found: self[reference].summary)
    }
    return items
  }

  func tensor(_ reference: Reference) throws(SessionError) -> TorchView {
    guard case .tensor(let view) = self[reference] else {
      throw SessionError(expected: "a tensor", found: self[reference].summary)
    }
    return view
  }

  func integer(_ reference: Reference) throws(SessionError) -> Int {
    guard case .integer(let integer) = self[reference] else {
      throw SessionError(expected: "an integer", found: self[reference].summary)
    }
    return integer
  }

  func integers(_ reference: Reference) throws(SessionError) -> [Int] {
    var integers: [Int] = []
    for item in try tuple(reference) { integers.append(try integer(item)) }
    return integers
  }

  func text(_ reference: Reference) throws(SessionError) -> String {
    guard case .text(let text) = self[reference] else {
      throw SessionError(expected: "a text", found: self[reference].summary)
    }
    return text
  }
}

extension PickleHeap.Value {
  /// What the value is, for messages.
  var summary: String {
    switch self {
    case .none: "None"
    case .flag(let flag): flag ? "True" : "False"
    case .integer(let integer): "\(integer)"
    case .longInteger: "a long integer"
    case .number(let number): "\(number)"
    case .text(let text): JSON(text).summary
    case .bytes: "bytes"
    case .tuple: "a tuple"
    case .list: "a list"
    case .dictionary: "a dictionary"
    case .global(let global): global.name
    case .storage: "a storage"
    case .tensor: "a tensor"
    }
  }
}
