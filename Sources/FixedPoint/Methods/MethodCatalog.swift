/// Every method that a session may name.
public enum MethodCatalog {
  public static let all: [any FixedPointSolver.Type] = []

  public static func named(_ name: String) -> (any FixedPointSolver.Type)? {
    all.first { $0.description.name == name }
  }
}
