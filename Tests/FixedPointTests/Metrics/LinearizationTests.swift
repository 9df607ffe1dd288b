import FixedPoint
import Glibc
import LinearAlgebra
import TestSupport
import Testing

/// Spectra that are known in closed form.
struct LinearizationTests {
  private static func linear(_ rows: [[Double]], at point: [Double]? = nil) throws -> Linearization {
    Linearization(of: try Network(rows.count, [.dense(rows)]), at: point ?? rows.map { _ in 1 })
  }

  @Test func aDiagonalMatrixHasItsEntries() throws {
    let here = try Self.linear([[0.5, 0, 0], [0, -2, 0], [0, 0, 0.25]])
    let found = try here.eigenvalues.get()
    for (value, expected) in zip(found, [-2, 0.5, 0.25]) {
      #expect(abs(value.real - expected) < 1e-14 && value.imaginary == 0)
    }
    for (value, expected) in zip(try here.singularValues.get(), [2, 0.5, 0.25]) {
      #expect(abs(value - expected) < 1e-14)
    }
    #expect(abs((here.spectralRadius ?? 0) - 2) < 1e-14 && abs((here.norm2 ?? 0) - 2) < 1e-14)
  }

  /// r times a rotation by θ: eigenvalues r e^{±iθ}, both singular values r; |1 - τ + τλ|² is least at
  /// τ = Re(1 - λ)/|1 - λ|².
  @Test func aScaledRotationHasAPairOnItsCircle() throws {
    let (r, angle) = (1.25, 2.0)
    let here = try Self.linear([[r * cos(angle), -r * sin(angle)], [r * sin(angle), r * cos(angle)]])
    let found = try here.eigenvalues.get()
    #expect(found.count == 2)
    #expect(abs(found[0].magnitude - r) < 1e-14 && abs(found[0].argument - angle) < 1e-14)
    #expect(found[1].real == found[0].real && found[1].imaginary == -found[0].imaginary)
    for value in try here.singularValues.get() { #expect(abs(value - r) < 1e-14) }
    let damping = try #require(here.damping)
    let square = (1 - r * cos(angle)) * (1 - r * cos(angle)) + r * r * sin(angle) * sin(angle)
    #expect(abs(damping.limit - 2 * (1 - r * cos(angle)) / square) < 1e-12)
    #expect(abs(damping.best - (1 - r * cos(angle)) / square) < 1e-6)
  }

  /// A normal matrix: the singular values are the eigenvalues' magnitudes. Circulant of (0, c, 0, 0): c times the
  /// fourth roots of 1.
  @Test func aCirculantHasTheRootsOfUnity() throws {
    let here = try Self.linear([[0, 0.5, 0, 0], [0, 0, 0.5, 0], [0, 0, 0, 0.5], [0.5, 0, 0, 0]])
    for (value, expected) in zip(
      try here.eigenvalues.get().sorted { $0.argument < $1.argument }, [-0.5, 0, 0.5, 1].map { $0 * .pi })
    {
      #expect(abs(value.magnitude - 0.5) < 1e-14)
      let turn = (value.argument - expected) / (2 * .pi)
      #expect(abs(turn - turn.rounded()) < 1e-13)
    }
    for value in try here.singularValues.get() { #expect(abs(value - 0.5) < 1e-14) }
  }

  @Test func theOrderIsByModulusAndPairsStandTogether() throws {
    var generator = SeededGenerator(seed: 5)
    let rows = generator.gaussianRows(9, 9, gain: 1)
    let found = try Self.linear(rows).eigenvalues.get()
    for (first, second) in zip(found, found.dropFirst()) { #expect(first.magnitude >= second.magnitude) }
    for (index, value) in found.enumerated() where value.imaginary > 0 {
      #expect(found[index + 1] == ComplexNumber(value.real, -value.imaginary))
    }
    // The trace is the sum of the eigenvalues.
    let trace = (0..<9).reduce(0) { $0 + rows[$1][$1] }
    #expect(abs(found.reduce(0) { $0 + $1.real } - trace) < 1e-13)
  }

  /// z to z^q A z^… : for f(z) = (A z)^q with A >= 0 and q, L has row sums q at every point, so that q is an eigenvalue
  /// with eigenvector 1, and the largest (L >= 0).
  @Test func theLogSpectrumOfAHomogeneousMapHasItsDegree() throws {
    let network = try Network(
      3, [.dense([[1, 2, 0.5], [0.25, 1, 1], [1, 1, 3]]), .activation(.identity, power: 0.75)])
    let here = Linearization(of: network, at: [0.3, 1.7, 0.9])
    let found = try here.logEigenvalues.get()
    #expect(abs(found[0].magnitude - 0.75) < 1e-14)
    #expect(abs((here.coefficients.strong ?? 0) - 0.75) < 1e-14 && abs((here.coefficients.radial ?? 0) - 0.75) < 1e-14)
  }

  /// At a fixed point of the cone L = diag(z)⁻¹ J diag(z) is similar to J.
  @Test func atAFixedPointBothSpectraAgree() throws {
    let network = try Network(
      3, [.dense([[0.2, 0.1, 0], [0.3, 0.1, 0.2], [0, 0.2, 0.1]]), .activation(.tanh), .inject([1, 0.5, 2])])
    var run = Run(map: network, start: [1, 1, 1], solver: Picard(), stopping: StoppingRule(tolerance: 1e-15))
    run.runToEnd()
    let here = Linearization(of: network, at: run.iterate)
    for (a, b) in zip(try here.eigenvalues.get(), try here.logEigenvalues.get()) {
      #expect(abs(a.real - b.real) < 1e-12 && abs(a.imaginary - b.imaginary) < 1e-12)
    }
  }

  @Test func offTheConeTheLogSpectrumSaysWhy() throws {
    let network = try Network(2, [.dense([[1, 0], [0, -1]])])
    #expect(Linearization(of: network, at: [1, 0]).logEigenvalues == .failure(.iterate(unit: 1, value: 0)))
    #expect(Linearization(of: network, at: [-2, 1]).logEigenvalues == .failure(.iterate(unit: 0, value: -2)))
    #expect(Linearization(of: network, at: [1, 1]).logEigenvalues == .failure(.image(unit: 1, value: -1)))
    #expect((try? Linearization(of: network, at: [1, 0]).eigenvalues.get())?.count == 2)
  }

  @Test func whatIsNotFiniteIsUndefined() throws {
    let here = Linearization(of: try Network(2, [.activation(.exp), .activation(.exp)]), at: [1, 800])
    // J is diag(1, ∞) · diag(e^z): 0 times infinity stands first in row 1.
    #expect(here.eigenvalues == .failure(.notFinite(row: 1, column: 0)))
    #expect(here.singularValues == .failure(.notFinite(row: 1, column: 0)))
    #expect(here.spectralRadius == nil && here.norm2 == nil && here.damping == nil)
    #expect(here.logEigenvalues == .failure(.image(unit: 1, value: .infinity)))
  }

  @Test func anEigenvalueRightOfOneAllowsNoDamping() throws {
    #expect(try Self.linear([[1.5, 0], [0, 0.5]]).damping == nil)
  }
}
