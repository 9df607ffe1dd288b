internal import COpenBLAS

/// The library under the linear algebra: its threads and its kernel.
///
/// Every call of this module runs on one thread unless a batch asks for more: at the sizes of a solver's step a second
/// thread costs more than it gives, and results do not then depend on the number of processors.
public enum BLAS {
  /// On first use: one thread, and none of those that were started when the library was loaded.
  private static let prepared: Void = {
    openblas_set_num_threads(1)
    openblas_end_threads()
  }()

  /// Makes sure that the library was set to one thread; costs one load after the first call.
  @inline(__always)
  static func prepare() { _ = prepared }

  /// Number of threads that a call may use now.
  ///
  /// A program that reads it first thing spares the processor time of the library's own idle threads.
  public static var threads: Int {
    prepare()
    return Int(openblas_get_num_threads())
  }

  /// Runs `body` with up to `count` threads a call, then restores the number before.
  ///
  /// The number is one for the whole process: ask for more threads only where nothing else computes, since the last
  /// bits of large products may depend on it.
  public static func withThreads<Result, Failure: Error>(
    _ count: Int, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(count >= 1, "a call runs on at least one thread")
    let before = threads
    openblas_set_num_threads(Int32(count))
    defer { openblas_set_num_threads(Int32(before)) }
    return try body()
  }

  /// Name of the processor family whose kernels are in use, such as `SkylakeX`: recordings carry it, since two kernels
  /// may differ in the last bits.
  public static var kernelName: String {
    guard let name = unsafe openblas_get_corename() else { return "unknown" }
    return unsafe String(cString: name)
  }
}
