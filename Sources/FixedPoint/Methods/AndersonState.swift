/// The state of ``Anderson``: the iterate, its image, and the past that the variant keeps (the other one stays empty).
public struct AndersonState: SolverState {
  public internal(set) var iterate: [Double]
  public internal(set) var image: [Double]
  public internal(set) var evaluations: Int
  var differences: AndersonDifferences
  var safeguard: AndersonSafeguard
  var ring: AndersonRing

  /// Columns are shared from state to state; the factorisation and the newest columns are not.
  public var footprint: Int {
    let vectors = 4 + differences.count
    return 8 * iterate.count * vectors + 16 * differences.count + 16 * ring.iterates.count + 256
  }
}
