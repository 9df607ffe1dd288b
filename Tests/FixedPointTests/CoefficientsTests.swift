import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

struct CoefficientsTests {
  /// tanh(W z) + 1.2 at the repelling fixed point (1.2, 1.2) with W = [[1,-1],[-1,1]]: J = W, L = W there.
  @Test func signedMap() {
    let jacobian = Matrix(rows: 2, columns: 2, values: [1, -1, -1, 1])
    let measured = Coefficients(jacobian: jacobian, at: [1.2, 1.2], image: [1.2, 1.2])
    #expect(measured.radial == 0)
    #expect(measured.strong == 2)
    #expect(measured.hilbert == nil)
  }

  @Test func undefinedOffTheCone() {
    let jacobian = Matrix.identity(2)
    for (iterate, image) in [([1.0, 0], [1.0, 1]), ([1, 1], [1, -1]), ([1, .nan], [1, 1])] {
      let measured = Coefficients(jacobian: jacobian, at: iterate, image: image, norm: .sup)
      #expect(measured.radial == nil && measured.strong == nil && measured.hilbert == nil)
    }
    #expect(Coefficients(jacobian: jacobian, at: [1, 1.1], image: [1, 1], norm: .sup).hilbert == nil)
  }

  /// The Jacobian of F and that of F/‖F‖_p give the same Hilbert coefficient.
  @Test(arguments: [1, 2, 3, .infinity] as [Double])
  func theJacobianOfTheNormalisedMapIsEnough(p: Double) {
    var generator = SeededGenerator(seed: 3)
    let n = 7
    let z = Self.onSphere(generator.vector(n, in: 0.05...1), p)
    let image = (0..<n).map { _ in generator.number(in: 0.5...2) }
    var jacobian = Matrix(rows: n, columns: n)
    for k in jacobian.values.indices { jacobian.values[k] = generator.number(in: -1...1) }

    let norm = Self.norm(image, p)
    let normalised = image.map { $0 / norm }
    let weights = Self.weights(image, p)
    var whole = Matrix(rows: n, columns: n)
    for i in 0..<n {
      for j in 0..<n {
        let common = (0..<n).reduce(0) { $0 + weights[$1] * jacobian[$1, j] / image[$1] }
        whole[i, j] = normalised[i] * (jacobian[i, j] / image[i] - common)
      }
    }
    let before = Coefficients(jacobian: jacobian, at: z, image: image, norm: VectorNorm(p)).hilbert ?? .nan
    let after = Coefficients(jacobian: whole, at: z, image: normalised, norm: VectorNorm(p)).hilbert ?? .nan
    #expect(abs(before - after) <= 1e-12 * before)
  }

  /// For z -> (A z)^q normalised, no pair of points is stretched by more than the largest coefficient on the way, and
  /// the Birkhoff bound q tanh(Δ/4) with Δ = max log (a_ik a_jl / a_il a_jk) holds for each coefficient.
  @Test func hilbertCoefficientMeetsBirkhoff() {
    let a: [[Double]] = [[2, 1, 0.5], [1, 3, 1], [0.25, 1, 1]]
    var diameter = 0.0
    for i in 0..<3 {
      for j in 0..<3 {
        let ratios = (0..<3).map { a[i][$0] / a[j][$0] }
        diameter = max(diameter, (ratios.max() ?? 1) / (ratios.min() ?? 1))
      }
    }
    // tanh(log(d)/4) = (sqrt d - 1)/(sqrt d + 1)
    let bound = (diameter.squareRoot() - 1) / (diameter.squareRoot() + 1)
    var generator = SeededGenerator(seed: 11)
    var largest = 0.0
    for _ in 0..<2000 {
      let z = (0..<3).map { _ in generator.number(in: 0...1) * generator.number(in: 0...1) + 1e-6 }
      let unit = Self.onSphere(z, 1)
      let image = a.map { row in (0..<3).reduce(0) { $0 + row[$1] * unit[$1] } }
      let jacobian = Matrix(rows: 3, columns: 3, values: a.flatMap { $0 })
      largest = max(
        largest, Coefficients(jacobian: jacobian, at: unit, image: image, norm: VectorNorm(1)).hilbert ?? .nan)
    }
    #expect(largest <= bound * (1 + 1e-12))
    #expect(largest >= 0.9 * bound)
  }

  /// At a tie of the sup norm every choice of w counts.
  @Test func tiesTakeTheGreatest() {
    let jacobian = Matrix(rows: 2, columns: 2, values: [0.5, 0, 0, 0.25])
    let measured = Coefficients(jacobian: jacobian, at: [1, 1], image: [1, 1], norm: .sup)
    #expect(measured.hilbert == 0.5)
  }

  static func norm(_ v: [Double], _ p: Double) -> Double {
    if p == .infinity { return v.map(abs).max() ?? 0 }
    if p == 1 { return v.reduce(0) { $0 + abs($1) } }
    let sum = v.reduce(0) { $0 + (p == 2 ? $1 * $1 : $1 * $1 * $1) }
    return p == 2 ? sum.squareRoot() : cubeRoot(sum)
  }

  static func cubeRoot(_ x: Double) -> Double {
    var y = max(x, 1)
    for _ in 0..<60 { y -= (y - x / (y * y)) / 3 }
    return y
  }

  static func onSphere(_ v: [Double], _ p: Double) -> [Double] {
    let length = norm(v, p)
    return v.map { $0 / length }
  }

  static func weights(_ v: [Double], _ p: Double) -> [Double] {
    if p == .infinity { return v.map { $0 == v.max() ? 1 : 0 } }
    let powers = v.map { p == 1 ? $0 : p == 2 ? $0 * $0 : $0 * $0 * $0 }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
