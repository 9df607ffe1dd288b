internal import LinearAlgebra

/// The equations of a place where two branches cross, which are regular there: G + β b = 0, (∂G/∂z)ᵀ φ = 0, φ · ∂G/∂s = 0
/// and ψ · φ = 1 for the place (z, s), β and φ, with G = z - f(z, λ). Branches cross where β = 0.
///
/// A point of a branch alone is right to half of the digits there, since the curve's own equations are singular.
/// Source: Moore, *The numerical treatment of non-trivial bifurcation points*, Numerical Functional Analysis and
/// Optimization 2, 1980.
struct CrossingSystem {
  let family: NetworkFamily
  let cell: Cell

  struct Solution {
    let place: [Double]
    /// How far the part of the way through the range may be off.
    let uncertainty: Double
  }

  private static let mostEntries = 64

  /// The crossing near a place; `nil` where Newton's iteration finds none within a distance.
  func solution(near guess: [Double], within reach: Double) -> Solution? {
    let count = guess.count - 1
    guard count <= Self.mostEntries, let first = family.setting(at: guess),
      let normal = first.jacobian(in: cell).transposed.eigenvector(near: 1)
    else { return nil }
    var unknowns = guess + [0] + normal
    var result: Solution?
    var old = Double.infinity
    for _ in 0..<25 {
      guard let step = step(unknowns, normal) else { return result }
      unknowns = unknowns.moved(-1, along: step.move)
      let place = Array(unknowns.prefix(count + 1))
      guard place.distance(to: guess) <= reach else { return nil }
      let size = Vector.normSup(step.move)
      guard size > 0, size < old || size > 1e-9 else { break }
      result = Solution(place: place, uncertainty: abs(step.move[count]) + step.noise)
      old = size
    }
    guard abs(unknowns[count + 1]) <= 1e-9 * (1 + Vector.normSup(guess)) else { return nil }
    return result.map { Solution(place: Array(unknowns.prefix(count + 1)), uncertainty: $0.uncertainty) }
  }

  /// Newton's step, and what of the part of the range is noise.
  private func step(_ unknowns: [Double], _ normal: [Double]) -> (move: [Double], noise: Double)? {
    let count = normal.count
    let place = Array(unknowns.prefix(count + 1))
    let vector = Array(unknowns.suffix(count))
    guard let setting = family.setting(at: place), let slope = family.preciseSlope(at: place, in: cell),
      let matrix = matrix(setting, place, slope.value, vector, normal), let factors = try? LUFactorization(matrix)
    else { return nil }
    let offset = unknowns[count + 1]
    let right =
      zip(setting.residual, normal).map { $0 + offset * $1 } + residual(setting.jacobian(in: cell), vector)
      + [-Vector.dot(vector, slope.value), Vector.dot(normal, vector) - 1]
    let row = factors.solveTransposed((0..<2 * count + 2).map { $0 == count ? 1 : 0 })
    let rounding = 1e-15 * (1 + Vector.normSup(place))
    let noise = row.enumerated().reduce(0) { sum, entry in
      sum + abs(entry.element) * (entry.offset == 2 * count ? slope.error + rounding : rounding)
    }
    return (factors.solve(right), noise)
  }

  /// (I - J)ᵀ φ
  private func residual(_ jacobian: Matrix, _ vector: [Double]) -> [Double] {
    zip(vector, jacobian.transposed.multiply(vector)).map { $0 - $1 }
  }

  private func matrix(
    _ setting: NetworkFamily.Setting, _ place: [Double], _ slope: [Double], _ vector: [Double], _ normal: [Double]
  ) -> Matrix? {
    let count = normal.count
    let jacobian = setting.jacobian(in: cell)
    var matrix = Matrix(rows: 2 * count + 2, columns: 2 * count + 2)
    for i in 0..<count {
      for j in 0..<count {
        matrix[i, j] = (i == j ? 1 : 0) - jacobian[i, j]
        matrix[count + i, count + 2 + j] = (i == j ? 1 : 0) - jacobian[j, i]
      }
      matrix[i, count] = -slope[i]
      matrix[i, count + 1] = normal[i]
      matrix[2 * count, count + 2 + i] = -slope[i]
      matrix[2 * count + 1, count + 2 + i] = normal[i]
    }
    for j in 0...count {
      guard let change = change(of: vector, along: j, place) else { return nil }
      for i in 0..<count { matrix[count + i, j] = change[i] }
      if j == count { for i in 0..<count { matrix[2 * count, i] = change[i] } }
    }
    guard let curvature = family.curvature(at: place) else { return nil }
    matrix[2 * count, count] = -Vector.dot(vector, curvature)
    return matrix
  }

  /// The derivative of (I - J)ᵀ φ along an entry of the place, by a difference.
  private func change(of vector: [Double], along entry: Int, _ place: [Double]) -> [Double]? {
    let step = 1e-5 * (1 + abs(place[entry]))
    func value(_ offset: Double) -> [Double]? {
      var moved = place
      moved[entry] += offset
      return family.setting(at: moved).map { residual($0.jacobian(in: cell), vector) }
    }
    guard let low = value(-step), let high = value(step) else { return nil }
    return zip(high, low).map { ($0 - $1) / (2 * step) }
  }
}
