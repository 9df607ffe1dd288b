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
        unsafe vm_residuals(iterate.baseAddress, image.baseAddress, 1, iterate.count, &sums)
      }
    }
    self.sums = sums
  }

  fileprivate init(_ sums: VectorResidual) { self.sums = sums }

  /// Σ (fᵢ - zᵢ)²: not a number where one of the differences is not.
  public var squaredResidual: Double { sums.squared_difference }
  /// Σ fᵢ²
  public var squaredImage: Double { sums.squared_image }
  /// The greatest |fᵢ - zᵢ| that is a number.
  public var sup: Double { sums.largest_difference }
  /// The greatest |zᵢ| or |fᵢ| that is a number.
  public var scale: Double { sums.scale }
}

/// The residual sums of many iterates, each the same as by itself, bit for bit.
public struct ResidualRows: Sendable {
  private var sums: [VectorResidual]

  /// Room for so many rows.
  public init(capacity: Int) { sums = Array(repeating: VectorResidual(), count: capacity) }

  public subscript(row: Int) -> ResidualSums { ResidualSums(sums[row]) }

  /// Measures the first rows.
  ///
  /// - Parameters:
  ///   - rows: how many, at most the capacity.
  ///   - iterates: one z a row.
  ///   - images: their f, as many entries.
  public mutating func measure(_ rows: Int, iterates: Span<Double>, images: Span<Double>) {
    precondition(iterates.count == images.count, "an iterate and its image have one length")
    precondition(0 < rows && rows <= sums.count && iterates.count.isMultiple(of: rows), "one iterate a row")
    unsafe iterates.withUnsafeBufferPointer { iterates in
      unsafe images.withUnsafeBufferPointer { images in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          unsafe vm_residuals(
            iterates.baseAddress, images.baseAddress, rows, iterates.count / rows, sums.baseAddress)
        }
      }
    }
  }
}
