import FixedPoint
import TestSupport
import Testing

struct DistanceTests {
  /// log(1 + d) by its series: exact to rounding for |d| <= 2^-20.
  static func logarithm(onePlus d: Double) -> Double { d * (1 - d * (0.5 - d / 3)) }

  static func isClose(_ a: Double?, _ b: Double, ulps: Double = 4) -> Bool {
    guard let a else { return false }
    return abs(a - b) <= ulps * Double.ulpOfOne * abs(b)
  }

  static func thompson(_ x: [Double], _ y: [Double]) -> Double? { Distance.thompson(x.span, y.span) }
  static func hilbert(_ x: [Double], _ y: [Double]) -> Double? { Distance.hilbert(x.span, y.span) }

  @Test(arguments: [20, 30, 40, 50])
  func closeVectorsKeepTheirDigits(bits: Int) {
    let d = Double(sign: .plus, exponent: -bits, significand: 1)
    let x = [1 + d, 4, 0.5, 8 * (1 - d), 2]
    let y = [1, 4, 0.5, 8, 2]
    #expect(Self.isClose(Self.thompson(x, y), -Self.logarithm(onePlus: -d)))
    #expect(Self.isClose(Self.hilbert(x, y), Self.logarithm(onePlus: d) - Self.logarithm(onePlus: -d)))
  }

  @Test(arguments: [1.25, 8, 0x1p40, 0x1p-40, 0x1p-3])
  func hilbertDoesNotSeeTheScale(scale: Double) {
    let d = 0x1p-30
    #expect(Self.isClose(Self.hilbert([scale, scale * (1 + d), scale], [1, 1, 1]), Self.logarithm(onePlus: d)))
    #expect(Self.hilbert([scale, 3 * scale], [1, 3]) == 0)
  }

  @Test func farVectors() {
    let ln10 = 2.302_585_092_994_045_684
    #expect(Self.isClose(Self.thompson([1e300, 1], [1e-300, 1]), 600 * ln10))
    #expect(Self.isClose(Self.hilbert([1e300, 1e-300], [1e-300, 1e300]), 1200 * ln10))
    #expect(Self.isClose(Self.thompson([1e-9, 1], [1, 1]), 9 * ln10))
    #expect(Self.isClose(Self.hilbert([1e-9, 10], [1, 1]), 10 * ln10))
  }

  @Test func offTheConeTheyAreUndefined() {
    for bad in [0, -0.0, -1, .nan, .infinity] as [Double] {
      for position in 0..<7 {
        var x: [Double] = [1, 2, 3, 4, 5, 6, 7]
        x[position] = bad
        let y = [Double](repeating: 1, count: 7)
        #expect(Self.thompson(x, y) == nil && Self.thompson(y, x) == nil)
        #expect(Self.hilbert(x, y) == nil && Self.hilbert(y, x) == nil)
      }
    }
  }

  @Test func thompsonAndHilbertBoundEachOtherOnASphere() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let x = CoefficientsTests.onSphere(generator.vector(9, in: 0.05...1), .infinity)
      let y = CoefficientsTests.onSphere(generator.vector(9, in: 0.05...1), .infinity)
      guard let t = Self.thompson(x, y), let h = Self.hilbert(x, y) else {
        Issue.record("both distances are defined on the cone")
        continue
      }
      #expect(t <= h * (1 + 1e-14) && h <= 2 * t * (1 + 1e-14))
      #expect(Self.isClose(Self.thompson(y, x), t, ulps: 8) && Self.isClose(Self.hilbert(y, x), h, ulps: 8))
    }
  }

  @Test func normsDoNotOverflowOrUnderflow() {
    for scale in [1, 1e200, 1e-200, 1e300] {
      let x = [3 * scale, 4 * scale]
      let zero = [0.0, 0.0]
      #expect(Self.isClose(Distance.euclidean(x.span, zero.span), 5 * scale))
      #expect(Distance.sup(x.span, zero.span) == 4 * scale)
    }
    let tiny = [Double.leastNonzeroMagnitude, 0]
    #expect(Distance.euclidean(tiny.span, [0, 0].span) == .leastNonzeroMagnitude)
  }
}
