/// Every operator that a session may name, in the order of the format's table.
public enum OperatorCatalog {
  public static let all: [any Operator.Type] = [
    Dense.self, Monotone.self, Convolve.self, Propagate.self, Inject.self, Activate.self, Normalize.self, Skip.self,
    Scale.self,
  ]

  public static func named(_ name: String) -> (any Operator.Type)? {
    all.first { $0.description.name == name }
  }
}
