internal import Glibc
internal import LinearAlgebra

/// A map whose fixed point is known in closed form, or to the digits given.
public struct KnownProblem: Sendable, CustomStringConvertible {
  public let name: String
  public let map: ClosureMap
  public let start: [Double]
  public let fixedPoint: [Double]
  /// A bound of ‖z - z*‖_inf / ‖f(z) - z‖_inf near z*: what a residual says about the error.
  public let conditioning: Double
  public var description: String { name }

  public static let all = [linear, cosine, rotation, affine, documented, golden, positive]

  /// z -> z/2 + 1 with z* = 2.
  public static let linear = KnownProblem(
    name: "linear", map: ClosureMap(dimension: 1, jacobian: { _ in matrix([[0.5]]) }) { [0.5 * $0[0] + 1] }, start: [4],
    fixedPoint: [2], conditioning: 2)

  /// cos, with Dottie's number.
  public static let cosine = KnownProblem(
    name: "cosine", map: ClosureMap(dimension: 1, jacobian: { matrix([[-sin($0[0])]]) }) { [cos($0[0])] }, start: [1],
    fixedPoint: [0.739_085_133_215_160_6], conditioning: 1)

  /// A quarter turn times 0.9 about (1, 2): complex eigenvalues ±0.9i.
  public static let rotation = KnownProblem(
    name: "rotation",
    map: ClosureMap(dimension: 2, jacobian: { _ in matrix([[0, -0.9], [0.9, 0]]) }) {
      [1 - 0.9 * ($0[1] - 2), 2 + 0.9 * ($0[0] - 1)]
    },
    start: [5, 5], fixedPoint: [1, 2], conditioning: 2)

  /// z -> A z + (I - A) c with A upper triangular: z* = c.
  public static let affine = KnownProblem(
    name: "affine",
    map: ClosureMap(dimension: 4, jacobian: { _ in matrix(triangle) }) { z in
      let center: [Double] = [1, -2, 3, -4]
      let distances = zip(z, center).map { $0 - $1 }
      return product(triangle, distances, plus: center)
    }, start: [0, 0, 0, 0], fixedPoint: [1, -2, 3, -4], conditioning: 20)

  /// x₁' = ½ sqrt|x₁ + x₂|, x₂' = 1.5 x₁ + ½ x₂ with the fixed point (1, 3).
  public static let documented = KnownProblem(
    name: "documented",
    map: ClosureMap(
      dimension: 2,
      jacobian: { z in
        let sum = z[0] + z[1]
        let slope = (sum < 0 ? -0.25 : 0.25) / abs(sum).squareRoot()
        return matrix([[slope, slope], [1.5, 0.5]])
      }
    ) { [0.5 * abs($0[0] + $0[1]).squareRoot(), 1.5 * $0[0] + 0.5 * $0[1]] },
    start: [0.3, 900], fixedPoint: [1, 3], conditioning: 20)

  /// tanh(W z + b) on which the certificates disagree.
  public static let golden = KnownProblem(
    name: "golden",
    map: ClosureMap(
      dimension: 3,
      jacobian: { z in
        let slopes = product(goldenWeights, z, plus: goldenBias).map { 1 - tanh($0) * tanh($0) }
        return matrix(zip(goldenWeights, slopes).map { row, slope in row.map { slope * $0 } })
      }
    ) { z in product(goldenWeights, z, plus: goldenBias).map { tanh($0) } }, start: [0, 0, 0],
    fixedPoint: [0.569_073_084_516, -0.151_178_678_818, 0.081_303_835_190], conditioning: 5)

  /// Entrywise (2 zᵢ₊₁)^½ on the open cone: z* = (2, 2, 2), and Thompson's distance halves at every step.
  public static let positive = KnownProblem(
    name: "positive",
    map: ClosureMap(
      dimension: 3,
      jacobian: { z in
        let slopes = z.map { 1 / (2 * $0).squareRoot() }
        return matrix([[0, slopes[1], 0], [0, 0, slopes[2]], [slopes[0], 0, 0]])
      }
    ) { z in [(2 * z[1]).squareRoot(), (2 * z[2]).squareRoot(), (2 * z[0]).squareRoot()] },
    start: [1, 4, 9], fixedPoint: [2, 2, 2], conditioning: 3)

  private static let triangle: [[Double]] = [
    [0.5, 0.25, -0.5, 0.125], [0, -0.75, 0.5, 0.25], [0, 0, 0.25, 1], [0, 0, 0, 0.5],
  ]
  private static let goldenWeights = [[0.5, -0.3, 0.2], [0.1, 0.4, -0.6], [-0.2, 0.3, 0.5]]
  private static let goldenBias = [0.3, -0.1, 0.2]

  private static func matrix(_ rows: [[Double]]) -> Matrix {
    Matrix(rows: rows.count, columns: rows[0].count, values: rows.flatMap(\.self))
  }

  /// matrix · z + vector
  private static func product(_ matrix: [[Double]], _ z: [Double], plus vector: [Double]) -> [Double] {
    zip(matrix, vector).map { row, shift in zip(row, z).reduce(shift) { $0 + $1.0 * $1.1 } }
  }
}
