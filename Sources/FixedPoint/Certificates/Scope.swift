/// Where a statement holds: a set of points, and whether f maps that set into itself.
///
/// Only the first three kinds may be called "the map": a claim of one fixed point on them counts wherever one answer is
/// asked for. A leaf or a local box was chosen by a measurement, and what holds there says nothing about the rest.
public struct Scope: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// All of Rⁿ.
    case everywhere
    /// All z > 0.
    case openCone = "open-cone"
    /// All z >= 0.
    case closedCone = "closed-cone"
    /// The positive part of the unit sphere of a norm.
    case leaf
    /// An order interval that was put around a computed point, or that a person chose.
    case localBox = "local-box"
  }

  public let kind: Kind
  /// The box that is meant: of a local box the box itself; else a part of the set, which f maps all of the set into,
  /// perhaps after some steps; `nil` for the whole set.
  public let box: IntervalVector?
  /// Whether f is proved to map the set (its ``box``, if there is one) into itself.
  public let isInvariant: Bool
  /// p of the norm whose sphere a leaf is on, `.infinity` for the largest entry; `nil` for the other kinds.
  public let norm: Double?

  private init(_ kind: Kind, box: IntervalVector? = nil, isInvariant: Bool, norm: Double? = nil) {
    self.kind = kind
    self.box = box
    self.isInvariant = isInvariant
    self.norm = norm
  }

  /// All of Rⁿ, which a map that is defined everywhere maps into itself.
  public static func everywhere(isInvariant: Bool = true) -> Scope { Scope(.everywhere, isInvariant: isInvariant) }
  public static func openCone(isInvariant: Bool) -> Scope { Scope(.openCone, isInvariant: isInvariant) }
  public static func closedCone(isInvariant: Bool) -> Scope { Scope(.closedCone, isInvariant: isInvariant) }

  /// The positive part of the unit sphere of the p-norm; the part of it in `box`, where one is given.
  public static func leaf(norm: Double, box: IntervalVector? = nil, isInvariant: Bool) -> Scope {
    Scope(.leaf, box: box, isInvariant: isInvariant, norm: norm)
  }

  public static func localBox(_ box: IntervalVector, isInvariant: Bool) -> Scope {
    Scope(.localBox, box: box, isInvariant: isInvariant)
  }
}

extension Scope {
  /// Whether a claim here is one about the map: all of Rⁿ, or all of the open or the closed cone.
  public var isWhole: Bool {
    switch kind {
    case .everywhere, .openCone, .closedCone: box == nil
    case .leaf, .localBox: false
    }
  }

  /// The set that the box of this scope is a part of; of a local box the box.
  public var whole: Scope {
    kind == .localBox ? self : Scope(kind, isInvariant: isInvariant, norm: norm)
  }

  /// The part of the set in a box that f maps into itself.
  func within(_ box: IntervalVector) -> Scope { Scope(kind, box: box, isInvariant: true, norm: norm) }

  /// The wider kinds first.
  public var rank: Int { Kind.allCases.firstIndex(of: kind) ?? Kind.allCases.count }
}
