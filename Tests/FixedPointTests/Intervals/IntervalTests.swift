import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

/// Outward rounding: bounds checked against sums and products that are exact in twice the precision.
@Suite struct IntervalTests {
  /// x + y lies in [lower, upper], decided exactly: the sum is `high + low` without error (two-sum).
  private func holds(_ interval: Interval, high: Double, low: Double) -> Bool {
    (interval.lower < high || (interval.lower == high && low >= 0))
      && (interval.upper > high || (interval.upper == high && low <= 0))
  }

  @Test func sumsAndProductsOfPointsAreTight() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<10_000 {
      let x = generator.number(in: -1e3...1e3)
      let y = generator.number()
      let sum = Interval(x) + Interval(y)
      #expect(holds(sum, high: x + y, low: y - ((x + y) - x)) && sum.upper <= sum.lower.nextUp)
      let product = Interval(x) * Interval(y)
      #expect(holds(product, high: x * y, low: (-(x * y)).addingProduct(x, y)) && product.upper <= product.lower.nextUp)
      let quotient = Interval(x) / Interval(y)
      #expect((quotient * Interval(y)).contains(x) && quotient.upper <= quotient.lower.nextUp)
    }
  }

  @Test func exactResultsStayExact() {
    #expect(Interval(0.5) + Interval(0.25) == Interval(0.75))
    #expect(Interval(-1, 2) * Interval(3, 4) == Interval(-4, 8))
    #expect(Interval(0) * Interval(-7, 1e300) == Interval(0))
    #expect(Interval(1, 2) / Interval(-4, -2) == Interval(-1, -0.25))
    #expect(Interval(0.5, 3) - Interval(1, 2) == Interval(-1.5, 2))
  }

  @Test func productsKeepTheirSignAtUnderflow() {
    let tiny = Interval(1e-200) * Interval(1e-200)
    #expect(tiny.lower == 0 && tiny.upper > 0)
    let negative = Interval(-1e-200) * Interval(1e-200)
    #expect(negative.lower < 0 && negative.upper == 0)
  }

  @Test func setOperations() {
    let left = Interval(0, 2)
    #expect(left.hull(Interval(3)) == Interval(0, 3))
    #expect(left.intersection(Interval(1, 4)) == Interval(1, 2))
    #expect(left.intersection(Interval(3, 4)) == nil)
    #expect(Interval(-3, 1).magnitude == 3 && Interval(-3, 1).mignitude == 0 && Interval(-3, -1).mignitude == 1)
    #expect(IntervalVector(lower: [0, 1], upper: [1, 2]).intersection(IntervalVector([0.5, 3])) == nil)
    #expect(IntervalVector(lower: [0, 1], upper: [1, 4]).width == 3)
    #expect(IntervalVector([1, 2]).hull(IntervalVector([0, 5])) == IntervalVector(lower: [0, 2], upper: [1, 5]))
  }

  /// Values with 25 digits, split as the nearest number and the sign of what is left.
  @Test(arguments: [
    // tanh(1/2) = 0.4621171572600097585023184836…
    (Activation(.tanh), 0.5, 0.462_117_157_260_009_8),
    // Φ(1) = 0.8413447460685429485852325456…
    (Activation(.gelu), 1.0, 0.841_344_746_068_542_9),
    // log 2 = 0.6931471805599453094172321214…
    (Activation(.softplus), 0.0, 0.693_147_180_559_945_3),
    // e = 2.718281828459045235360287471…
    (Activation(.exp), 1.0, 2.718_281_828_459_045),
    // π/4 = 0.7853981633974483096156608458…
    (Activation(.arctan), 1.0, 0.785_398_163_397_448_3),
  ])
  func elementaryFunctionsHoldTheNeighboursOfTheExactValue(_ activation: Activation, _ t: Double, _ value: Double)
    throws
  {
    let context = OperatorContext(incoming: Shape([1]), state: Shape([1]), input: nil)
    let link = try Activate(FieldValues(["kind": .text(activation.kind.rawValue)]), in: context)
    let enclosure = try link.enclose(IntervalVector([t]), state: IntervalVector([t]))
    #expect(enclosure[0].contains(Interval(value.nextDown, value.nextUp)))
    #expect(enclosure[0].width <= 64 * value.ulp)
  }
}

@Suite struct IntervalMatrixTests {
  @Test func nonNegativeFactorsKeepTheLowerBoundNonNegative() {
    var generator = SeededGenerator(seed: 2)
    let left = IntervalMatrix(generator.matrix(5, 7, in: 0...1))
    var right = IntervalMatrix(generator.matrix(7, 3, in: 0...1))
    for i in 0..<7 { right[i, 0] = Interval(0, 1e-300) }
    let product = left * right
    #expect(product.lower.values.allSatisfy { $0 >= 0 })
    #expect((0..<5).allSatisfy { product[$0, 1].lower > 0 })
    let zero = left * IntervalMatrix(Matrix(rows: 7, columns: 2))
    #expect(zero == IntervalMatrix(Matrix(rows: 5, columns: 2)))
  }

  /// Small integers multiply exactly: the product of sets is known.
  @Test func productsOfIntegerIntervalsHoldTheExactRange() {
    let left = IntervalMatrix(
      lower: Matrix(rows: 1, columns: 2, values: [-1, 2]), upper: Matrix(rows: 1, columns: 2, values: [3, 2]))
    let right = IntervalMatrix(
      lower: Matrix(rows: 2, columns: 1, values: [-2, 1]), upper: Matrix(rows: 2, columns: 1, values: [5, 4]))
    let product = left * right
    #expect(product[0, 0].contains(Interval(-6 + 2, 15 + 8)) && product[0, 0].width <= 27 + 1e-12)
  }
}
