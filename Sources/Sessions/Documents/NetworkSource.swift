public import FixedPoint

/// The network of a session: shapes and operators by name.
public struct NetworkSource: Sendable, Equatable {
  public var stateShape: Shape
  /// Shape of x; `nil` if the map has no input.
  public var inputShape: Shape?
  public var operators: [OperatorSource]

  public init(stateShape: Shape, inputShape: Shape? = nil, operators: [OperatorSource]) {
    self.stateShape = stateShape
    self.inputShape = inputShape
    self.operators = operators
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    stateShape = reader.required("state", expected: "an object with a shape", Self.shape) ?? Shape([1])
    inputShape = reader.read("input", Self.shape)
    operators = reader.list("operators", expected: "an array of operators", OperatorSource.init(_:path:))
    try reader.finish()
  }

  private static func shape(_ json: JSON, _ path: String) throws(SessionError) -> Shape {
    var reader = try ObjectReader(json, path: path, expected: "an object with a shape")
    let shape = reader.required("shape", expected: "an array of sizes") { json, path throws(SessionError) in
      try json.shape(path: path)
    }
    try reader.finish()
    return shape ?? Shape([1])
  }

  /// Takes the operators that are the same as another's from there: a history of edits keeps each of them once.
  mutating func shareOperators(with other: NetworkSource) {
    for position in operators.indices.prefix(other.operators.count)
    where operators[position] == other.operators[position] {
      operators[position] = other.operators[position]
    }
  }

  var json: JSON {
    var members = [JSON.Member("state", ["shape": JSON(stateShape)])]
    if let inputShape { members.append(JSON.Member("input", ["shape": JSON(inputShape)])) }
    members.append(JSON.Member("operators", JSON(operators.map(\.json))))
    return JSON(members)
  }
}
