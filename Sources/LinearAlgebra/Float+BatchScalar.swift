internal import COpenBLAS

extension Float: BatchScalar {
  public static func multiply(
    _ left: Span<Float>, _ leftOrientation: Orientation, _ right: Span<Float>, _ rightOrientation: Orientation,
    sizes: ProductSizes, into product: inout MutableSpan<Float>, scale: Float, keep: Float
  ) {
    sizes.check(left: left.count, right: right.count, product: product.count)
    BLAS.prepare()
    let strides = sizes.strides(leftOrientation, rightOrientation)
    unsafe product.withUnsafeMutableBufferPointer { product in
      unsafe left.withUnsafeBufferPointer { left in
        unsafe right.withUnsafeBufferPointer { right in
          unsafe cblas_sgemm(
            CblasRowMajor, leftOrientation.flag, rightOrientation.flag, Int32(sizes.height), Int32(sizes.width),
            Int32(sizes.inner), scale, left.baseAddress, strides.left, right.baseAddress, strides.right, keep,
            product.baseAddress, Int32(sizes.width))
        }
      }
    }
  }

  public static func dot(_ x: Span<Float>, _ y: Span<Float>) -> Float {
    precondition(x.count == y.count, "a dot product takes vectors of one length")
    BLAS.prepare()
    return unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in unsafe cblas_sdot(Int32(x.count), x.baseAddress, 1, y.baseAddress, 1) }
    }
  }

  public static func add(_ factor: Float, times x: Span<Float>, to y: inout MutableSpan<Float>) {
    precondition(x.count == y.count, "a sum takes vectors of one length")
    BLAS.prepare()
    unsafe y.withUnsafeMutableBufferPointer { y in
      unsafe x.withUnsafeBufferPointer { x in
        unsafe cblas_saxpy(Int32(x.count), factor, x.baseAddress, 1, y.baseAddress, 1)
      }
    }
  }

  public static func tanh(_ x: inout MutableSpan<Float>) { VectorMath.tanh(&x) }
}
