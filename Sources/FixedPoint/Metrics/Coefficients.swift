internal import Glibc
public import LinearAlgebra

/// The subhomogeneity coefficients of a map at one point z of the open cone, from its Jacobian J there.
///
/// With the log-Jacobian L = diag(f)⁻¹ J diag(z), the Jacobian of u -> log f(exp u). A coefficient at a point is a
/// measurement; it proves nothing about other points. Every coefficient is `nil` where it is undefined: z or f(z) not
/// positive, an entry not finite, or, for Hilbert's, no normalisation or z off its sphere.
/// Source: theory, section 2; Sittoni, Tudisco, *Subhomogeneous Deep Equilibrium Models*, ICML 2024, definitions 3.1
/// and 3.2; Lemmens, Nussbaum, *Nonlinear Perron-Frobenius Theory*, appendix A.
public struct Coefficients: Sendable, Equatable {
  /// max_i |(J z)_i| / f_i = ‖L 1‖_inf
  public let radial: Double?
  /// max_i (|J| z)_i / f_i = ‖L‖_inf, the local Lipschitz constant in Thompson's metric.
  public let strong: Double?
  /// ½ max_{a,b} ‖L'_a - L'_b‖₁ over the rows of L' = L - (L 1) wᵀ, the local Lipschitz constant in Hilbert's metric on
  /// the sphere ‖z‖_p = 1.
  ///
  /// The theory defines it by the log-Jacobian of the map F before its normalisation; J of the whole map f = F/‖F‖_p
  /// gives the same: log f = log F - log ‖F‖_p, so that the two log-Jacobians differ by one row that is added to every
  /// row, and the differences of rows do not see it. w is the gradient of log ‖exp u‖_p, w_i = z_i^p / Σ z_j^p; for
  /// p = inf it is the unit vector of the largest entry, and where several are largest the greatest value over them.
  public let hilbert: Double?

  /// How far ‖z‖_p may be from 1 for Hilbert's coefficient: it moves by as much, relatively.
  public static let sphereTolerance = 1e-6

  /// - Parameters:
  ///   - jacobian: J(z), n x n, of the whole map.
  ///   - iterate: z.
  ///   - image: f(z).
  ///   - norm: the norm if the map ends in the division of all entries by it.
  public init(jacobian: Matrix, at iterate: [Double], image: [Double], norm: VectorNorm? = nil) {
    let count = iterate.count
    precondition(jacobian.rows == count && jacobian.columns == count, "the Jacobian is n x n")
    precondition(image.count == count, "an iterate and its image have one length")
    guard let logarithmic = try? Self.logJacobian(jacobian, at: iterate, image: image) else {
      radial = nil
      strong = nil
      hilbert = nil
      return
    }
    let rowSums = Self.rows(of: logarithmic) { $0 }
    radial = rowSums.reduce(0) { max($0, abs($1)) }
    strong = Self.rows(of: logarithmic, abs).reduce(0, max)
    hilbert = norm.flatMap { norm in
      Self.weights(iterate, norm)?.reduce(0) { max($0, Self.dobrushin(logarithmic, rowSums, $1)) }
    }
  }

  /// L = diag(f)⁻¹ J diag(z).
  /// - Throws: what keeps it from being defined.
  static func logJacobian(
    _ jacobian: Matrix, at iterate: [Double], image: [Double]
  ) throws(LogJacobianObstacle) -> Matrix {
    if let unit = iterate.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
      throw .iterate(unit: unit, value: iterate[unit])
    }
    if let unit = image.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
      throw .image(unit: unit, value: image[unit])
    }
    var result = jacobian
    let count = iterate.count
    for i in 0..<count {
      for j in 0..<count { result.values[i * count + j] *= iterate[j] / image[i] }
    }
    if let index = result.values.firstIndex(where: { !$0.isFinite }) {
      throw .matrix(.notFinite(row: index / count, column: index % count))
    }
    return result
  }

  private static func rows(of matrix: Matrix, _ term: (Double) -> Double) -> [Double] {
    let count = matrix.columns
    return (0..<matrix.rows).map { row in
      matrix.values[(row * count)..<((row + 1) * count)].reduce(0) { $0 + term($1) }
    }
  }

  /// The vectors w at z: several where several entries are largest and p is infinite; `nil` off the sphere.
  private static func weights(_ iterate: [Double], _ norm: VectorNorm) -> [[Double]]? {
    guard abs(norm.of(iterate.span) - 1) <= sphereTolerance else { return nil }
    let largest = iterate.reduce(0, max)
    switch norm {
    case .power(let p):
      let powers = iterate.map { pow($0 / largest, p) }
      let sum = powers.reduce(0, +)
      return [powers.map { $0 / sum }]
    case .sup:
      return iterate.indices.filter { iterate[$0] == largest }.map { top in
        iterate.indices.map { $0 == top ? 1 : 0 }
      }
    }
  }

  /// ½ max_{a,b} ‖L'_a - L'_b‖₁: O(n³), less where the rows' norms tell that a pair cannot be the farthest.
  private static func dobrushin(_ matrix: Matrix, _ rowSums: [Double], _ weights: [Double]) -> Double {
    let count = matrix.columns
    var projected = matrix
    for i in 0..<count {
      for j in 0..<count { projected.values[i * count + j] -= rowSums[i] * weights[j] }
    }
    let norms = rows(of: projected, abs)
    let order = norms.indices.sorted { (norms[$0], $0) > (norms[$1], $1) }
    var farthest = 0.0
    for (position, a) in order.enumerated() {
      for b in order[(position + 1)...] {
        if norms[a] + norms[b] <= farthest { break }
        farthest = max(farthest, distance(projected.values.span, a * count, b * count, count))
      }
    }
    return farthest / 2
  }

  /// Σ |values[first + j] - values[second + j]|, four sums side by side.
  private static func distance(_ values: Span<Double>, _ first: Int, _ second: Int, _ count: Int) -> Double {
    var sums = SIMD4<Double>.zero
    var j = 0
    while j + 4 <= count {
      let a = SIMD4(values[first + j], values[first + j + 1], values[first + j + 2], values[first + j + 3])
      let b = SIMD4(values[second + j], values[second + j + 1], values[second + j + 2], values[second + j + 3])
      let difference = a - b
      sums += difference.replacing(with: -difference, where: difference .< 0)
      j += 4
    }
    var sum = sums.sum()
    while j < count {
      sum += abs(values[first + j] - values[second + j])
      j += 1
    }
    return sum
  }
}
