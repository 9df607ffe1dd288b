internal import LinearAlgebra

/// The box from which the starts of a phase portrait are drawn.
public struct StartRegion: Sendable, Equatable {
  /// Where the box comes from.
  public enum Origin: Sendable, Equatable {
    /// Half as wide again as a box that holds f(z) for every z, or for every z of the cone.
    case images
    /// Around 0, by the size of the session's start: f is not known to be bounded.
    case start
  }

  public let box: IntervalVector
  public let origin: Origin
  /// The map keeps the positive cone, and starts are in it.
  public let isCone: Bool

  /// The region of a map, with the start of the session that it is from.
  public init(_ analysis: Analysis, start: [Double]) {
    let isCone = Self.keepsCone(analysis, start)
    self.isCone = isCone
    let images = isCone ? analysis.boxOfCone : analysis.boxEverywhere
    if let box = images?.stages.first?.box, box.isFinite {
      origin = .images
      self.box = Self.widened(box, isCone: isCone)
    } else {
      origin = .start
      let reach = 2 * start.reduce(1) { max($0, $1.isFinite ? abs($1) : 0) }
      self.box = IntervalVector(start.map { _ in Interval(isCone ? reach * Self.least : -reach, reach) })
    }
  }

  /// Starts of a cone are at least this part of the upper end.
  private static let least = 1e-3

  private static func widened(_ box: IntervalVector, isCone: Bool) -> IntervalVector {
    IntervalVector(
      box.intervals.map { interval in
        let margin = max(interval.width / 4, 0.25 * interval.magnitude, 1e-6)
        let upper = interval.upper + margin
        return Interval(isCone ? max(interval.lower - margin, upper * least) : interval.lower - margin, upper)
      })
  }

  /// The image of the closed cone lies in the open one; where f is not known to be defined everywhere, it is enough that
  /// the start and its image are positive.
  private static func keepsCone(_ analysis: Analysis, _ start: [Double]) -> Bool {
    let network = analysis.network
    if let image = try? network.enclose(.closedCone(start.count)), image.lower.allSatisfy({ $0 > 0 }) { return true }
    if (try? network.enclose(.everything(start.count))) != nil { return false }
    return (start + network.image(of: start)).allSatisfy { $0 > 0 }
  }

  /// Points spread over the box without a pattern: the same ones for the same seed, and the first ones of a larger count.
  public func points(_ count: Int, seed: UInt64) -> [[Double]] {
    (0..<count).map { point($0, seed: seed) }
  }

  /// One of these points.
  func point(_ index: Int, seed: UInt64) -> [Double] {
    var generator = SplitMix64(seed: seed, index: index)
    return box.intervals.map { generator.number($0.lower, $0.upper) }
  }

  /// A point close to another, in no preferred direction: each entry is moved by at most ``displacement`` times 1 + the
  /// largest entry, and stays positive in a cone.
  public func point(beside center: [Double], seed: UInt64) -> [Double] {
    var generator = SplitMix64(seed: seed)
    let size = Self.displacement * (1 + Vector.normSup(center))
    return center.map { entry in
      let moved = entry + generator.number(-size, size)
      return isCone ? max(moved, Self.least * size) : moved
    }
  }

  /// How far ``point(beside:seed:)`` goes, relative to the point's size or 1.
  public static let displacement = 1e-3

  /// Whether a start is allowed.
  public func allows(_ start: [Double]) -> Bool { !isCone || start.allSatisfy { $0 > 0 } }
}
