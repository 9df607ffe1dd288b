public import LinearAlgebra

/// What the convergence of a splitting method depends on: how strongly monotone F(z) = (I - W) z - b is, and how
/// steep. Measured in floating point; a proof is the certificate's to give.
///
/// Source: Winston, Kolter 2020, section 3; theory, section 3 (6).
public struct MonotoneConstants: Sendable, Equatable {
  /// m = λ_min(I - (W + Wᵀ)/2).
  public let strength: Double
  /// L = ‖I - W‖₂.
  public let lipschitz: Double
  private let dimension: Int

  /// - Throws: `LinearAlgebraError` for a matrix with an entry that is not finite.
  public init(weight: Matrix) throws(LinearAlgebraError) {
    let slope = Matrix.identity(weight.rows).adding(-1, times: weight)
    strength = try SymmetricEigen.values(of: slope.symmetricPart).first ?? 0
    lipschitz = try slope.norm2()
    dimension = weight.rows
  }

  /// What m may be off by, from rounding.
  private var uncertainty: Double { 8 * Double(dimension) * .ulpOfOne * lipschitz }

  /// m is positive beyond the rounding error of its own computation.
  public var isStronglyMonotone: Bool { strength > uncertainty }

  /// m is not negative, up to the rounding error of its own computation.
  public var isMonotone: Bool { strength >= -uncertainty }

  /// m / L², the step of forward-backward splitting with the least factor; it converges for steps below twice that.
  public var forwardBackwardStep: Double { strength / (lipschitz * lipschitz) }

  /// 1 / L, the step of Peaceman-Rachford splitting with the least factor.
  public var resolventStep: Double { 1 / lipschitz }

  /// sqrt(1 - 2αm + α²L²): ‖z_k - z*‖₂ falls at least by this factor a step of forward-backward splitting.
  public func forwardBackwardFactor(step: Double) -> Double {
    (1 - 2 * step * strength + step * step * lipschitz * lipschitz).squareRoot()
  }

  /// sqrt(1 - 4αm/(1 + αL)²): ‖u_k - u*‖₂ falls at least by this factor a step of Peaceman-Rachford splitting.
  public func peacemanRachfordFactor(step: Double) -> Double {
    let width = 1 + step * lipschitz
    return (1 - 4 * step * strength / (width * width)).squareRoot()
  }
}

extension Matrix {
  /// A + factor · B.
  func adding(_ factor: Double, times other: Matrix) -> Matrix {
    precondition(rows == other.rows && columns == other.columns, "the terms of a sum have one shape")
    var sum = self
    for index in sum.values.indices { sum.values[index] += factor * other.values[index] }
    return sum
  }
}
