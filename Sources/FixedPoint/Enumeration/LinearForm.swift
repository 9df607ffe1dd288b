/// Encloses a running value by a linear function of the state: v ∈ A z + b for every state z of a box.
///
/// The matrices within A differ by rounding only: what the operators bend is in b.
/// Source: de Figueiredo, Stolfi, *Affine arithmetic: concepts and applications*, Numerical Algorithms 37 (2004).
public struct LinearForm: Sendable {
  /// A, entries of the value x entries of the state.
  public var coefficients: IntervalMatrix
  /// b, one interval for each entry of the value.
  public var remainder: IntervalVector

  public init(coefficients: IntervalMatrix, remainder: IntervalVector) {
    precondition(coefficients.rows == remainder.count, "a remainder for each row of coefficients")
    self.coefficients = coefficients
    self.remainder = remainder
  }

  /// v = z.
  public static func state(_ dimension: Int) -> LinearForm {
    LinearForm(
      coefficients: .identity(dimension), remainder: IntervalVector(Array(repeating: 0, count: dimension)))
  }

  /// Encloses the value for all z in the box.
  public func range(over box: IntervalVector) -> IntervalVector { coefficients * box + remainder }
}
