internal import COpenBLAS

extension Double: BatchScalar {
  public static func multiply(
    _ left: Span<Double>, _ leftOrientation: Orientation, _ right: Span<Double>, _ rightOrientation: Orientation,
    sizes: ProductSizes, into product: inout MutableSpan<Double>, scale: Double, keep: Double
  ) {
    sizes.check(left: left.count, right: right.count, product: product.count)
    BLAS.prepare()
    let strides = sizes.strides(leftOrientation, rightOrientation)
    unsafe product.withUnsafeMutableBufferPointer { product in
      unsafe left.withUnsafeBufferPointer { left in
        unsafe right.withUnsafeBufferPointer { right in
          unsafe cblas_dgemm(
            CblasRowMajor, leftOrientation.flag, rightOrientation.flag, Int32(sizes.height), Int32(sizes.width),
            Int32(sizes.inner), scale, left.baseAddress, strides.left, right.baseAddress, strides.right, keep,
            product.baseAddress, Int32(sizes.width))
        }
      }
    }
  }

  public static func dot(_ x: Span<Double>, _ y: Span<Double>) -> Double {
    precondition(x.count == y.count, "a dot product takes vectors of one length")
    BLAS.prepare()
    return unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in unsafe cblas_ddot(Int32(x.count), x.baseAddress, 1, y.baseAddress, 1) }
    }
  }

  public static func add(_ factor: Double, times x: Span<Double>, to y: inout MutableSpan<Double>) {
    precondition(x.count == y.count, "a sum takes vectors of one length")
    BLAS.prepare()
    unsafe y.withUnsafeMutableBufferPointer { y in
      unsafe x.withUnsafeBufferPointer { x in
        unsafe cblas_daxpy(Int32(x.count), factor, x.baseAddress, 1, y.baseAddress, 1)
      }
    }
  }

  public static func tanh(_ x: inout MutableSpan<Double>) { VectorMath.tanh(&x) }
}
