import FixedPoint
import Glibc
import LinearAlgebra
import TestSupport
import Testing

struct DampingRangeTests {
  private static func rate(_ eigenvalues: [ComplexNumber], _ factor: Double) -> Double {
    eigenvalues.map { hypot(1 - factor + factor * $0.real, factor * $0.imaginary) }.max() ?? 0
  }

  /// λ = ±2i: |1 - τ + 2iτ|² = 1 - 2τ + 5τ², below 1 for τ < 2/5 and least, 4/5, at 1/5.
  @Test func aQuarterTurn() throws {
    let range = try #require(DampingRange(eigenvalues: [ComplexNumber(0, 2), ComplexNumber(0, -2)]))
    #expect(abs(range.limit - 0.4) <= 1e-15)
    #expect(abs(range.best - 0.2) <= 1e-7)
    #expect(abs(range.rate - 0.8.squareRoot()) <= 1e-14)
  }

  /// λ in [-3, 0.5]: the ends balance at 1 - τ/2 = 4τ - 1, τ = 4/9, rate 7/9; the limit is 2/4.
  @Test func realSpectrum() throws {
    let range = try #require(DampingRange(eigenvalues: [-3, -1, 0.5].map { ComplexNumber($0) }))
    #expect(range.limit == 0.5)
    #expect(abs(range.best - 4.0 / 9) <= 1e-12)
    #expect(abs(range.rate - 7.0 / 9) <= 1e-12)
  }

  @Test func noneWhereARealPartReachesOne() {
    #expect(DampingRange(eigenvalues: [ComplexNumber(1)]) == nil)
    #expect(DampingRange(eigenvalues: [ComplexNumber(0.5), ComplexNumber(1.2, 3), ComplexNumber(1.2, -3)]) == nil)
  }

  /// A contraction whose eigenvalues are all positive is not to be damped.
  @Test func fullStepsWhereTheyAreBest() throws {
    let range = try #require(DampingRange(eigenvalues: [0.2, 0.9].map { ComplexNumber($0) }))
    #expect(range.best == 1 && abs(range.rate - 0.9) <= 1e-15 && range.limit > 1)
  }

  @Test func limitAndBestOfRandomSpectra() throws {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<300 {
      let eigenvalues = (0..<5).map { _ in
        ComplexNumber(generator.number(in: -4...0.95), generator.number(in: -4...4))
      }
      let range = try #require(DampingRange(eigenvalues: eigenvalues))
      #expect(Self.rate(eigenvalues, range.limit * 0.999) < 1)
      #expect(Self.rate(eigenvalues, range.limit * 1.001) > 1)
      #expect(range.best > 0 && range.best <= 1 && range.rate < 1)
      #expect(abs(range.rate - Self.rate(eigenvalues, range.best)) <= 1e-15)
      for step in 1...50 {
        let factor = min(1, range.limit) * Double(step) / 50
        #expect(range.rate <= Self.rate(eigenvalues, factor) + 1e-12)
      }
    }
  }
}
