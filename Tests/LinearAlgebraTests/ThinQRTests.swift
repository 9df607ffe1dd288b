import LinearAlgebra
import TestSupport
import Testing

@Suite struct ThinQRTests {
  /// A sliding window against a fresh factorisation of the same columns, step by step.
  @Test(arguments: [(3, 3), (20, 5), (87, 10)]) func windowAgreesWithAFreshFactorization(rows: Int, window: Int) throws
  {
    var generator = SeededGenerator(seed: 10)
    var kept: [[Double]] = []
    var updated = ThinQR(rows: rows)
    for _ in 0..<(4 * window) {
      if kept.count == window {
        kept.removeFirst()
        updated.removeFirst()
      }
      kept.append(generator.vector(rows))
      updated.append(kept[kept.count - 1])
      check(updated, represents: kept)
      let right = generator.vector(rows)
      let fresh = try QRFactorization(Matrix(rows: kept.count, columns: rows, values: kept.flatMap { $0 }).transposed)
      let scale = Vector.normSup(try fresh.leastSquares(right)) / fresh.reciprocalCondition
      let difference = largestDifference(try updated.leastSquares(right), try fresh.leastSquares(right))
      #expect(difference <= 100 * Double(rows) * Double.ulpOfOne * scale)
      #expect(updated.reciprocalCondition >= fresh.reciprocalCondition / 10)
      #expect(updated.reciprocalCondition <= fresh.reciprocalCondition * 10)
    }
  }

  /// Nearly parallel columns are what Anderson feeds it near convergence.
  @Test func staysOrthonormalOnNearlyDependentColumns() {
    var generator = SeededGenerator(seed: 11)
    let base = generator.vector(30)
    var kept: [[Double]] = []
    var updated = ThinQR(rows: 30)
    for step in 0..<25 {
      if kept.count == 6 {
        kept.removeFirst()
        updated.removeFirst()
      }
      let small = generator.vector(30).map { $0 * 0x1p-40 * Double(1 + step % 3) }
      kept.append(zip(base, small).map { $0 + $1 })
      updated.append(kept[kept.count - 1])
      check(updated, represents: kept)
    }
    #expect(updated.reciprocalCondition <= 1e-10)
  }

  @Test func dependentColumnsShowAndCanBeDropped() throws {
    var updated = ThinQR(rows: 4)
    let first = [1.0, 2, 3, 4]
    let columns = [first, first.map { 2 * $0 }, [0, 0, 0, 0], [1, 0, 0, 0]]
    for column in columns { updated.append(column) }
    check(updated, represents: columns)
    #expect(updated.reciprocalCondition == 0)
    #expect(throws: LinearAlgebraError.rankDeficient(column: 1)) { try updated.leastSquares(first) }
    updated.removeFirst()
    check(updated, represents: Array(columns[1...]))
    updated.removeFirst()
    updated.removeFirst()
    check(updated, represents: [columns[3]])
    #expect(largestDifference(try updated.leastSquares([5, 1, 1, 1]), [5]) <= 1e-14)
  }

  @Test func coefficientsReproduceWhatLiesInTheSpan() {
    var updated = ThinQR(rows: 3)
    #expect(updated.coefficients(of: [1, 2, 3]) == [])
    updated.append([0, 2, 0])
    updated.append([3, 1, 0])
    #expect(largestDifference(updated.coefficients(of: [5, -4, 7]), [-4, 5]) <= 1e-14)
  }

  @Test func emptyAndSingleColumns() throws {
    var updated = ThinQR(rows: 1)
    #expect(try updated.leastSquares([1]) == [])
    #expect(updated.reciprocalCondition == 1)
    updated.append([-2])
    #expect(try updated.leastSquares([6]) == [-3])
    updated.removeFirst()
    #expect(updated == ThinQR(rows: 1))
  }

  @Test func copiesAreIndependent() {
    var updated = ThinQR(rows: 3)
    updated.append([1, 2, 2])
    let stored = updated
    updated.append([0, 1, 0])
    #expect(stored.columns == 1 && stored != updated)
    #expect(stored.triangleEntry(0, 0) == 3)
  }

  /// Q R = A columnwise and QᵀQ = I, to a few rounding errors of each column.
  private func check(_ updated: ThinQR, represents columns: [[Double]]) {
    let bound = 40 * Double(updated.rows) * Double.ulpOfOne
    #expect(updated.columns == columns.count)
    let basis = (0..<updated.columns).map { updated.basisColumn($0) }
    let scale = columns.map { Vector.norm2($0) }.max() ?? 0
    for (j, column) in columns.enumerated() {
      var product = [Double](repeating: 0, count: updated.rows)
      for i in 0...j { Vector.add(updated.triangleEntry(i, j), times: basis[i], to: &product) }
      #expect(largestDifference(product, column) <= bound * scale)
      for i in 0...j { #expect(abs(Vector.dot(basis[i], basis[j]) - (i == j ? 1 : 0)) <= bound) }
    }
  }
}
