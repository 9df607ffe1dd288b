internal import LinearAlgebra

/// How many of a fixed number of seeded starts settle at each fixed point that is proved: a measurement.
///
/// A value that grows by ``refine(on:by:)``: the same parts in the same order, whenever they are made, give the same
/// counts.
public struct BasinShares: Sendable, Equatable {
  /// Number of starts.
  public static let count = 1000

  public let fixedPoints: [EnclosedFixedPoint]
  /// Where the starts are drawn from.
  public let region: StartRegion
  public let seed: UInt64
  /// Starts that settled at each of the fixed points.
  public private(set) var counts: [Int]
  /// Starts that settled at none of them.
  public private(set) var elsewhere = 0
  /// Starts that did not settle within ``PhaseSurvey/mostSteps`` steps.
  public private(set) var unsettled = 0

  /// Counts of nothing yet.
  public init(of fixedPoints: [EnclosedFixedPoint], in region: StartRegion, seed: UInt64) {
    self.fixedPoints = fixedPoints
    self.region = region
    self.seed = seed
    counts = fixedPoints.map { _ in 0 }
  }

  /// Starts that were followed: those that settled somewhere, and those that did not.
  public var tried: Int { counts.reduce(0, +) + elsewhere + unsettled }
  public var isComplete: Bool { tried == Self.count }

  /// Follows the next part of the starts.
  public mutating func refine(on network: Network, by solver: some EntrywiseSolver) {
    let part = tried..<min(Self.count, tried + BasinMap.partSize(dimension: network.dimension))
    let starts = part.flatMap { region.point($0, seed: seed) }
    let solutions = Batch(network, count: part.count).solve(
      from: Matrix(rows: part.count, columns: network.dimension, values: starts), by: solver,
      stopping: PhaseSurvey.stopping(region, dimension: network.dimension, count: 1))
    for solution in solutions { note(solution) }
  }

  private mutating func note(_ solution: Solution) {
    guard let point = solution.fixedPoint else {
      unsettled += 1
      return
    }
    guard let index = fixedPoints.index(reachedAt: point) else {
      elsewhere += 1
      return
    }
    counts[index] += 1
  }
}
