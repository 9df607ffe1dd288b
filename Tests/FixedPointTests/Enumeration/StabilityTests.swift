import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// What is proved of fixed points' stability, against eigenvalues in closed form.
@Suite struct StabilityTests {
  private func stability(_ network: Network, near point: [Double]) throws -> EnclosedFixedPoint.Stability {
    try #require(EnclosedFixedPoint(of: network, near: point)).stability
  }

  /// z = A z + b has one fixed point, whose derivative is A.
  @Test(arguments: [
    ([[0.9999999, 0], [0, 0.001]], EnclosedFixedPoint.Stability.attracting),
    ([[0.5, 1000], [0, 0.5]], .attracting),
    ([[0, -2], [2, 0]], .repelling),
    ([[2, 1], [0, 3]], .repelling),
    ([[0, -1e6], [-1e6, 0]], .repelling),
    ([[1.0000001, 0], [0, -1.5]], .repelling),
    ([[1.5, 0], [0, -0.5]], .saddle),
    // The determinant is above 1.
    ([[5, 0], [0, 0.5]], .saddle),
    ([[1e6, 0], [0, 1e-6]], .saddle),
    ([[2, 7], [0, 0]], .saddle),
    // Eigenvalues 2 and -1: it is left, and no more is known.
    ([[2, 0], [0, -1]], .unstable),
    // A rotation.
    ([[0, -1], [1, 0]], .undecided),
  ])
  func linearMaps(_ weight: [[Double]], _ expected: EnclosedFixedPoint.Stability) throws {
    let network = try Network(2, [.dense(weight), .inject([0.3, -0.2])])
    let solution = try LUFactorization(
      Matrix(rows: 2, columns: 2, values: [1 - weight[0][0], -weight[0][1], -weight[1][0], 1 - weight[1][1]])
    ).solve([0.3, -0.2])
    #expect(try stability(network, near: solution) == expected)
  }

  @Test func threeEigenvalues() throws {
    let network = try Network(3, [.dense([[5, 0, 1], [0, 0.5, 0], [0, 0, 0]])])
    #expect(try stability(network, near: [0, 0, 0]) == .saddle)
  }

  @Test func whatIsReported() {
    let all = EnclosedFixedPoint.Stability.allCases
    #expect(all.map(\.word) == ["attracting", "repelling", "saddle", "undecided", "undecided"])
    #expect(all.map(\.isStable) == [true, false, false, false, nil])
  }

  /// A steep kinked function: the fixed point lies between the kinks.
  @Test(arguments: [3, 50, 215, 1000, 1e6, 1e9])
  func aSteepRampRepels(_ gain: Double) throws {
    let network = try Network(1, [.scale(gain), .activation(.hardtanh)])
    #expect(try stability(network, near: [0]) == .repelling)
    #expect(try stability(network, near: [1]) == .attracting)
  }

  /// Fixed points on a kink, where all slopes of both sides are known.
  @Test func fixedPointsOnKinks() throws {
    let ramp = try Network(1, [.scale(-0.7), .activation(.relu)])
    #expect(try stability(ramp, near: [0]) == .attracting)
    let leaky = try Network(
      3, [.dense([[0.2, -0.3, 0.1], [0.4, 0.1, -0.2], [-0.1, 0.3, 0.2]]), .activation(.leakyRelu)])
    #expect(try stability(leaky, near: [0, 0, 0]) == .attracting)
    // Slopes -3 and -0.03: 0.09 in two steps, but no norm shrinks under both.
    let uneven = try Network(1, [.scale(-3), .activation(.leakyRelu)])
    #expect(try stability(uneven, near: [0]) == .undecided)
    // Slopes 1.5 and 3.5 have 0 between none of them and 1.
    let steep = try Network(1, [.scale(2), .activation(.relu), .skip(1.5)])
    #expect(try stability(steep, near: [0]) == .repelling)
  }

  /// √z divided by its largest entry: both entries are equal at (1, 1), and J = ½ (I - 1 gᵀ) for every g of the simplex,
  /// with the eigenvalues 0 and ½.
  @Test func aTieOfTheSupNorm() throws {
    let network = try Network(2, [.activation(.sqrt), .normalize(.infinity)])
    #expect(try stability(network, near: [1, 1]) == .attracting)
  }

  @Test func theMiddleOfThreeIsASaddle() throws {
    let network = try Network(2, [.dense([[1, -1], [-1, 1]]), .activation(.tanh, shift: 1.2)])
    #expect(try stability(network, near: [1.2, 1.2]) == .saddle)
  }

  @Test func smoothness() throws {
    let ramp = try Network(2, [.activation(.hardtanh), .activation(.identity, shift: 2, power: 0.5)])
    #expect(ramp.isSmooth(over: IntervalVector([0.5, -0.5])) && !ramp.isSmooth(over: IntervalVector([0.5, 1])))
    let root = try Network(1, [.activation(.identity, power: 1.5)])
    #expect(root.isSmooth(over: IntervalVector([1])) && !root.isSmooth(over: IntervalVector([0])))
    for (norm, point, isSmooth) in [
      (1, [1, 0], false), (1, [1, 2], true), (2, [1, 0], true), (.infinity, [1, 1], false), (.infinity, [2, -1], true),
    ] as [(Double, [Double], Bool)] {
      #expect(try Network(2, [.normalize(norm)]).isSmooth(over: IntervalVector(point)) == isSmooth)
    }
  }
}
