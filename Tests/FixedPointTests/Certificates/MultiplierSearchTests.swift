import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

struct MultiplierSearchTests {
  /// W = D⁻¹ V D with V + Vᵀ ≺ 2I: Λ = D² is a solution, Λ = I is none for widely spread D.
  @Test(arguments: [2, 3, 5, 12, 30])
  func findsMultipliersThatExist(_ size: Int) throws {
    var generator = SeededGenerator(seed: UInt64(size))
    var solvedByIdentity = 0
    for _ in 0..<10 {
      let scales = (0..<size).map { _ in generator.number(in: 0.2...5) }
      let factor = generator.matrix(size, size)
      let turn = generator.matrix(size, size)
      // V = 0.8 I - M Mᵀ/n + B - Bᵀ, so I - sym V = 0.2 I + M Mᵀ/n.
      var weight = factor.multiply(factor, otherOrientation: .transposed)
      for i in 0..<size {
        for j in 0..<size {
          let entry = (i == j ? 0.8 : 0) - weight[i, j] / Double(size) + turn[i, j] - turn[j, i]
          weight[i, j] = entry * scales[j] / scales[i]
        }
      }
      let form = SectorForm(
        SlopeForm(
          weight: IntervalMatrix(weight), slopes: IntervalVector(Array(repeating: Interval(0, 1), count: size))))
      let ones = [Double](repeating: 1, count: size)
      let found = MultiplierSearch.best(form, from: ones)
      #expect(try #require(form.smallestEigenvalue(found)).lower > 0)
      if try #require(form.smallestEigenvalue(ones)).lower > 0 { solvedByIdentity += 1 }
    }
    #expect(solvedByIdentity < 10)
  }

  /// Two units, against a fine grid over the simplex.
  @Test func reachesTheBestOfAGrid() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20 {
      let form = SectorForm(
        SlopeForm(
          weight: IntervalMatrix(generator.matrix(2, 2, in: -3...3)),
          slopes: IntervalVector([Interval(0.1, 0.9), Interval(-0.2, 0.5)])))
      let best = try (1..<2000).map { k in
        let share = Double(k) / 1000
        return try #require(SymmetricEigen.values(of: form.quadraticForm([share, 2 - share])).first)
      }.max()
      let optimum = try #require(best)
      let found = try #require(form.smallestEigenvalue(MultiplierSearch.best(form, from: [1, 1]))?.value)
      #expect(found >= optimum - 0.12 * abs(optimum) - 1e-3)
      #expect(found <= optimum + 0.01)
    }
  }

  @Test func isTheSameEveryTime() {
    var generator = SeededGenerator(seed: 3)
    let form = SectorForm(
      SlopeForm(
        weight: IntervalMatrix(generator.matrix(9, 9)),
        slopes: IntervalVector(Array(repeating: Interval(0, 1), count: 9))))
    let ones = [Double](repeating: 1, count: 9)
    #expect(MultiplierSearch.best(form, from: ones) == MultiplierSearch.best(form, from: ones))
  }
}
