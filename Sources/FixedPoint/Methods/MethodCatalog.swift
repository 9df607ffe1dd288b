/// Every method that a session may name.
public enum MethodCatalog {
  public static let all: [any FixedPointSolver.Type] = [
    Picard.self, Damped.self, Averaged.self, Anderson.self, AndersonLog.self, Broyden.self, Newton.self,
    NewtonKrylov.self, NewtonLog.self, ForwardBackward.self, PeacemanRachford.self, DouglasRachford.self, Aitken.self,
    ReducedRank.self, MinimalPolynomial.self,
  ]

  public static func named(_ name: String) -> (any FixedPointSolver.Type)? {
    all.first { $0.description.name == name }
  }
}
