/// Every theorem, in the order in which certificates are computed and shown.
public enum TheoremCatalog {
  public static let all: [any Theorem.Type] = []

  public static func named(_ id: String) -> (any Theorem.Type)? { all.first { $0.id == id } }
}
