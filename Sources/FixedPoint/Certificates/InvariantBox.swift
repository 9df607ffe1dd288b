internal import LinearAlgebra

/// A box that f maps into itself, and the set whose orbits end in it.
///
/// Proved, not sampled: every bound is an outward rounded enclosure. f is continuous on the box, so that by Brouwer it
/// has a fixed point there; every fixed point of ``domain`` lies in ``box``, and every Picard orbit that starts in
/// ``domain`` is in ``box`` after ``steps`` steps.
public struct InvariantBox: Sendable, Equatable {
  public let domain: Scope
  public let box: IntervalVector
  public let steps: Int
  /// Larger boxes that f maps into themselves, on the way to ``box``, which is the last: orbits are in them earlier.
  public let stages: [Stage]

  public struct Stage: Sendable, Equatable {
    public let box: IntervalVector
    /// Picard orbits from the domain are in the box after this many steps.
    public let steps: Int
  }

  /// Takes stages, each within the one before it, the last the smallest.
  private init(_ domain: Scope, _ stages: [Stage]) {
    self.domain = domain
    self.stages = stages
    let last = stages[stages.count - 1]
    box = last.box
    steps = last.steps
  }

  /// The box as a part of ``domain``: where rates hold.
  public var scope: Scope { domain.kind == .localBox ? .localBox(box, isInvariant: true) : domain.within(box) }

  /// One of the larger boxes as a part of ``domain``.
  func scope(of stage: Stage) -> Scope {
    domain.kind == .localBox ? .localBox(stage.box, isInvariant: true) : domain.within(stage.box)
  }

  /// The same box as the end of another domain's orbits.
  func from(_ domain: Scope) -> InvariantBox { InvariantBox(domain, stages) }

  /// True if the box lies in the open cone.
  public var isPositive: Bool { box.lower.allSatisfy { $0 > 0 } }
}

extension InvariantBox {
  /// Shrinks `B <- f(B) ∩ B` until no entry loses 1 % of its width any more, once only where the state is too large for
  /// the theorems that live on narrow boxes.
  ///
  /// If f(B) ⊂ B and B' = F(B) ∩ B with an enclosure F, then f(B') ⊂ f(B) ⊂ B' again; orbits of B are in B' one step
  /// later, and fixed points of B are in B'.
  ///
  /// Takes a box that f maps into itself, and after how many steps orbits of the domain are in it.
  static func shrunk(_ start: IntervalVector, from domain: Scope, after steps: Int, under network: Network)
    -> InvariantBox
  {
    var stages = [Stage(box: start, steps: steps)]
    var box = start
    for step in 1...(network.sizeObstacle == nil ? mostShrinkings : 1) {
      guard let image = try? network.enclose(box), let next = image.intersection(box) else { break }
      let shrinks = (0..<box.count).contains { next[$0].width < 0.99 * box[$0].width }
      box = next
      // Stages 0, 1, 2, 4, 8, … and the last are kept.
      if (step - 1).nonzeroBitCount > 1 { stages.removeLast() }
      stages.append(Stage(box: box, steps: steps + step))
      if !shrinks { break }
    }
    return InvariantBox(domain, stages)
  }

  private static let mostShrinkings = 200

  /// The box of all images of `domain`, shrunk; `nil` if f is not bounded, or not continuous, on all of it.
  static func ofImages(over region: IntervalVector, from domain: Scope, under network: Network) -> InvariantBox? {
    guard let image = try? network.enclose(region), image.isFinite, let start = image.intersection(region) else {
      return nil
    }
    return shrunk(start, from: domain, after: 1, under: network)
  }
}

/// The search for an invariant box around a point, for maps that are unbounded.
///
/// Boxes of one shape grow from the point by doubling: `center ± r w`, or `center · exp(± r w)` in the cone. The largest
/// one that f provably maps into itself is kept. With w the Perron vector of the Jacobian's magnitude, small boxes are
/// invariant wherever f contracts in a weighted sup norm.
struct InvariantBoxSearch {
  let network: Network
  let center: [Double]
  let weights: [Double]

  /// The largest invariant box `center ± r w`, shrunk.
  func additive() -> InvariantBox? {
    let scale = max(Vector.normSup(center), 1)
    return grown(radii: (-30...60).map { scale * Double(sign: .plus, exponent: $0, significand: 1) }) { radius in
      IntervalVector(
        lower: zip(center, weights).map { Rounding.sumDown($0, -radius * $1) },
        upper: zip(center, weights).map { Rounding.sumUp($0, radius * $1) })
    }
  }

  /// The largest invariant box `center · exp(± r w)`, shrunk; `nil` if the center is not in the open cone.
  func logarithmic() -> InvariantBox? {
    guard center.allSatisfy({ $0 > 0 }) else { return nil }
    return grown(radii: (-40...9).map { Double(sign: .plus, exponent: $0, significand: 1) }) { radius in
      let factors = weights.map { Interval.exp(Interval(radius * $0)).upper }
      return IntervalVector(
        lower: zip(center, factors).map { Rounding.quotientDown($0, $1) },
        upper: zip(center, factors).map { Rounding.productUp($0, $1) })
    }
  }

  private func grown(radii: [Double], _ box: (Double) -> IntervalVector) -> InvariantBox? {
    var largest: IntervalVector?
    for radius in radii {
      let candidate = box(radius)
      guard candidate.isFinite else { break }
      guard let image = try? network.enclose(candidate), candidate.contains(image) else {
        if largest != nil { break }
        continue
      }
      largest = candidate
    }
    return largest.map { InvariantBox.shrunk($0, from: .localBox($0, isInvariant: true), after: 0, under: network) }
  }
}
