/// A number of one of the two precisions in which batches of samples are computed, with the kernels of that precision.
///
/// Arrays are flat and row-major; nothing here allocates. The solver core has `Double` alone: single precision is for
/// training, where twice the entries go through a vector register.
public protocol BatchScalar: BinaryFloatingPoint, Sendable {
  /// product <- scale · A B + keep · product; with `keep` 0 the old product is not read.
  ///
  /// - Parameters:
  ///   - left: A [height, inner], or its transpose as stored if `leftOrientation` says so.
  ///   - leftOrientation: whether A is read transposed.
  ///   - right: B [inner, width], or its transpose as stored.
  ///   - rightOrientation: whether B is read transposed.
  ///   - sizes: height, inner and width.
  ///   - product: [height, width].
  ///   - scale: multiplies the product.
  ///   - keep: multiplies what was there.
  static func multiply(
    _ left: Span<Self>, _ leftOrientation: Orientation, _ right: Span<Self>, _ rightOrientation: Orientation,
    sizes: ProductSizes, into product: inout MutableSpan<Self>, scale: Self, keep: Self)

  /// xᵀ y, for equal lengths.
  static func dot(_ x: Span<Self>, _ y: Span<Self>) -> Self

  /// y <- factor · x + y, for equal lengths.
  static func add(_ factor: Self, times x: Span<Self>, to y: inout MutableSpan<Self>)

  /// x <- tanh x, entrywise.
  static func tanh(_ x: inout MutableSpan<Self>)
}

/// The sizes of a product A B of A [height, inner] and B [inner, width].
public struct ProductSizes: Sendable, Equatable {
  public let height: Int
  public let inner: Int
  public let width: Int

  public init(_ height: Int, _ inner: Int, _ width: Int) {
    self.height = height
    self.inner = inner
    self.width = width
  }

  /// Distances between the rows of A and B as they are stored.
  func strides(_ left: Orientation, _ right: Orientation) -> (left: Int32, right: Int32) {
    (Int32(left == .asStored ? inner : height), Int32(right == .asStored ? width : inner))
  }

  func check(left: Int, right: Int, product: Int) {
    precondition(height > 0 && inner > 0 && width > 0, "a product has no empty side")
    precondition(
      left == height * inner && right == inner * width && product == height * width, "the factors and the product fit")
  }
}
