internal import LinearAlgebra

/// The last changes of the iterate and of the residual, oldest first, each pair divided by the length of the
/// residual's change: then neither the condition number nor a Tikhonov term depends on how far the run has come.
struct AndersonDifferences: Sendable, Equatable {
  /// Below this reciprocal condition number of the small problem the oldest column is dropped.
  static let leastCondition = 1e-10

  /// Δx / ‖Δr‖₂
  private(set) var steps: [[Double]] = []
  /// Δr / ‖Δr‖₂
  private(set) var changes: [[Double]] = []
  /// The QR factorisation of the changes.
  private(set) var factors: ThinQR
  /// Steps since there was no past.
  private(set) var age = 0

  init(dimension: Int) { factors = ThinQR(rows: dimension) }

  var count: Int { changes.count }
  var dimension: Int { factors.rows }

  mutating func removeAll() { self = AndersonDifferences(dimension: factors.rows) }

  /// Takes in a new pair; the oldest goes once there are more than `window`, or as many as dimensions.
  ///
  /// A change of zero or one that is not finite tells nothing about the map: the past is forgotten.
  mutating func append(step: [Double], change: [Double], window: Int) {
    let length = Vector.norm2(change)
    guard length.isNormal else {
      removeAll()
      return
    }
    if count == min(window, factors.rows) { removeFirst() }
    let unit = change.map { $0 / length }
    steps.append(step.map { $0 / length })
    changes.append(unit)
    factors.append(unit)
    age += 1
  }

  private mutating func removeFirst() {
    steps.removeFirst()
    changes.removeFirst()
    factors.removeFirst()
  }

  /// The next iterate, z + β r - (ΔX + β ΔF) γ; `nil` if it is not finite, and then the past is forgotten.
  mutating func combine(_ solver: Anderson, iterate: [Double], residual: [Double]) -> [Double]? {
    var next = iterate
    Vector.add(solver.mixing, times: residual, to: &next)
    for (j, coefficient) in coefficients(solver, residual).enumerated() {
      Vector.add(-coefficient, times: steps[j], to: &next)
      Vector.add(-coefficient * solver.mixing, times: changes[j], to: &next)
    }
    if next.allSatisfy(\.isFinite) { return next }
    removeAll()
    return nil
  }

  /// γ of the columns that are left once the small problem is well conditioned.
  private mutating func coefficients(_ solver: Anderson, _ residual: [Double]) -> [Double] {
    while count > 0 {
      let solution =
        switch (solver.kind, solver.regularization > 0) {
        case (.typeII, false): leastResidual(residual)
        case (.typeII, true): ridge(triangle, projection(residual), solver.regularization)
        case (.typeI, _): ridge(secantMatrix, steps.map { Vector.dot($0, residual) }, solver.regularization)
        }
      if let solution, solution.allSatisfy(\.isFinite) { return solution }
      removeFirst()
    }
    age = 0
    return []
  }

  private func leastResidual(_ residual: [Double]) -> [Double]? {
    guard factors.reciprocalCondition >= Self.leastCondition else { return nil }
    return try? factors.leastSquares(residual)
  }

  /// The γ that minimises ‖A γ - b‖² + λ ‖γ‖²; `nil` if that is badly conditioned.
  private func ridge(_ matrix: Matrix, _ right: [Double], _ regularization: Double) -> [Double]? {
    let size = matrix.columns
    let isPlain = regularization == 0
    var stacked = Matrix(rows: isPlain ? size : 2 * size, columns: size)
    stacked.values.replaceSubrange(0..<(size * size), with: matrix.values)
    if !isPlain {
      for j in 0..<size { stacked[size + j, j] = regularization.squareRoot() }
    }
    let target = right + [Double](repeating: 0, count: stacked.rows - size)
    guard let problem = try? QRFactorization(stacked), problem.reciprocalCondition >= Self.leastCondition else {
      return nil
    }
    return try? problem.leastSquares(target)
  }

  /// R of the changes.
  private var triangle: Matrix {
    var result = Matrix(rows: count, columns: count)
    for j in 0..<count {
      for i in 0...j { result[i, j] = factors.triangleEntry(i, j) }
    }
    return result
  }

  /// Qᵀ r
  private func projection(_ residual: [Double]) -> [Double] {
    (0..<count).map { Vector.dot(factors.basisColumn($0), residual) }
  }

  /// ΔXᵀ ΔF
  private var secantMatrix: Matrix {
    var result = Matrix(rows: count, columns: count)
    for i in 0..<count {
      for j in 0..<count { result[i, j] = Vector.dot(steps[i], changes[j]) }
    }
    return result
  }
}
