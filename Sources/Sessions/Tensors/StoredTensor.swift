public import FixedPoint

/// An array as a file holds it: a view of the file's bytes whose numbers are converted when they are asked for.
public struct StoredTensor: Sendable {
  /// The name of the array in its file; empty in a file of one.
  public let key: String
  public let type: ElementType
  /// Sizes, slowest axis first; a single number has none, and a size may be 0.
  public let sizes: [Int]

  /// Distance of neighbours along each axis, in numbers.
  private let strides: [Int]
  /// Position of the first number in the storage.
  private let offset: Int
  private let storage: ArraySlice<UInt8>
  private let isBigEndian: Bool
  private let file: String

  /// A view of `storage`, row after row without gaps if no strides are given.
  ///
  /// Every number of the view is in the storage, and there are no more of them than in the storage, so that a small
  /// file can never stand for a large array.
  /// - Throws: ``SessionError`` if the view reaches beyond the storage.
  init(
    key: String = "", type: ElementType, sizes: [Int], strides: [Int]? = nil, offset: Int = 0,
    in storage: ArraySlice<UInt8>, isBigEndian: Bool = false, file: String
  ) throws(SessionError) {
    self.key = key
    self.type = type
    self.sizes = sizes
    self.offset = offset
    self.storage = storage
    self.isBigEndian = isBigEndian
    self.file = file
    let place = key.isEmpty ? file : "\(key) in \(file)"
    guard let count = Self.count(sizes), count <= Shape.largestCount else {
      throw SessionError(expected: "at most \(Shape.largestCount) numbers in \(place)", found: "shape \(sizes)")
    }
    self.strides = strides ?? Self.rowMajor(sizes)
    let available = storage.count / type.size
    guard count == 0 || (count <= available && Self.last(sizes, self.strides, offset).map { $0 < available } == true)
    else {
      throw SessionError(
        expected: "shape \(sizes) within its \(available) numbers in \(place)",
        found: strides == nil ? "\(count) numbers" : "strides \(self.strides) from \(offset)")
    }
  }

  /// Strides of an array that is kept row after row.
  static func rowMajor(_ sizes: [Int]) -> [Int] { Array(columnMajor(sizes.reversed()).reversed()) }

  /// Strides of an array that is kept column after column, as Fortran does.
  static func columnMajor(_ sizes: [Int]) -> [Int] {
    var strides: [Int] = []
    var step = 1
    for size in sizes {
      strides.append(step)
      step *= max(size, 1)
    }
    return strides
  }

  /// No file has numbers farther from each other; to step once beyond the end of an axis then overflows nothing.
  private static let farthest = 1 << 48

  /// The product of sizes; `nil` if one is negative or they are too many to count.
  static func count(_ sizes: [Int]) -> Int? {
    var count = 1
    for size in sizes.filter({ $0 != 0 }) {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      guard size > 0, !overflows, product <= farthest else { return nil }
      count = product
    }
    return sizes.contains(0) ? 0 : count
  }

  /// The position of the last number; `nil` if a stride is negative, or leads too far to be counted, also along an axis
  /// of size 1, where it is stepped and taken back.
  private static func last(_ sizes: [Int], _ strides: [Int], _ offset: Int) -> Int? {
    guard sizes.count == strides.count, offset >= 0 else { return nil }
    var last = offset
    for (size, stride) in zip(sizes, strides) {
      let (reach, overflows) = size.multipliedReportingOverflow(by: stride)
      guard stride >= 0, !overflows, reach <= farthest else { return nil }
      let (sum, exceeds) = last.addingReportingOverflow(reach - stride)
      guard !exceeds else { return nil }
      last = sum
    }
    return last
  }
}

extension StoredTensor {
  /// The numbers, as `Double`, in row-major order.
  /// - Throws: ``SessionError`` if there are none, or one is not finite or an integer that no `Double` equals.
  public func tensor() throws(SessionError) -> Tensor {
    let place = key.isEmpty ? file : "\(key) in \(file)"
    guard sizes.allSatisfy({ $0 > 0 }) else {
      throw SessionError(expected: "a shape of sizes of at least 1 in \(place)", found: "\(sizes)")
    }
    let shape = Shape(sizes)
    var values: [Double] = []
    values.reserveCapacity(shape.count)
    var walk = Walk(sizes: sizes, strides: strides, position: offset)
    for entry in 0..<shape.count {
      guard let value = type.number(bits(at: walk.position)), value.isFinite else {
        throw SessionError(
          expected: "finite numbers that a double holds exactly in \(place)", found: "another at entry \(entry)")
      }
      values.append(value)
      walk.advance()
    }
    return Tensor(shape: shape, values: values)
  }

  private func bits(at position: Int) -> UInt64 {
    let start = storage.startIndex + position * type.size
    var bits: UInt64 = 0
    for place in 0..<type.size {
      bits = bits << 8 | UInt64(storage[start + (isBigEndian ? place : type.size - 1 - place)])
    }
    return bits
  }

  /// Goes through the positions of a strided array, the last axis fastest.
  private struct Walk {
    let sizes: [Int]
    let strides: [Int]
    private(set) var position: Int
    private var index: [Int]

    init(sizes: [Int], strides: [Int], position: Int) {
      self.sizes = sizes
      self.strides = strides
      self.position = position
      index = sizes.map { _ in 0 }
    }

    mutating func advance() {
      for axis in sizes.indices.reversed() {
        index[axis] += 1
        position += strides[axis]
        guard index[axis] == sizes[axis] else { return }
        position -= sizes[axis] * strides[axis]
        index[axis] = 0
      }
    }
  }
}
