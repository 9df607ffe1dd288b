internal import CVectorMath

/// What the residual of an iterate z with the image f is made of, from one pass over both; nothing is allocated.
///
/// Each sum is made of eight, entry i in that of i mod 8, joined in one order: the same bits on every processor.
public struct ResidualSums: Sendable {
  private let sums: VectorResidual

  /// - Parameters:
  ///   - iterate: z.
  ///   - image: f, with as many entries.
  public init(iterate: Span<Double>, image: Span<Double>) {
    precondition(iterate.count == image.count, "an iterate and its image have one length")
    var sums = VectorResidual()
    unsafe iterate.withUnsafeBufferPointer { iterate in
      unsafe image.withUnsafeBufferPointer { image in
        unsafe vm_residual(iterate.baseAddress, image.baseAddress, iterate.count, &sums)
      }
    }
    self.sums = sums
  }

  /// Σ (fᵢ - zᵢ)²: not a number where one of the differences is not.
  public var squaredResidual: Double { sums.squared_difference }
  /// Σ fᵢ²
  public var squaredImage: Double { sums.squared_image }
  /// The greatest |fᵢ - zᵢ| that is a number.
  public var sup: Double { sums.largest_difference }
  /// The greatest |zᵢ| or |fᵢ| that is a number.
  public var scale: Double { sums.scale }
}
