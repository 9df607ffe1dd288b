/// Which of n parts of a piece of work: of a sweep a run of cells of its own, of a training every n-th run.
public struct SweepShard: Sendable, Equatable {
  /// From 1 to ``count``.
  public let number: Int
  public let count: Int

  public static let whole = SweepShard(number: 1, count: 1)

  init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }

  /// Reads `i/n`; `nil` unless 1 <= i <= n.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], count <= SweepSpec.mostCells,
      number >= 1, number <= count
    else { return nil }
    self.init(number: number, count: count)
  }

  /// The shard's cells, of `total`; sizes differ by one at most.
  public func cells(of total: Int) -> Range<Int> { (number - 1) * total / count..<number * total / count }

  public var text: String { "\(number)/\(count)" }
}
