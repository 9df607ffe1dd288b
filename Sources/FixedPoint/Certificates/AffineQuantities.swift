internal import LinearAlgebra

/// What is reported of the matrix W of a pipeline's one affine part: measurements, accurate to rounding.
///
/// Source: theory, end of section 3.
public struct AffineQuantities: Sendable, Equatable {
  /// ‖W‖₂
  public let norm2: Double
  /// The largest row sum of |W|.
  public let normInf: Double
  /// The Perron root of |W|.
  public let perronRootAbsolute: Double
  /// λ_min(I - (W + Wᵀ)/2)
  public let monotonicity: Double
  /// max_i (W_ii + Σ_{j≠i} |W_ij|)
  public let matrixMeasureInf: Double
  /// The spectral abscissa of W with its diagonal kept and |.| off it.
  public let metzlerAbscissa: Double

  /// `nil` unless exactly one operator of the pipeline is a linear map with weights, and these are square.
  public init?(_ network: Network) {
    guard network.sizeObstacle == nil, let weight = network.oneAffinePart, weight.rows == weight.columns,
      weight.rows > 0,
      let norm2 = try? weight.norm2(), let root = try? weight.absolute.perronRoot(),
      let abscissa = try? weight.metzlerPart.metzlerAbscissa(),
      let largest = try? SymmetricEigen.values(of: weight.symmetricPart).last
    else { return nil }
    self.norm2 = norm2
    normInf = weight.normInf
    perronRootAbsolute = root.value
    monotonicity = 1 - largest
    matrixMeasureInf = weight.metzlerPart.largestRowSum
    metzlerAbscissa = abscissa.value
  }
}

extension Matrix {
  fileprivate var largestRowSum: Double {
    (0..<rows).map { row($0).reduce(0, +) }.max() ?? -.infinity
  }
}
