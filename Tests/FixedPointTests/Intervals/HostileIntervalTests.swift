import Glibc
import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// Intervals whose ends are huge, infinite, subnormal or zeros of either sign: every operation gives an enclosure,
/// perhaps everything, and never NaN or ends in the wrong order.
@Suite struct HostileIntervalTests {
  private static let ends: [Double] = {
    let sizes: [Double] = [
      0, .leastNonzeroMagnitude, 0x1p-1030, 2.2250738585072014e-308, 1e-300, 1e-160, 1e-16, 0.1, 0.5, 1.0.nextDown, 1,
      1.0.nextUp, .pi / 2,
      .pi, 3, 37, 709.8, 745.3, 1e9, 0x1p53, 1e15, 1e22, 1.3e154, 1.4e154, 1e300, 1e308, .greatestFiniteMagnitude,
      .infinity,
    ]
    return sizes + sizes.map { -$0 }
  }()

  private static let exponents: [Double] = [
    -1e300, -0x1p53, -3, -2, -1, -0.5, 0, .leastNonzeroMagnitude, 0.1, 0.5, 1, 1.0.nextUp, 2, 3, 7, 0x1p53 + 2, 1e300,
  ]

  private func interval(_ generator: inout SeededGenerator) -> Interval {
    let (one, other) = (generator.choice(Self.ends), generator.choice(Self.ends))
    return Interval(min(one, other), max(one, other))
  }

  /// Finite numbers of the interval: its ends where they are finite, and some between.
  private func samples(_ interval: Interval, _ generator: inout SeededGenerator) -> [Double] {
    let inside = Self.ends.filter { $0.isFinite && interval.contains($0) }
    return inside.isEmpty ? [] : (0..<4).map { _ in generator.choice(inside) }
  }

  private func isSound(_ interval: Interval) -> Bool { interval.lower <= interval.upper }

  @Test func whatIsNoPairOfEndsIsEverything() {
    for interval in [Interval(.nan), Interval(1, 0), Interval(.nan, 1), Interval(0, .nan)] {
      #expect(interval == .everything)
    }
    #expect(Interval(1) / Interval(-1, 1) == .everything && Interval(0) / Interval(0) == .everything)
    #expect(Interval.everything.midpoint == 0 && Interval.everything.width == .infinity)
    #expect(Interval(1, .infinity).widened(byUlps: 4) == Interval(1 - 4 * 1.0.ulp, .infinity))
  }

  /// The exact sum, product and quotient of samples, to the last bit where the remainder is a number of the format.
  @Test func arithmeticHoldsTheExactResults() {
    var generator = SeededGenerator(seed: 61)
    for _ in 0..<20_000 {
      let (left, right) = (interval(&generator), interval(&generator))
      let results = [left + right, left - right, left * right, left / right]
      #expect(results.allSatisfy(isSound), "\(left), \(right)")
      for (a, b) in zip(samples(left, &generator), samples(right, &generator)) {
        #expect(results[0].holds(a + b, rest: a.sumRest(b)), "\(a) + \(b)")
        #expect(results[1].holds(a - b, rest: a.sumRest(-b)), "\(a) - \(b)")
        #expect(results[2].holds(a * b, rest: a.productRest(b)), "\(a) * \(b)")
        if b != 0 { #expect(results[3].holds(a / b, rest: a.quotientRest(b)), "\(a) / \(b)") }
      }
    }
  }

  @Test(arguments: ["root", "exp", "expm1", "log1p", "tanh", "atan", "erf", "erfc", "sin", "cos", "bell", "normal"])
  func elementaryFunctionsHoldTheirValues(_ name: String) {
    var generator = SeededGenerator(seed: 62)
    for _ in 0..<4000 {
      let operand = interval(&generator)
      let (result, function) = elementary(name, operand)
      #expect(isSound(result), "\(name) of \(operand)")
      for t in samples(operand, &generator) {
        let value = function(t)
        #expect(value.isNaN || result.holds(value, rest: nil), "\(name) of \(t) in \(operand): \(result)")
      }
    }
  }

  private func elementary(_ name: String, _ operand: Interval) -> (Interval, (Double) -> Double) {
    switch name {
    case "root": (Interval.root(operand), { $0.squareRoot() })
    case "exp": (Interval.exp(operand), Glibc.exp)
    case "expm1": (Interval.expm1(operand), Glibc.expm1)
    case "log1p": (Interval.log1p(operand), Glibc.log1p)
    case "tanh": (Interval.tanh(operand), Glibc.tanh)
    case "atan": (Interval.atan(operand), Glibc.atan)
    case "erf": (Interval.erf(operand), Glibc.erf)
    case "erfc": (Interval.erfc(operand), Glibc.erfc)
    case "sin": (Interval.sin(operand), Glibc.sin)
    case "cos": (Interval.cos(operand), Glibc.cos)
    case "bell": (Interval.exp(-0.5, timesSquareOf: operand), { $0.isFinite ? Glibc.exp(-0.5 * $0 * $0) : 0 })
    // Further left the plain formula loses digits to the rounding of its argument.
    default: (Interval.normalDistribution(operand), { $0 < -0.67 ? .nan : 0.5 * Glibc.erfc(-$0 * (0.5).squareRoot()) })
    }
  }

  @Test func powersHoldTheirValues() {
    var generator = SeededGenerator(seed: 63)
    for _ in 0..<20_000 {
      let (base, exponent) = (interval(&generator), generator.choice(Self.exponents))
      let result = Interval.power(base, exponent)
      let slope = Interval.power(base, oneBelow: exponent)
      #expect(isSound(result) && isSound(slope), "\(base)^\(exponent)")
      for t in samples(base, &generator) {
        if t == 0 && exponent < 0 { continue }
        let value = pow(t, exponent)
        #expect(value.isNaN || result.holds(value, rest: nil), "\(t)^\(exponent) in \(base): \(result)")
      }
    }
  }

  /// 0⁰ is 1, as it is evaluated; odd and even powers of negative numbers; an exponent whose predecessor is rounded.
  @Test func powersInClosedForm() {
    #expect(Interval.power(Interval(0), 0) == Interval(1) && Interval.power(Interval(-2, 3), 0) == Interval(1))
    #expect(Interval.power(Interval(-3, 2), 2) == Interval(0, 9))
    #expect(Interval.power(Interval(-3, 2), 3).contains(Interval(-27, 8)))
    #expect(Interval.power(Interval(-4, -2), -1).contains(Interval(-0.5, -0.25)))
    #expect(Interval.power(Interval(-4, -2), -2).contains(Interval(0.0625, 0.25)))
    #expect(Interval.power(Interval(-1, 2), -1) == .everything && Interval.power(Interval(-1, 2), 0.5) == .everything)
    #expect(Interval.power(Interval(-1, 2), -2).contains(Interval(0.25, .infinity)))
    // 1e-300^(0.1 - 1) = 1e270 · 1e-300^δ for the double 0.1: 60 digits give 1.000000000000003834…e270.
    let slope = Interval.power(Interval(1e-300), oneBelow: 0.1)
    #expect(slope.width > 1e-15 * slope.lower && slope.width < 1e-12 * slope.lower)
  }

  @Test func productsOfMatricesHaveEnds() {
    var generator = SeededGenerator(seed: 64)
    for _ in 0..<2000 {
      var (left, right) = (IntervalMatrix(Matrix(rows: 2, columns: 3)), IntervalMatrix(Matrix(rows: 3, columns: 2)))
      for i in 0..<2 { for j in 0..<3 { (left[i, j], right[j, i]) = (interval(&generator), interval(&generator)) } }
      let product = left * right
      #expect(zip(product.lower.values, product.upper.values).allSatisfy { $0 <= $1 })
      for i in 0..<2 {
        for j in 0..<2 {
          let entry = (0..<3).reduce(Interval(0)) { sum, k in
            sum + Interval(left[i, k].midpoint) * Interval(right[k, j].midpoint)
          }
          #expect(product[i, j].meets(entry))
        }
      }
    }
  }

  /// Every kind with every power, and every norm: no end is NaN, and nothing traps.
  @Test(arguments: ActivationKind.allCases)
  func activationsOverHostileBoxes(_ kind: ActivationKind) throws {
    var generator = SeededGenerator(seed: 65)
    for exponent in Self.exponents {
      for shift in [0, 1, -1e308, .leastNonzeroMagnitude] {
        let context = OperatorContext(incoming: Shape([1]), state: Shape([1]), input: nil)
        let link = try Activate(
          FieldValues(["kind": .text(kind.rawValue), "shift": .number(shift), "power": .number(exponent)]), in: context)
        for _ in 0..<30 { expectSound(link, IntervalVector([interval(&generator)]), using: &generator) }
      }
    }
  }

  @Test(arguments: [1, 1.5, 2, 1e300, Double.infinity])
  func normsOverHostileBoxes(_ norm: Double) throws {
    var generator = SeededGenerator(seed: 66)
    let context = OperatorContext(incoming: Shape([3]), state: Shape([3]), input: nil)
    let exponent = norm.isFinite ? FieldValue.number(norm) : .text("inf")
    let link = try Normalize(FieldValues(["norm": exponent]), in: context)
    for _ in 0..<3000 {
      let box = IntervalVector((0..<3).map { _ in interval(&generator) })
      expectSound(link, box, using: &generator)
    }
  }

  private func expectSound(
    _ link: some FixedPoint.Operator, _ box: IntervalVector, using generator: inout SeededGenerator
  ) {
    let count = box.count
    func isSound(_ vector: IntervalVector) -> Bool { zip(vector.lower, vector.upper).allSatisfy { $0 <= $1 } }
    let image = try? link.enclose(box, state: box)
    #expect(image.map(isSound) ?? true, "\(link.name) over \(box)")
    if let slopes = try? link.encloseJacobian(over: box, times: .identity(count)) {
      #expect(zip(slopes.lower.values, slopes.upper.values).allSatisfy { $0 <= $1 }, "\(link.name) over \(box)")
    }
    if let form = try? link.relax(.state(count), over: box) { #expect(isSound(form.remainder)) }
    var (value, state) = (box, box)
    if link.narrow(&value, state: &state, to: IntervalVector((0..<count).map { _ in interval(&generator) })) {
      #expect(isSound(value) && box.contains(value))
    }
    _ = link.isSmooth(over: box)
  }
}

extension Interval {
  /// Whether value + rest lies inside, with the rest's sign alone known; without a rest the value itself. A value beyond the
  /// largest number counts as larger than all.
  fileprivate func holds(_ value: Double, rest: Double?) -> Bool {
    if value.isInfinite { return value > 0 ? upper == .infinity : lower == -.infinity }
    guard let rest else { return lower <= value && value <= upper }
    return (lower < value || (lower == value && rest >= 0)) && (value < upper || (value == upper && rest <= 0))
  }
}

extension Double {
  /// a + b less its rounded value, where both are moderate; `nil` where that is not known.
  fileprivate func sumRest(_ other: Double) -> Double? {
    let sum = self + other
    let seen = sum - self
    let rest = (self - (sum - seen)) + (other - seen)
    return rest.isFinite ? rest : nil
  }

  fileprivate func productRest(_ other: Double) -> Double? {
    let product = self * other
    if self == 0 || other == 0 { return 0 }
    return product.isFinite && abs(product) > 0x1p-900 ? (-product).addingProduct(self, other) : nil
  }

  fileprivate func quotientRest(_ other: Double) -> Double? {
    let quotient = self / other
    guard quotient.isFinite, abs(quotient) > 0x1p-900, abs(self) > 0x1p-900 else { return self == 0 ? 0 : nil }
    let remainder = addingProduct(-quotient, other)
    return other > 0 ? remainder : -remainder
  }
}

extension SeededGenerator {
  fileprivate mutating func choice(_ numbers: [Double]) -> Double { numbers[Int(next() % UInt64(numbers.count))] }
}
