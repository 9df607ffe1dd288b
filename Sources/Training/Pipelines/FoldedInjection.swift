internal import FixedPoint
internal import LinearAlgebra

/// U and b of an `inject` that takes x as the data have it, where the ones that were trained take it standardised.
///
/// With x standardised = factors · x - offsets, U (factors · x - offsets) + b = U' x + b' for U' = U diag(factors) and
/// b' = b - U offsets. A kernel, or a matrix on the last axis, whose factors differ within what it shares becomes a matrix
/// on all of x.
struct FoldedInjection {
  /// `nil` where x is added as it is.
  let weight: Tensor?
  let bias: Tensor?

  /// Entries that a matrix may get in the place of a kernel.
  private static let largest = 1 << 24

  /// - Returns: `nil` where the matrix that it takes would be too large.
  init?(weight: Tensor?, bias: Tensor?, state: Shape, input: Shape, _ standardization: Standardization) {
    let (factors, offsets) = (standardization.factors, standardization.offsets)
    let terms = InjectionTerms(weight?.shape, state: state, input: input)
    var shift = [Double](repeating: 0, count: state.count)
    terms.visit { place, source, target in shift[target] += (weight?.values[place] ?? 1) * offsets[source] }
    if shift.allSatisfy({ $0 == 0 }) {
      self.bias = bias
    } else {
      let full = PipelineInjection.broadcast(bias, to: state)
      self.bias = Tensor(shape: state, values: zip(full, shift).map { $0 - $1 })
    }
    if factors.allSatisfy({ $0 == 1 }) {
      self.weight = weight
    } else if let weight, let values = Self.scaled(weight, terms, factors) {
      self.weight = Tensor(shape: weight.shape, values: values)
    } else {
      guard let size = MemoryBudget.product([state.count, input.count]), size <= Self.largest else { return nil }
      var matrix = [Double](repeating: 0, count: size)
      terms.visit { place, source, target in
        matrix[target * input.count + source] += (weight?.values[place] ?? 1) * factors[source]
      }
      self.weight = Tensor(shape: Shape([state.count, input.count]), values: matrix)
    }
  }

  /// The entries of U times the factor of what each sees; `nil` where one sees different factors.
  private static func scaled(_ weight: Tensor, _ terms: InjectionTerms, _ factors: [Double]) -> [Double]? {
    var own = [Double?](repeating: nil, count: weight.values.count)
    var isUniform = true
    terms.visit { place, source, _ in
      if let known = own[place], known != factors[source] { isUniform = false }
      own[place] = factors[source]
    }
    return isUniform ? zip(weight.values, own).map { $0 * ($1 ?? 1) } : nil
  }
}

/// The terms of U x: which entry of U joins which entry of x to which of the result.
struct InjectionTerms {
  /// Of U: a matrix on all of x or on its last axis, a kernel on an image; `nil` where x is added as it is.
  private let weight: Shape?
  private let state: Shape
  private let input: Shape

  init(_ weight: Shape?, state: Shape, input: Shape) {
    (self.weight, self.state, self.input) = (weight, state, input)
  }

  func visit(_ body: (_ weight: Int, _ source: Int, _ target: Int) -> Void) {
    guard let weight else {
      for place in 0..<input.count { body(place, place, place) }
      return
    }
    guard weight.rank == 2 else {
      KernelTaps(weight, height: state.sizes[1], width: state.sizes[2], isCircular: false).visit(body)
      return
    }
    let (rows, columns) = (weight.sizes[0], weight.sizes[1])
    for block in 0..<input.count / columns {
      for row in 0..<rows {
        for column in 0..<columns { body(row * columns + column, block * columns + column, block * rows + row) }
      }
    }
  }
}
