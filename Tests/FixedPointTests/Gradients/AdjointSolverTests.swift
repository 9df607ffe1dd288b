import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

struct AdjointSolverTests {
  static let iterative: [AdjointSolver.Method] = [
    .picard, .anderson(), .anderson(window: 2), .gmres(), .gmres(restart: 7),
  ]

  /// An affine map with the given Jacobian.
  static func affine(_ matrix: Matrix) -> ClosureMap {
    ClosureMap(dimension: matrix.rows, jacobian: { _ in matrix }, matrix.multiply)
  }

  static func contraction(_ size: Int, norm: Double, seed: UInt64) throws -> Matrix {
    var generator = SeededGenerator(seed: seed)
    var matrix = generator.matrix(size, size)
    let scale = norm / (try matrix.norm2())
    for index in matrix.values.indices { matrix.values[index] *= scale }
    return matrix
  }

  private static func difference(_ x: [Double], _ y: [Double]) -> Double { Distance.sup(x.span, y.span) }

  @Test(arguments: iterative)
  func agreesWithTheDirectSolve(method: AdjointSolver.Method) throws {
    for (size, norm) in [(1, 0.5), (4, 0.9), (20, 0.7), (40, 0.95)] {
      let map = Self.affine(try Self.contraction(size, norm: norm, seed: UInt64(size)))
      var generator = SeededGenerator(seed: 77)
      let cotangent = generator.vector(size)
      let point = [Double](repeating: 0, count: size)
      let exact = AdjointSolver(.direct).solve(map, at: point, cotangent: cotangent)
      let found = AdjointSolver(method, tolerance: 1e-12).solve(map, at: point, cotangent: cotangent)
      #expect(exact.outcome == .converged && found.outcome == .converged, "\(size) units")
      #expect(Self.difference(exact.gradient, found.gradient) <= 1e-10)
      #expect(found.residual <= 1e-12 * Vector.norm2(cotangent))
      #expect(found.trace.map(\.step) == Array(1...found.trace.count))
      #expect(found.trace.last?.residual == found.residual)
    }
  }

  /// g of the map c z is v / (1 - c); the residual after k Neumann steps is |c|^(k + 1) |v|.
  @Test func closedForm() {
    let map = Self.affine(Matrix(rows: 1, columns: 1, values: [-0.5]))
    for method in [.direct] + Self.iterative {
      let solution = AdjointSolver(method, tolerance: 1e-14).solve(map, at: [0], cotangent: [3])
      #expect(solution.outcome == .converged)
      #expect(abs(solution.gradient[0] - 2) <= 1e-13)
    }
    let neumann = AdjointSolver(.picard).solve(map, at: [0], cotangent: [3])
    for row in neumann.trace.prefix(20) {
      let expected = 3 * (0..<row.step).reduce(1.0) { product, _ in product / 2 }
      #expect(abs(row.residual - expected) <= 1e-15 * 3)
      #expect(row.products == row.step)
    }
  }

  /// d(cᵀ z*)/db = σ' ∘ g with (I - Jᵀ) g = c at z* = σ(W z* + b): against central differences of solved fixed points.
  @Test(arguments: [.direct] + iterative)
  func agreesWithCentralDifferences(method: AdjointSolver.Method) throws {
    var generator = SeededGenerator(seed: 5)
    let weight = try Self.contraction(6, norm: 0.8, seed: 6)
    let bias = generator.vector(6)
    let loss = generator.vector(6)
    let point = try Self.fixedPoint(weight, bias)
    let network = try Self.layer(weight, bias)
    let solution = AdjointSolver(method).solve(network, at: point, cotangent: loss)
    #expect(solution.outcome == .converged)
    let preactivation = zip(weight.multiply(point), bias).map { $0 + $1 }
    for i in 0..<6 {
      let gradient = Activation(.tanh).slope(preactivation[i]) * solution.gradient[i]
      let width = 1e-5
      let values = try [width, -width].map { change in
        var moved = bias
        moved[i] += change
        return Vector.dot(loss, try Self.fixedPoint(weight, moved))
      }
      #expect(abs(gradient - (values[0] - values[1]) / (2 * width)) <= 1e-8)
    }
  }

  private static func layer(_ weight: Matrix, _ bias: [Double]) throws -> Network {
    let shape = Shape([bias.count])
    let context = OperatorContext(incoming: shape, state: shape, input: nil)
    let square = Tensor(shape: Shape([weight.rows, weight.columns]), values: weight.values)
    return try Network(
      stateShape: shape,
      operators: [
        try Dense(FieldValues(["weight": .tensor(square)]), in: context),
        try Inject(FieldValues(["bias": .tensor(Tensor(vector: bias))]), in: context),
        try Activate(FieldValues(["kind": .text("tanh")]), in: context),
      ])
  }

  private static func fixedPoint(_ weight: Matrix, _ bias: [Double]) throws -> [Double] {
    let stopping = StoppingRule(tolerance: 1e-15, measure: .residualSup, maxSteps: 3000)
    let start = [Double](repeating: 0, count: bias.count)
    var run = Run(map: try layer(weight, bias), start: start, solver: Picard(), stopping: stopping)
    run.runToEnd()
    return run.iterate
  }

  // MARK: Failures

  /// With eigenvalues ±2i the Neumann series diverges; the others solve the system all the same.
  @Test func divergenceIsAnOutcome() {
    let map = Self.affine(Matrix(rows: 2, columns: 2, values: [0, -2, 2, 0]))
    let failed = AdjointSolver(.picard).solve(map, at: [0, 0], cotangent: [1, 0])
    #expect(failed.outcome == .diverged)
    #expect(failed.gradient == [1, 0])
    // v - (I - Jᵀ) v = Jᵀ v
    #expect(abs(failed.residual - 2) <= 1e-15)
    for method in [.direct, .anderson(), .gmres()] as [AdjointSolver.Method] {
      let solution = AdjointSolver(method).solve(map, at: [0, 0], cotangent: [1, 0])
      #expect(solution.outcome == .converged)
      // (I - Jᵀ)⁻¹ (1, 0) with I - Jᵀ = [[1, -2], [2, 1]] is (1, -2)/5.
      #expect(Self.difference(solution.gradient, [0.2, -0.4]) <= 1e-9)
    }
  }

  @Test func limitedSteps() throws {
    let map = Self.affine(try Self.contraction(30, norm: 0.99, seed: 1))
    let cotangent = [Double](repeating: 1, count: 30)
    for method in Self.iterative {
      let solution = AdjointSolver(method, tolerance: 1e-14, maxSteps: 4).solve(
        map, at: cotangent, cotangent: cotangent)
      #expect(solution.outcome == .maxSteps)
      #expect(solution.trace.count == 4)
      #expect(solution.residual < Vector.norm2(cotangent))
    }
  }

  /// J = I leaves no solution; nothing is passed off as one.
  @Test func singularSystems() {
    let map = Self.affine(.identity(3))
    let direct = AdjointSolver(.direct).solve(map, at: [0, 0, 0], cotangent: [1, 2, 2])
    #expect(direct.outcome == .singular)
    #expect(direct.residual == 3)
    for method in Self.iterative {
      let solution = AdjointSolver(method, maxSteps: 3000).solve(map, at: [0, 0, 0], cotangent: [1, 2, 2])
      #expect(solution.outcome != .converged, "\(method)")
      #expect(abs(solution.residual - 3) <= 1e-14)
    }
  }

  @Test func unattainableTolerances() throws {
    let map = Self.affine(try Self.contraction(10, norm: 0.8, seed: 2))
    let cotangent = (0..<10).map { 1 / (Double($0) + 3) }
    for method in [.direct] + Self.iterative {
      let solution = AdjointSolver(method, tolerance: 1e-30, maxSteps: 600).solve(
        map, at: cotangent, cotangent: cotangent)
      #expect(solution.residual <= 1e-14)
      #expect(solution.outcome != .converged || solution.residual == 0, "\(method)")
    }
  }

  @Test func valuesThatAreNotFinite() {
    let map = Self.affine(Matrix(rows: 2, columns: 2, values: [.nan, 0, 0, 0.5]))
    for method in [.direct] + Self.iterative {
      let solution = AdjointSolver(method).solve(map, at: [0, 0], cotangent: [1, 1])
      #expect(solution.outcome == .diverged, "\(method)")
      #expect(solution.residual == .infinity)
    }
  }

  @Test func noCotangentIsNoGradient() throws {
    let map = Self.affine(try Self.contraction(3, norm: 0.5, seed: 2))
    for method in [.direct] + Self.iterative {
      let solution = AdjointSolver(method).solve(map, at: [0, 0, 0], cotangent: [0, 0, 0])
      #expect(solution.outcome == .converged && solution.gradient == [0, 0, 0])
    }
  }
}
