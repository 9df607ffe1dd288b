/// Every method that a session may name.
public enum MethodCatalog {
  public static let all: [any FixedPointSolver.Type] = [
    Picard.self, Damped.self, Anderson.self, ForwardBackward.self, PeacemanRachford.self, DouglasRachford.self,
  ]

  public static func named(_ name: String) -> (any FixedPointSolver.Type)? {
    all.first { $0.description.name == name }
  }
}
