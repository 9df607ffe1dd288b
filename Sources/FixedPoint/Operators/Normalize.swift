internal import Glibc
public import LinearAlgebra

/// Division by a norm: v -> v / ‖v‖_p, of all entries together or of each slice along the first axis.
///
/// With u = v / ‖v‖ and g the norm's gradient at v, the derivative of a slice is (I - u gᵀ) / ‖v‖. Where the norm is not
/// differentiable (p = 1 at a zero entry, p = inf at a tie) g is the element of its subdifferential with 0 at the zero
/// entry, and with all weight on the first of the largest entries. The zero vector gives NaN.
public struct Normalize: Operator {
  public static let description = OperatorDescription(
    "normalize", formula: "v / ‖v‖_p",
    fields: [
      Field("norm", .numberOrChoice(1...Double.greatestFiniteMagnitude, ["inf"]), required: true, "p, or \"inf\""),
      Field(
        "axis", .choice(["all", "node", "channel"]), default: .text("all"),
        "what is normalised by itself: everything, every node's features, or every channel"),
    ])

  public let norm: VectorNorm
  /// Number of entries that are normalised together; slices are contiguous.
  public let sliceSize: Int
  public let inputShape: Shape
  public var outputShape: Shape { inputShape }

  public init(_ fields: FieldValues, in context: OperatorContext) throws(FieldError) {
    let checked = try fields.validated(against: Normalize.description.fields)
    norm = VectorNorm(checked.number("norm") ?? .infinity)
    inputShape = context.incoming
    sliceSize = try Normalize.sliceSize(checked.text("axis") ?? "all", of: context.incoming)
  }

  private static func sliceSize(_ axis: String, of shape: Shape) throws(FieldError) -> Int {
    let ranks = ["node": 2, "channel": 3]
    guard let rank = ranks[axis] else { return shape.count }
    guard shape.rank == rank else {
      let expected = "a value of shape " + (rank == 2 ? "[nodes, features]" : "[channels, height, width]")
      throw FieldError(field: "axis", expected: "\(expected) for \"\(axis)\"", found: "shape \(shape)")
    }
    return shape.count / shape.sizes[0]
  }

  private var sliceStarts: StrideTo<Int> { stride(from: 0, to: inputShape.count, by: sliceSize) }

  public func apply(_ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>) {
    for start in sliceStarts {
      let size = norm.of(value.extracting(start..<start + sliceSize))
      for i in start..<start + sliceSize { result[i] = value[i] / size }
    }
  }

  public func pushForward(_ tangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    for start in sliceStarts {
      let slice = NormalizedSlice(value.extracting(start..<start + sliceSize), norm)
      var growth = 0.0
      for i in 0..<sliceSize { growth += slice.gradient(value[start + i], i) * tangent[start + i] }
      for i in start..<start + sliceSize { result[i] = (tangent[i] - value[i] / slice.size * growth) / slice.size }
    }
  }

  public func pullBack(_ cotangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    for start in sliceStarts {
      let slice = NormalizedSlice(value.extracting(start..<start + sliceSize), norm)
      var along = 0.0
      for i in start..<start + sliceSize { along += value[i] / slice.size * cotangent[i] }
      for i in 0..<sliceSize {
        result[start + i] = (cotangent[start + i] - slice.gradient(value[start + i], i) * along) / slice.size
      }
    }
  }

  public func pushForwardAbsolute(
    _ vector: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>
  ) {
    for start in sliceStarts {
      let slice = NormalizedSlice(value.extracting(start..<start + sliceSize), norm)
      var growth = 0.0
      for i in 0..<sliceSize { growth += abs(slice.gradient(value[start + i], i)) * vector[start + i] }
      for i in 0..<sliceSize {
        let unit = abs(value[start + i]) / slice.size
        let gradient = abs(slice.gradient(value[start + i], i))
        let others = growth - gradient * vector[start + i]
        result[start + i] = (unit * others + abs(1 - unit * gradient) * vector[start + i]) / slice.size
      }
    }
  }

  public func multiplyJacobian(at value: Span<Double>, by running: Matrix) -> Matrix {
    var product = running
    for start in sliceStarts {
      let slice = NormalizedSlice(value.extracting(start..<start + sliceSize), norm)
      var growth = [Double](repeating: 0, count: running.columns)
      for i in 0..<sliceSize {
        let gradient = slice.gradient(value[start + i], i)
        for j in 0..<running.columns { growth[j] += gradient * running[start + i, j] }
      }
      for i in start..<start + sliceSize {
        let unit = value[i] / slice.size
        for j in 0..<running.columns { product[i, j] = (running[i, j] - unit * growth[j]) / slice.size }
      }
    }
    return product
  }

  public func enclose(_ value: IntervalVector, state: IntervalVector) throws(EnclosureError) -> IntervalVector {
    var result = value
    for start in sliceStarts {
      if (start..<start + sliceSize).contains(where: { !value[$0].isFinite }) {
        try requireNonZero(value, from: start)
        for i in start..<start + sliceSize {
          result[i] = Interval(value[i].lower < 0 ? -1 : 0, value[i].upper > 0 ? 1 : 0)
        }
        continue
      }
      let slice = try enclosedSlice(of: value, from: start)
      for i in 0..<sliceSize { result[start + i] = slice.unit(i) }
    }
    return result
  }

  public func encloseJacobian(
    over value: IntervalVector, times running: IntervalMatrix
  ) throws(EnclosureError) -> IntervalMatrix {
    var lower: [Double] = []
    var upper: [Double] = []
    for start in sliceStarts {
      let derivative = try enclosedSlice(of: value, from: start).jacobian()
      let product = derivative * running.block(start: start, count: sliceSize)
      lower += product.lower.values
      upper += product.upper.values
    }
    return IntervalMatrix(
      lower: Matrix(rows: running.rows, columns: running.columns, values: lower),
      upper: Matrix(rows: running.rows, columns: running.columns, values: upper))
  }

  /// vᵢ = uᵢ ‖v‖ with u in `result`.
  public func narrow(_ value: inout IntervalVector, state: inout IntervalVector, to result: IntervalVector) -> Bool {
    for start in sliceStarts {
      guard let size = try? enclosedSlice(of: value, from: start).size else { continue }
      for i in start..<start + sliceSize {
        guard let common = value[i].intersection(result[i] * size) else { return false }
        value[i] = common
      }
    }
    return true
  }

  /// For every slice that has a tie over the box, one derivative for each of the entries that may be the largest; the
  /// whole derivative's blocks in the order of the slices.
  func selectedJacobians(over value: IntervalVector) throws(EnclosureError) -> [[IntervalMatrix]]? {
    var blocks: [[IntervalMatrix]] = []
    for start in sliceStarts {
      let slice = try enclosedSlice(of: value, from: start)
      let peaks = slice.peaks
      let selected = peaks.count < 2 ? [slice.jacobian()] : peaks.compactMap { slice.jacobian(selecting: $0) }
      guard selected.count == max(1, peaks.count) else { return nil }
      blocks.append(selected)
    }
    return blocks
  }

  private func enclosedSlice(of value: IntervalVector, from start: Int) throws(EnclosureError) -> EnclosedSlice {
    let entries = (start..<start + sliceSize).map { value[$0] }
    if let unbounded = entries.firstIndex(where: { !$0.isFinite }) {
      throw EnclosureError(operatorName: name, unit: start + unbounded, reason: "an unbounded interval")
    }
    try requireNonZero(value, from: start)
    return EnclosedSlice(entries, norm)
  }

  private func requireNonZero(_ value: IntervalVector, from start: Int) throws(EnclosureError) {
    if (start..<start + sliceSize).contains(where: { !value[$0].contains(0) }) { return }
    throw EnclosureError(operatorName: name, unit: start, reason: "norm over a box that holds the zero vector")
  }
}

/// A slice's norm with what its gradient needs.
private struct NormalizedSlice {
  let norm: VectorNorm
  let size: Double
  /// Index of the first of the largest entries.
  let peak: Int

  init(_ slice: Span<Double>, _ norm: VectorNorm) {
    self.norm = norm
    size = norm.of(slice)
    var peak = 0
    for i in 0..<slice.count where abs(slice[i]) > abs(slice[peak]) { peak = i }
    self.peak = peak
  }

  /// ∂‖v‖/∂vᵢ at the entry vᵢ.
  func gradient(_ entry: Double, _ index: Int) -> Double {
    if entry == 0 { return 0 }
    let sign: Double = entry < 0 ? -1 : 1
    switch norm {
    case .sup: return index == peak ? sign : 0
    case .power(1): return sign
    case .power(2): return entry / size
    case .power(let exponent): return sign * pow(abs(entry) / size, exponent - 1)
    }
  }
}
