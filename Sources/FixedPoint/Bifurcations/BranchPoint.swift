public import LinearAlgebra

/// A fixed point on a branch: z = f(z, λ).
public struct BranchPoint: Sendable, Equatable {
  public let parameter: Double
  public let state: [Double]
  /// Eigenvalues of J(z, λ), the largest magnitude first; a complex pair stands together. Where several pieces of f meet,
  /// those of the piece with the largest spectral radius.
  public let eigenvalues: [ComplexNumber]
  /// Whether Picard's iteration settles here from nearby, as computed.
  public let stability: Stability
  /// (z, part of the way through the parameter's range)
  let place: [Double]
  /// Unit direction of the branch at its place.
  let tangent: [Double]
  /// The piece of f that the branch runs through.
  let cell: Cell
  /// The pieces that meet here, one but in a border.
  let pieces: [Piece]

  public enum Stability: String, Sendable {
    case attracting
    case repelling
    /// At an event, or where f has a kink and its pieces disagree.
    case undecided
  }

  /// J of one piece of f, by its eigenvalues, the largest magnitude first.
  struct Piece: Sendable, Equatable {
    let cell: Cell
    let eigenvalues: [ComplexNumber]

    /// Number of eigenvalues outside the unit circle.
    var unstableCount: Int { eigenvalues.count { $0.magnitude > 1 } }
    var spectralRadius: Double { eigenvalues.first?.magnitude ?? 0 }
  }

  public var spectralRadius: Double { eigenvalues.first?.magnitude ?? 0 }
  /// True if Picard's iteration settles here from nearby, as computed.
  public var isStable: Bool { stability == .attracting }

  /// The parameter's part of the direction.
  var parameterSpeed: Double { tangent[state.count] }

  /// The same point, passed the other way.
  var reversed: BranchPoint {
    BranchPoint(
      parameter: parameter, state: state, eigenvalues: eigenvalues, stability: stability, place: place,
      tangent: tangent.map { -$0 }, cell: cell, pieces: pieces)
  }
}
