/// A factorisation or a decomposition that cannot be had, with the place where it broke.
public enum LinearAlgebraError: Error, Sendable, Equatable {
  /// The entry is infinite or not a number.
  case notFinite(row: Int, column: Int)
  /// The pivot at this index is exactly zero.
  case singular(pivot: Int)
  /// The column depends linearly on those before it, to working precision.
  case rankDeficient(column: Int)
  /// The leading principal minor of this order is not positive.
  case notPositiveDefinite(order: Int)
  /// An iteration inside the routine did not converge.
  case noConvergence(routine: String)
  /// The routine could not run: LAPACK's code (an argument's position, or no memory).
  case failed(routine: String, code: Int)
}

extension Matrix {
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)`` for the first entry, row by row, that is not finite.
  func requireFinite() throws(LinearAlgebraError) {
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
    throw .notFinite(row: index / columns, column: index % columns)
  }
}

/// Throws for a negative code: the routine did not run.
func requireRun(_ routine: String, _ code: Int32) throws(LinearAlgebraError) {
  if code < 0 { throw .failed(routine: routine, code: Int(code)) }
}
