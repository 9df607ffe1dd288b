/// Every operator that a session may name, in the order of the format's table.
public enum OperatorCatalog {
  public static let all: [any Operator.Type] = []

  public static func named(_ name: String) -> (any Operator.Type)? {
    all.first { $0.description.name == name }
  }
}
