internal import Glibc
internal import LinearAlgebra

/// Searches the multipliers Λ of theorem 7: maximises λ_min(Q(Λ)) over Λ > 0 with Σ λ_i = n, a concave problem.
///
/// An interior-point method on: minimise t subject to Q(Λ) + t I ≻ 0. With S = (Q + t I)⁻¹, a_i and b_i the rows of I - αW and
/// I - βW, Q = Σ λ_i sym(a_i b_iᵀ) and the barrier -log det(Q + t I) - Σ log λ_i has
///
///     ∂_i = -a_iᵀ S b_i - 1/λ_i,   ∂_i ∂_j = ½ ((a_iᵀ S b_j)(b_iᵀ S a_j) + (a_iᵀ S a_j)(b_iᵀ S b_j)) + δ_ij / λ_i²,
///
/// so a Newton step costs a few products of n x n matrices. On the central path of τ t + barrier, t is within 2n/τ of
/// the optimum, which tells when to stop. Everything is deterministic; nothing here is a proof, the caller proves
/// what comes out.
/// Source: Boyd, Vandenberghe, *Convex Optimization*, 2004, sections 11.2 to 11.4 and 11.6.
struct MultiplierSearch {
  /// Λ, all positive, with sum n.
  private(set) var multipliers: [Double]
  /// -λ_min(Q(Λ)) is less than this.
  private var level: Double
  /// At most this much could still be gained at the last centred point.
  private(set) var gap = Double.infinity
  private let form: SectorForm
  private var weight: Double

  private var size: Int { form.size }

  /// Starts near a guess, which is positive.
  init(_ form: SectorForm, from guess: [Double]) {
    self.form = form
    let sum = guess.reduce(0, +)
    // Half way to Λ = I: well inside.
    multipliers = guess.map { 0.5 * Double(guess.count) * $0 / sum + 0.5 }
    let quadratic = form.quadraticForm(multipliers)
    let least = (try? SymmetricEigen.values(of: quadratic))?.first ?? -quadratic.normInf
    level = -least + max(0.1, 0.1 * least.magnitude)
    weight = 1 / max(level.magnitude, 0.1)
  }

  /// The best multipliers that were found.
  static func best(_ form: SectorForm, from guess: [Double]) -> [Double] {
    var search = MultiplierSearch(form, from: guess)
    while !search.isDecided {
      guard search.center() else { break }
      search.gap = Double(2 * search.size) / search.weight
      search.weight *= 10
    }
    return search.multipliers
  }

  /// A tenth of the margin is left to gain, or of what is missing, or the optimum is 0 to working precision.
  private var isDecided: Bool { gap <= max(0.1 * level.magnitude, 1e-11) }

  /// Newton's method for the barrier problem at this weight; false where it can no longer move.
  private mutating func center() -> Bool {
    for iteration in 0..<30 {
      guard let step = newtonStep() else { return false }
      if step.decrement < 1e-2 { return true }
      guard move(along: step) else { return iteration > 0 }
    }
    return true
  }

  private struct Step {
    let multipliers: [Double]
    let level: Double
    /// -gᵀ d, the square of Newton's decrement.
    let decrement: Double
  }

  private func newtonStep() -> Step? {
    guard let inverse = try? shifted(multipliers, level).inverse() else { return nil }
    let lowImage = form.low.multiply(inverse)
    let highImage = form.high.multiply(inverse)
    let cross = lowImage.multiply(form.high, otherOrientation: .transposed)
    let gradient = (0..<size).map { -cross[$0, $0] - 1 / multipliers[$0] }
    let levelGradient = weight - (0..<size).reduce(0) { $0 + inverse[$1, $1] }
    let system = curvature(inverse, lowImage, highImage, cross)
    let right = gradient.map { -$0 } + [-levelGradient, 0]
    guard let solution = (try? LUFactorization(system))?.solve(right), solution.allSatisfy(\.isFinite) else {
      return nil
    }
    let descent = Vector.dot(Array(solution[0...size]), Array(right[0...size]))
    return Step(multipliers: Array(solution[0..<size]), level: solution[size], decrement: descent)
  }

  /// The barrier's second derivatives in (Λ, t), bordered by the constraint on the sum of Λ.
  private func curvature(_ inverse: Matrix, _ lowImage: Matrix, _ highImage: Matrix, _ cross: Matrix) -> Matrix {
    let lows = lowImage.multiply(form.low, otherOrientation: .transposed)
    let highs = highImage.multiply(form.high, otherOrientation: .transposed)
    var system = Matrix(rows: size + 2, columns: size + 2)
    for i in 0..<size {
      for j in 0..<size { system[i, j] = 0.5 * (cross[i, j] * cross[j, i] + lows[i, j] * highs[i, j]) }
      system[i, i] += 1 / (multipliers[i] * multipliers[i])
      let mixed = Vector.dot(lowImage.row(i), highImage.row(i))
      (system[i, size], system[size, i]) = (mixed, mixed)
      (system[i, size + 1], system[size + 1, i]) = (1, 1)
    }
    system[size, size] = inverse.values.reduce(0) { $0 + $1 * $1 }
    return system
  }

  /// Backtracks from the full step until the barrier falls.
  private mutating func move(along step: Step) -> Bool {
    guard let start = objective(multipliers, level) else { return false }
    var length = 1.0
    while length > 1e-12 {
      let candidate = zip(multipliers, step.multipliers).map { $0 + length * $1 }
      let value = objective(candidate, level + length * step.level)
      if let value, value <= start - 0.1 * length * step.decrement {
        multipliers = candidate
        level += length * step.level
        return true
      }
      length /= 2
    }
    return false
  }

  /// τ t - log det(Q(Λ) + t I) - Σ log λ_i; `nil` outside.
  private func objective(_ multipliers: [Double], _ level: Double) -> Double? {
    guard multipliers.allSatisfy({ $0 > 0 }),
      let factor = try? CholeskyFactorization(shifted(multipliers, level))
    else { return nil }
    let determinant = (0..<size).reduce(0) { $0 + 2 * log(factor.lower[$1, $1]) }
    return weight * level - determinant - multipliers.reduce(0) { $0 + log($1) }
  }

  private func shifted(_ multipliers: [Double], _ level: Double) -> Matrix {
    var result = form.quadraticForm(multipliers)
    for i in 0..<size { result[i, i] += level }
    return result
  }
}
