/// Every theorem, in the order in which certificates are computed and shown.
public enum TheoremCatalog {
  public static let all: [any Theorem.Type] = [
    SubhomogeneousThompson.self,
    SubhomogeneousOrderPreserving.self,
    SubhomogeneousRadial.self,
    SubhomogeneousHilbert.self,
    PositiveConcave.self,
    MonotoneOperator.self,
    DiagonalLyapunov.self,
    PerronFrobenius.self,
    MatrixMeasure.self,
    LipschitzOne.self,
    LipschitzTwo.self,
    LipschitzSup.self,
    VerifiedEnumeration.self,
    LocalSpectralRadius.self,
  ]

  public static func named(_ id: String) -> (any Theorem.Type)? { all.first { $0.id == id } }
}
