import LinearAlgebra
import TestSupport
import Testing

struct GMRESTests {
  /// A square system I - M with ‖M‖ below 1, or any other.
  static func system(_ size: Int, seed: UInt64, scale: Double = 1) -> (matrix: Matrix, right: [Double]) {
    var generator = SeededGenerator(seed: seed)
    var matrix = generator.matrix(size, size)
    for index in matrix.values.indices { matrix.values[index] *= -scale / Double(size).squareRoot() }
    for i in 0..<size { matrix[i, i] += 1 }
    return (matrix, generator.vector(size))
  }

  static func product(_ matrix: Matrix) -> GMRES.Product { { matrix.multiply($0, into: &$1) } }

  static func trueResidual(_ solver: GMRES, _ matrix: Matrix) -> Double {
    Vector.norm2(zip(solver.right, matrix.multiply(solver.solution)).map { $0 - $1 })
  }

  /// Without a restart the space holds the solution after n steps at the latest.
  @Test(arguments: [1, 2, 5, 20, 60]) func agreesWithLU(size: Int) throws {
    for scale in [0.3, 1, 5] {
      let (matrix, right) = Self.system(size, seed: UInt64(size), scale: scale)
      let factors = try LUFactorization(matrix)
      let expected = factors.solve(right)
      var solver = GMRES(right: right, restart: size)
      let isSolved = solver.solve(tolerance: 1e-13, maxProducts: 3 * size, Self.product(matrix))
      #expect(isSolved)
      #expect(solver.products <= size + 2)
      let error = largestDifference(solver.solution, expected)
      #expect(error <= 1e-12 / factors.reciprocalCondition, "error \(error)")
    }
  }

  /// After k steps the residual is the least over span(b, A b, …, A^(k-1) b), here by least squares on that basis.
  @Test func eachStepMinimises() throws {
    let (matrix, right) = Self.system(12, seed: 3)
    var solver = GMRES(right: right, restart: 12)
    var power = right
    var columns: [[Double]] = []
    for step in 1...6 {
      power = matrix.multiply(power)
      columns.append(power)
      let images = Matrix(rows: step, columns: 12, values: columns.flatMap { $0 }).transposed
      let best = try QRFactorization(images).leastSquares(right)
      let least = Vector.norm2(zip(right, images.multiply(best)).map { $0 - $1 })
      solver.advance(Self.product(matrix))
      #expect(abs(solver.residualNorm - least) <= 1e-10)
      #expect(abs(Self.trueResidual(solver, matrix) - least) <= 1e-10)
      #expect(solver.products == step && solver.residualNorms.count == step + 1)
    }
  }

  /// The recurrence tells the true residual, also across restarts, and never rises.
  @Test(arguments: [1, 3, 7]) func residualNormsAreTrue(restart: Int) {
    let (matrix, right) = Self.system(40, seed: 5, scale: 0.8)
    var solver = GMRES(right: right, restart: restart)
    while solver.residualNorm > 1e-10 && solver.products < 2000 {
      let before = solver.residualNorm
      solver.advance(Self.product(matrix))
      #expect(solver.residualNorm <= before * (1 + 1e-12))
      #expect(abs(solver.residualNorm - Self.trueResidual(solver, matrix)) <= 1e-13)
    }
    #expect(solver.residualNorm <= 1e-10)
  }

  @Test func aTurnNeedsTheWholeSpace() {
    // The cyclic shift: the residual stays 1 until the last step.
    let size = 6
    var shift = Matrix(rows: size, columns: size)
    for i in 0..<size { shift[i, (i + 1) % size] = 1 }
    var right = [Double](repeating: 0, count: size)
    right[0] = 1
    var solver = GMRES(right: right, restart: size)
    for step in 1..<size {
      solver.advance(Self.product(shift))
      #expect(solver.residualNorms.count == step + 1 && abs(solver.residualNorm - 1) <= 1e-15)
    }
    solver.advance(Self.product(shift))
    #expect(solver.residualNorm <= 1e-15)
    #expect(largestDifference(solver.solution, [0, 1, 0, 0, 0, 0]) <= 1e-15)
  }

  @Test func singularSystemsBreakDown() {
    let matrix = Matrix(rows: 2, columns: 2, values: [1, 0, 0, 0])
    var solver = GMRES(right: [3, 4])
    let solverIsSolved = solver.solve(tolerance: 1e-12, maxProducts: 10, Self.product(matrix))
    #expect(!solverIsSolved)
    #expect(solver.hasBrokenDown)
    #expect(abs(Self.trueResidual(solver, matrix) - 4) <= 1e-12)
    let before = solver
    solver.advance(Self.product(matrix))
    #expect(solver == before)
  }

  @Test func consistentSingularSystemsAreSolved() {
    let matrix = Matrix(rows: 3, columns: 3, values: [2, 0, 0, 0, 3, 0, 0, 0, 0])
    var solver = GMRES(right: [2, 6, 0])
    let solverIsSolved = solver.solve(tolerance: 1e-13, maxProducts: 5, Self.product(matrix))
    #expect(solverIsSolved)
    #expect(largestDifference(solver.solution, [1, 2, 0]) <= 1e-13)
  }

  @Test func zeroAndNonFiniteRightHandSides() {
    var zero = GMRES(right: [0, 0])
    let zeroIsSolved = zero.solve(tolerance: 0, maxProducts: 5, Self.product(.identity(2)))
    #expect(zeroIsSolved)
    #expect(zero.products == 0 && zero.solution == [0, 0])
    var endless = GMRES(right: [.infinity, 0])
    let endlessIsSolved = endless.solve(tolerance: 1, maxProducts: 5, Self.product(.identity(2)))
    #expect(!endlessIsSolved)
    #expect(endless.hasBrokenDown && endless.products == 0)
    var undefined = GMRES(right: [1, 0])
    undefined.advance { _, result in result[0] = .nan }
    #expect(undefined.hasBrokenDown && undefined.solution == [0, 0])
  }

  @Test func copiesGoTheirOwnWay() {
    let (matrix, right) = Self.system(10, seed: 8)
    var solver = GMRES(right: right, restart: 4)
    for _ in 0..<3 { solver.advance(Self.product(matrix)) }
    var copy = solver
    for _ in 0..<5 { solver.advance(Self.product(matrix)) }
    for _ in 0..<5 { copy.advance(Self.product(matrix)) }
    #expect(solver == copy)
  }
}
