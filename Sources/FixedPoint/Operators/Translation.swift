public import LinearAlgebra

/// An operator that adds to the value something that does not depend on it: its derivative is the identity.
public protocol Translation: Operator {}

extension Translation {
  public func pushForward(_ tangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    result.copy(tangent)
  }

  public func pullBack(_ cotangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    result.copy(cotangent)
  }

  public func pushForwardAbsolute(
    _ vector: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>
  ) {
    result.copy(vector)
  }

  public func multiplyJacobian(at value: Span<Double>, by running: Matrix) -> Matrix { running }

  public func encloseJacobian(
    over value: IntervalVector, times running: IntervalMatrix
  ) throws(EnclosureError) -> IntervalMatrix { running }
}
