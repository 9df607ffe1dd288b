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
    stateShape = try Self.shape(try reader.require("state", expected: "an object with a shape"), path + ".state")
    if let json = reader.take("input") { inputShape = try Self.shape(json, path + ".input") }
    _ = try reader.require("operators", expected: "an array of operators")
    let items = try reader.items("operators", expected: "an array of operators") ?? []
    operators = []
    for (position, item) in items.enumerated() {
      operators.append(try OperatorSource(item, path: "\(path).operators[\(position)]"))
    }
    try reader.finish()
  }

  private static func shape(_ json: JSON, _ path: String) throws(SessionError) -> Shape {
    var reader = try ObjectReader(json, path: path, expected: "an object with a shape")
    let shape = try reader.require("shape", expected: "an array of sizes").shape(path: path + ".shape")
    try reader.finish()
    return shape
  }

  var json: JSON {
    var members = [JSON.Member("state", ["shape": JSON(stateShape)])]
    if let inputShape { members.append(JSON.Member("input", ["shape": JSON(inputShape)])) }
    members.append(JSON.Member("operators", JSON(operators.map(\.json))))
    return JSON(members)
  }
}
