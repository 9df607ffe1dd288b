internal import CVectorMath

/// Elementary functions of whole vectors, without allocation.
///
/// Each entry's result depends on that entry alone, neither on its position nor on the vector's length, and its error
/// is at most ``errorBoundInUlps``. Results may differ in the last bits between instruction sets, see ``kernelName``.
/// Infinite entries, zeros of either sign and entries that are not numbers give what the C library gives.
///
/// Source: the GNU C Library's libmvec.
public enum VectorMath {
  /// Largest error of any result, in units in the last place of the exact value: the bound that the GNU C Library
  /// states for libmvec. An enclosure must be widened by it.
  public static let errorBoundInUlps = 4.0

  /// The instruction set in use, `avx512`, `avx2` or `scalar`: recordings carry it.
  public static var kernelName: String { unsafe String(cString: vm_kernel_name()) }

  /// result <- tanh x, entrywise.
  public static func tanh(_ x: Span<Double>, into result: inout MutableSpan<Double>) {
    unsafe map(x, into: &result, vm_tanh)
  }

  /// x <- tanh x, entrywise.
  public static func tanh(_ x: inout MutableSpan<Double>) { unsafe map(&x, vm_tanh) }

  /// x <- tanh x, entrywise, in single precision.
  public static func tanh(_ x: inout MutableSpan<Float>) {
    unsafe x.withUnsafeMutableBufferPointer { x in unsafe vm_tanh_single(x.baseAddress, x.baseAddress, x.count) }
  }

  /// result <- eˣ, entrywise.
  public static func exp(_ x: Span<Double>, into result: inout MutableSpan<Double>) {
    unsafe map(x, into: &result, vm_exp)
  }

  /// x <- eˣ, entrywise.
  public static func exp(_ x: inout MutableSpan<Double>) { unsafe map(&x, vm_exp) }

  /// result <- log x, natural, entrywise.
  public static func log(_ x: Span<Double>, into result: inout MutableSpan<Double>) {
    unsafe map(x, into: &result, vm_log)
  }

  /// x <- log x, natural, entrywise.
  public static func log(_ x: inout MutableSpan<Double>) { unsafe map(&x, vm_log) }

  /// result <- log(1 + x), entrywise.
  public static func log1p(_ x: Span<Double>, into result: inout MutableSpan<Double>) {
    unsafe map(x, into: &result, vm_log1p)
  }

  /// x <- log(1 + x), entrywise.
  public static func log1p(_ x: inout MutableSpan<Double>) { unsafe map(&x, vm_log1p) }

  /// result <- eˣ - 1, entrywise.
  public static func expm1(_ x: Span<Double>, into result: inout MutableSpan<Double>) {
    unsafe map(x, into: &result, vm_expm1)
  }

  /// x <- eˣ - 1, entrywise.
  public static func expm1(_ x: inout MutableSpan<Double>) { unsafe map(&x, vm_expm1) }

  /// result <- arctan x, entrywise.
  public static func atan(_ x: Span<Double>, into result: inout MutableSpan<Double>) {
    unsafe map(x, into: &result, vm_atan)
  }

  /// x <- arctan x, entrywise.
  public static func atan(_ x: inout MutableSpan<Double>) { unsafe map(&x, vm_atan) }

  /// result <- erf x, entrywise.
  public static func erf(_ x: Span<Double>, into result: inout MutableSpan<Double>) {
    unsafe map(x, into: &result, vm_erf)
  }

  /// x <- erf x, entrywise.
  public static func erf(_ x: inout MutableSpan<Double>) { unsafe map(&x, vm_erf) }

  /// result <- sin x, entrywise.
  public static func sin(_ x: Span<Double>, into result: inout MutableSpan<Double>) {
    unsafe map(x, into: &result, vm_sin)
  }

  /// x <- sin x, entrywise.
  public static func sin(_ x: inout MutableSpan<Double>) { unsafe map(&x, vm_sin) }

  /// result <- cos x, entrywise.
  public static func cos(_ x: Span<Double>, into result: inout MutableSpan<Double>) {
    unsafe map(x, into: &result, vm_cos)
  }

  /// x <- cos x, entrywise.
  public static func cos(_ x: inout MutableSpan<Double>) { unsafe map(&x, vm_cos) }

  /// x <- x + shift, entrywise.
  public static func add(_ shift: Double, to x: inout MutableSpan<Double>) {
    unsafe x.withUnsafeMutableBufferPointer { x in unsafe vm_shift(x.baseAddress, shift, x.baseAddress, x.count) }
  }

  /// x <- x + y, entrywise.
  public static func add(_ y: Span<Double>, to x: inout MutableSpan<Double>) {
    precondition(x.count == y.count, "a sum takes vectors of one length")
    unsafe x.withUnsafeMutableBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in unsafe vm_add(x.baseAddress, y.baseAddress, x.baseAddress, x.count) }
    }
  }

  /// result <- x + y, entrywise.
  public static func add(_ x: Span<Double>, _ y: Span<Double>, into result: inout MutableSpan<Double>) {
    precondition(x.count == y.count && x.count == result.count, "a sum takes vectors of one length")
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe x.withUnsafeBufferPointer { x in
        unsafe y.withUnsafeBufferPointer { y in unsafe vm_add(x.baseAddress, y.baseAddress, result.baseAddress, x.count)
        }
      }
    }
  }

  /// result <- x + y for each of many vectors x that lie one after the other.
  ///
  /// - Parameters:
  ///   - x: a multiple of as many entries as y has.
  ///   - y: added to every vector.
  ///   - result: as many entries as x.
  public static func add(toRows x: Span<Double>, _ y: Span<Double>, into result: inout MutableSpan<Double>) {
    let rows = y.isEmpty ? 0 : x.count / y.count
    precondition(rows * y.count == x.count && x.count == result.count, "the vectors lie one after the other")
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe x.withUnsafeBufferPointer { x in
        unsafe y.withUnsafeBufferPointer { y in
          unsafe vm_add_rows(x.baseAddress, y.baseAddress, result.baseAddress, rows, y.count)
        }
      }
    }
  }

  private typealias Kernel = (UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int) -> Void

  @inline(__always)
  private static func map(_ x: Span<Double>, into result: inout MutableSpan<Double>, _ kernel: Kernel) {
    precondition(x.count == result.count, "the result is as long as the argument")
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe x.withUnsafeBufferPointer { x in unsafe kernel(x.baseAddress, result.baseAddress, x.count) }
    }
  }

  @inline(__always)
  private static func map(_ x: inout MutableSpan<Double>, _ kernel: Kernel) {
    unsafe x.withUnsafeMutableBufferPointer { x in unsafe kernel(x.baseAddress, x.baseAddress, x.count) }
  }
}
