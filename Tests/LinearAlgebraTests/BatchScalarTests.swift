import LinearAlgebra
import TestSupport
import Testing

struct BatchScalarTests {
  /// Both precisions against sums in plain Swift, for every way of reading the factors.
  @Test(arguments: [Orientation.asStored, .transposed], [Orientation.asStored, .transposed])
  func productsAreSums(_ left: Orientation, _ right: Orientation) {
    checkProduct(left, right, of: Double.self, within: 1e-14)
    checkProduct(left, right, of: Float.self, within: 1e-5)
  }

  private func checkProduct<Scalar: BatchScalar>(
    _ leftOrientation: Orientation, _ rightOrientation: Orientation, of: Scalar.Type, within tolerance: Double
  ) {
    let (height, inner, width) = (3, 4, 5)
    let left = (0..<height * inner).map { Scalar(($0 * 7) % 11) / 8 - 1 }
    let right = (0..<inner * width).map { Scalar(($0 * 5) % 13) / 8 - 1 }
    var product = [Scalar](repeating: 2, count: height * width)
    var span = product.mutableSpan
    Scalar.multiply(
      left.span, leftOrientation, right.span, rightOrientation, sizes: ProductSizes(height, inner, width), into: &span,
      scale: 3, keep: 0.5)
    for i in 0..<height {
      for j in 0..<width {
        var sum = 0.0
        for k in 0..<inner {
          let a = leftOrientation == .asStored ? left[i * inner + k] : left[k * height + i]
          let b = rightOrientation == .asStored ? right[k * width + j] : right[j * inner + k]
          sum += Double(a) * Double(b)
        }
        #expect(abs(Double(product[i * width + j]) - (3 * sum + 1)) <= tolerance * 20)
      }
    }
  }

  @Test func sumsAndDotProducts() {
    let x: [Float] = [1, 2, 3]
    var y: [Float] = [4, 5, 6]
    #expect(Float.dot(x.span, y.span) == 32)
    var span = y.mutableSpan
    Float.add(2, times: x.span, to: &span)
    #expect(y == [6, 9, 12])
  }

  /// In units in the last place of the exact value, rounded to single precision; every length has its tail.
  @Test(arguments: [1, 15, 16, 17, 1000]) func singleHyperbolicTangents(_ count: Int) {
    var random = SeededGenerator(seed: 11)
    let arguments = (0..<count).map { _ in Float.random(in: -10...10, using: &random) }
    var values = arguments
    var span = values.mutableSpan
    Float.tanh(&span)
    var exact = arguments.map { Double($0) }
    var reference = exact.mutableSpan
    VectorMath.tanh(&reference)
    for (value, exact) in zip(values, exact) {
      #expect(abs(Double(value) - exact) <= 4 * Double(Float(exact).ulp))
    }
  }

  @Test func singleHyperbolicTangentsAtTheEnds() {
    var values: [Float] = [0, -0.0, .infinity, -.infinity, .nan]
    var span = values.mutableSpan
    Float.tanh(&span)
    #expect(values[0] == 0 && values[1].sign == .minus && values[2] == 1 && values[3] == -1 && values[4].isNaN)
  }
}
