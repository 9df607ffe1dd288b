/// What ``Anderson`` keeps of the past, by variant; the other one's part stays empty.
public struct AndersonMemory: AccelerationMemory {
  var differences: AndersonDifferences
  var ring = AndersonRing()

  /// Columns are shared from state to state; the factorisation and the newest columns are not.
  public var footprint: Int {
    8 * differences.dimension * (4 + differences.count) + 16 * differences.count + 16 * ring.iterates.count
  }

  public mutating func removeAll() {
    differences.removeAll()
    ring = AndersonRing()
  }
}
