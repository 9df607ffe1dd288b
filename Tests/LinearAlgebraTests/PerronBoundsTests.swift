import LinearAlgebra
import TestSupport
import Testing

@Suite struct PerronBoundsTests {
  /// Reference: 60 digits.
  @Test func ofTheGoldenMatrix() throws {
    let bounds = try goldenMatrix.absolute.perronRoot()
    let exact = 1.0321825380496477498
    #expect(bounds.lower <= exact && exact <= bounds.upper)
    #expect(bounds.upper - bounds.lower <= 1e-14)
    #expect(bounds.upper == bounds.rootUpper)
    checkWeights(bounds, goldenMatrix.absolute)
  }

  @Test func closedForms() throws {
    try check(Matrix(rows: 1, columns: 1, values: [0.75]), root: 0.75...0.75, tightness: 0)
    try check(Matrix(rows: 1, columns: 1), root: 0...0, tightness: 0)
    // Cyclic: eigenvalues ±2, where a power iteration swings for ever.
    try check(Matrix(rows: 2, columns: 2, values: [0, 8, 0.5, 0]), root: 2...2, tightness: 1e-14)
    // A permutation: every eigenvalue on the circle.
    try check(Matrix(rows: 3, columns: 3, values: [0, 1, 0, 0, 0, 1, 1, 0, 0]), root: 1...1, tightness: 1e-14)
    try check(Matrix(rows: 3, columns: 3, repeating: 1), root: 3...3, tightness: 1e-14)
  }

  @Test func badlyScaled() throws {
    // ρ = √(1e150 · 1e-150) = 1; and [[1, 1], [ε, 1]] has 1 + √ε.
    let skewed = Matrix(rows: 2, columns: 2, values: [0, 0x1p500, 0x1p-500, 0])
    try check(skewed, root: 1...1, tightness: 1e-14)
    let coupled = Matrix(rows: 2, columns: 2, values: [1, 1, 0x1p-40, 1])
    try check(coupled, root: (1 + 0x1p-20)...(1 + 0x1p-20), tightness: 1e-14)
    let huge = Matrix(rows: 2, columns: 2, values: [0x1p900, 0x1p900, 0x1p900, 0x1p900])
    try check(huge, root: 0x1p901...0x1p901, tightness: 0x1p901 * 1e-14)
  }

  /// diag(d)⁻¹ 1 1ᵀ diag(d) with powers of two: the root is n exactly, at any scaling.
  @Test(arguments: [10, 60, 150]) func similarToOnes(range: Int) throws {
    var generator = SeededGenerator(seed: 15)
    let exponents = (0..<7).map { _ in Int.random(in: -range...range, using: &generator) }
    let values = exponents.flatMap { row in
      exponents.map { Double(sign: .plus, exponent: $0 - row, significand: 1) }
    }
    try check(Matrix(rows: 7, columns: 7, values: values), root: 7...7, tightness: 1e-13)
  }

  /// Entries from 1e-8 to 1e8, many of them zero.
  @Test(arguments: 0..<20) func wildlyScaled(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 100 + seed)
    let size = 2 + Int(seed)
    let values = (0..<(size * size)).map { _ in
      let exponent = generator.number(in: -26...26).rounded()
      return generator.number(in: 0...1) < 0.5 ? 0 : Double(sign: .plus, exponent: Int(exponent), significand: 1)
    }
    let matrix = Matrix(rows: size, columns: size, values: values)
    let bounds = try matrix.perronRoot()
    #expect(bounds.rootUpper - bounds.lower <= 1e-13 * bounds.rootUpper)
    checkWeights(bounds, matrix)
  }

  @Test func reducible() throws {
    // Triangular: the largest diagonal entry, here double and defective.
    let triangular = Matrix(rows: 3, columns: 3, values: [0.5, 3, 1, 0, 0.5, 2, 0, 0, 0.25])
    try check(triangular, root: 0.5...0.5, tightness: 0)
    #expect(try triangular.perronRoot().upper <= 0.5 * (1 + 1e-11))
    // Diagonal blocks with roots 2 and 3, coupled one way, in shuffled order.
    let blocks = Matrix(rows: 4, columns: 4, values: [0, 9, 4, 0, 0, 1, 0, 4, 1, 9, 0, 9, 0, 1, 0, 1])
    try check(blocks, root: 3...3, tightness: 1e-13)
    try check(Matrix(rows: 3, columns: 3), root: 0...0, tightness: 0)
  }

  /// ρ = 0, although no positive vector attains it; a chain this long leaves little room for weights.
  @Test(arguments: [2, 10, 87]) func nilpotent(size: Int) throws {
    var matrix = Matrix(rows: size, columns: size)
    for i in 0..<size {
      for j in (i + 1)..<max(size, i + 1) { matrix[i, j] = 1 }
    }
    try check(matrix, root: 0...0, tightness: 0)
    #expect(try matrix.perronRoot().upper < 0.02)
  }

  /// The bounds bracket the spectral radius that all eigenvalues give.
  @Test(arguments: 0..<40) func randomMatrices(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let size = 1 + Int(seed) % 12
    var matrix = generator.matrix(size, size, in: 0...1)
    // Three quarters of the matrices are sparse, and often reducible.
    for index in matrix.values.indices where generator.number(in: 0...1) < Double(seed % 4) * 0.3 {
      matrix.values[index] = 0
    }
    let radius = try matrix.spectralRadius()
    let bounds = try matrix.perronRoot()
    // A defective root moves by ε^(1/k) in the eigenvalues, not in the bounds.
    let looseness = seed % 4 == 0 ? 1e-13 : 1e-3
    #expect(bounds.lower <= radius + looseness && radius <= bounds.rootUpper + looseness)
    #expect(bounds.rootUpper - bounds.lower <= 1e-13 * max(1, bounds.rootUpper))
    checkWeights(bounds, matrix)
  }

  @Test func widths() throws {
    var generator = SeededGenerator(seed: 12)
    let bounds = try generator.matrix(87, 87, in: 0...1).perronRoot()
    #expect(bounds.upper - bounds.lower <= 4 * 87 * Double.ulpOfOne * bounds.upper)
  }

  /// Reference: 60 digits.
  @Test func metzler() throws {
    let matrix = Matrix(rows: 3, columns: 3, values: [-2, 1, 0.5, 0.25, -1, 2, 0.125, 0.5, -3])
    let bounds = try matrix.metzlerAbscissa()
    let exact = -0.38094994961561031735
    #expect(bounds.lower <= exact && exact <= bounds.upper)
    #expect(bounds.upper - bounds.lower <= 2e-14)
    checkWeights(bounds, matrix)
    let diagonal = try Matrix(rows: 2, columns: 2, values: [-5, 0, 0, -4]).metzlerAbscissa()
    #expect(diagonal.lower == -4 && diagonal.rootUpper == -4 && diagonal.upper == -4)
    #expect(goldenMatrix.metzlerPart == goldenMatrix.absolute)
    #expect(Matrix(rows: 2, columns: 2, values: [-1, -2, 3, 4]).metzlerPart.values == [-1, 2, 3, 4])
  }

  @Test func refusesWhatIsNotFinite() {
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 0)) {
      try Matrix(rows: 1, columns: 1, values: [.infinity]).perronRoot()
    }
  }

  private func check(_ matrix: Matrix, root: ClosedRange<Double>, tightness: Double) throws {
    let bounds = try matrix.perronRoot()
    #expect(bounds.lower <= root.lowerBound && root.upperBound <= bounds.rootUpper)
    #expect(bounds.rootUpper - bounds.lower <= tightness)
    checkWeights(bounds, matrix)
  }

  /// w > 0 and A w <= upper · w, in doubled precision: the error of each product and sum is
  /// carried along.
  private func checkWeights(_ bounds: PerronBounds, _ matrix: Matrix) {
    #expect(bounds.lower <= bounds.rootUpper && bounds.rootUpper <= bounds.upper)
    #expect(bounds.vector.allSatisfy { $0 > 0 && $0.isFinite })
    for i in 0..<matrix.rows {
      var sum = -bounds.upper * bounds.vector[i]
      var rest = (-sum).addingProduct(-bounds.upper, bounds.vector[i])
      for j in 0..<matrix.columns {
        let product = matrix[i, j] * bounds.vector[j]
        rest += (-product).addingProduct(matrix[i, j], bounds.vector[j])
        let next = sum + product
        let back = next - sum
        rest += (sum - (next - back)) + (product - back)
        sum = next
      }
      #expect(sum + rest <= 0)
    }
  }
}
