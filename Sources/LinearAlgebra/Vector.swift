internal import COpenBLAS

/// Products and norms of vectors, without allocation.
public enum Vector {
  /// xᵀ y, for equal lengths.
  public static func dot(_ x: Span<Double>, _ y: Span<Double>) -> Double {
    precondition(x.count == y.count, "a dot product takes vectors of one length")
    BLAS.prepare()
    return unsafe x.withUnsafeBufferPointer { first in
      unsafe y.withUnsafeBufferPointer { second in
        unsafe cblas_ddot(Int32(first.count), first.baseAddress, 1, second.baseAddress, 1)
      }
    }
  }

  /// xᵀ y, for equal lengths.
  public static func dot(_ x: [Double], _ y: [Double]) -> Double { dot(x.span, y.span) }

  /// ‖x‖₂, without overflow or underflow on the way.
  public static func norm2(_ x: Span<Double>) -> Double {
    BLAS.prepare()
    return unsafe x.withUnsafeBufferPointer { unsafe cblas_dnrm2(Int32($0.count), $0.baseAddress, 1) }
  }

  /// ‖x‖₂, without overflow or underflow on the way.
  public static func norm2(_ x: [Double]) -> Double { norm2(x.span) }

  /// ‖x‖_inf: 0 for an empty vector, not a number as soon as one entry is not.
  public static func normSup(_ x: Span<Double>) -> Double {
    var largest = 0.0
    for i in 0..<x.count {
      let magnitude = x[i].magnitude
      if magnitude.isNaN { return .nan }
      if magnitude > largest { largest = magnitude }
    }
    return largest
  }

  /// ‖x‖_inf: 0 for an empty vector, not a number as soon as one entry is not.
  public static func normSup(_ x: [Double]) -> Double { normSup(x.span) }

  /// y <- factor x + y, for equal lengths.
  public static func add(_ factor: Double = 1, times x: Span<Double>, to y: inout MutableSpan<Double>) {
    precondition(x.count == y.count, "a sum takes vectors of one length")
    BLAS.prepare()
    unsafe y.withUnsafeMutableBufferPointer { sum in
      unsafe x.withUnsafeBufferPointer { term in
        unsafe cblas_daxpy(Int32(term.count), factor, term.baseAddress, 1, sum.baseAddress, 1)
      }
    }
  }

  /// y <- factor x + y, for equal lengths.
  public static func add(_ factor: Double = 1, times x: [Double], to y: inout [Double]) {
    var sum = y.mutableSpan
    add(factor, times: x.span, to: &sum)
  }
}
