public import FixedPoint
public import LinearAlgebra

/// Samples of one shape with their classes: images, or rows of a table.
public struct Dataset: Sendable {
  /// Some of the samples, by the name of what they are for: `train`, `test`.
  public struct Split: Sendable, Equatable {
    public let name: String
    public let indices: Range<Int>

    public init(_ name: String, _ indices: Range<Int>) {
      self.name = name
      self.indices = indices
    }
  }

  /// The numbers of all samples, one sample after the other.
  public enum Numbers: Sendable, Equatable {
    /// Pixels; 255 stands for 1.
    case pixels([UInt8])
    case values([Double])

    var count: Int {
      switch self {
      case .pixels(let pixels): pixels.count
      case .values(let values): values.count
      }
    }
  }

  public let name: String
  /// Shape of a sample: `[features]`, or `[channels, height, width]` of an image.
  public let shape: Shape
  public let numbers: Numbers
  /// The class of each sample, an index of ``classes``.
  public let labels: [Int]
  /// The names of the classes.
  public let classes: [String]
  /// Empty if the data come without.
  public let splits: [Split]

  /// - Precondition: as many numbers as the samples of `labels` need, and every label an index of `classes`.
  public init(name: String, shape: Shape, numbers: Numbers, labels: [Int], classes: [String], splits: [Split] = []) {
    precondition(numbers.count == labels.count * shape.count, "every sample has its numbers")
    precondition(labels.allSatisfy { classes.indices.contains($0) }, "every label has a class")
    self.name = name
    self.shape = shape
    self.numbers = numbers
    self.labels = labels
    self.classes = classes
    self.splits = splits
  }

  /// Number of samples.
  public var count: Int { labels.count }

  /// The indices of a split; `nil` if the data have none of this name.
  public func indices(of split: String) -> Range<Int>? { splits.first { $0.name == split }?.indices }

  /// One sample; pixels are between 0 and 1, and nothing is shifted or scaled otherwise.
  public func sample(_ index: Int) -> Tensor { Tensor(shape: shape, values: features([index]).values) }

  /// Samples as rows [samples, features], as in ``sample(_:)``.
  public func features(_ indices: some Collection<Int>) -> Matrix {
    let size = shape.count
    var values: [Double] = []
    values.reserveCapacity(indices.count * size)
    for index in indices {
      let range = index * size..<(index + 1) * size
      switch numbers {
      case .pixels(let pixels): for pixel in pixels[range] { values.append(Double(pixel) / 255) }
      case .values(let all): values += all[range]
      }
    }
    return Matrix(rows: indices.count, columns: size, values: values)
  }
}
