import LinearAlgebra
import TestSupport
import Testing

@Suite struct MatrixEigenvaluesTests {
  @Test func findsComplexPairs() throws {
    let rotation = Matrix(rows: 2, columns: 2, values: [0.6, -0.8, 0.8, 0.6])
    let values = try rotation.eigenvalues()
    #expect(values.count == 2)
    #expect(abs(values[0].real - 0.6) <= 1e-15 && abs(values[0].imaginary - 0.8) <= 1e-15)
    #expect(abs(values[1].real - 0.6) <= 1e-15 && abs(values[1].imaginary + 0.8) <= 1e-15)
    #expect(try abs(rotation.spectralRadius() - 1) <= 1e-15)
  }

  /// The Jacobian of tanh(W z + b) at its fixed point, diag(1 - z²) W: an independent program's figures.
  @Test func jacobianOfTheGoldenTrace() throws {
    var jacobian = goldenMatrix
    for (i, z) in [0.569073084516, -0.151178678818, 0.081303835190].enumerated() {
      for j in 0..<3 { jacobian[i, j] *= 1 - z * z }
    }
    #expect(try abs(jacobian.spectralRadius() - 0.6730779) <= 5e-8)
    let pair = try jacobian.eigenvalues().filter { $0.imaginary > 0 }
    #expect(pair.count == 1)
    #expect(abs(pair[0].real - 0.47446) <= 5e-6 && abs(pair[0].imaginary - 0.47741) <= 5e-6)
  }

  /// A power iteration does not settle on ±1, nor on a pair.
  @Test func spectralRadiusOfOpposites() throws {
    #expect(try abs(Matrix(rows: 2, columns: 2, values: [0, 1, 1, 0]).spectralRadius() - 1) <= 1e-15)
    // The companion matrix of x³ = 8.
    let roots = Matrix(rows: 3, columns: 3, values: [0, 0, 8, 1, 0, 0, 0, 1, 0])
    #expect(try abs(roots.spectralRadius() - 2) <= 1e-14)
  }

  /// The k-fold eigenvalue of a Jordan block moves by ε^(1/k).
  @Test func defectiveMatrices() throws {
    let nilpotent = Matrix(rows: 3, columns: 3, values: [0, 1, 0, 0, 0, 1, 0, 0, 0])
    #expect(try nilpotent.spectralRadius() == 0)
    let similar = Matrix(rows: 2, columns: 2, values: [3, 1, -1, 1])
    for value in try similar.eigenvalues() {
      #expect(abs(value.real - 2) <= 1e-7 && abs(value.imaginary) <= 1e-7)
    }
  }

  /// Sum and sum of squares of the eigenvalues are the traces of A and A².
  @Test(arguments: [1, 5, 40]) func tracesAgree(size: Int) throws {
    var generator = SeededGenerator(seed: 3)
    let matrix = generator.matrix(size, size)
    let values = try matrix.eigenvalues()
    let square = matrix.multiply(matrix)
    let bound = 10 * Double(size * size) * Double.ulpOfOne * matrix.normFrobenius * matrix.normFrobenius
    #expect(abs(values.reduce(0) { $0 + $1.real } - trace(matrix)) <= bound)
    let squares = values.reduce(0) { $0 + ($1.real - $1.imaginary) * ($1.real + $1.imaginary) }
    #expect(abs(squares - trace(square)) <= bound)
  }

  @Test func smallCasesAndBadInput() throws {
    #expect(try Matrix(rows: 0, columns: 0).eigenvalues() == [])
    #expect(try Matrix(rows: 0, columns: 0).spectralRadius() == 0)
    #expect(try Matrix(rows: 1, columns: 1, values: [-3]).eigenvalues() == [ComplexNumber(-3)])
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 1)) {
      try Matrix(rows: 2, columns: 2, values: [0, .infinity, 0, 0]).spectralRadius()
    }
  }

  @Test func complexMagnitudeDoesNotOverflow() {
    #expect(ComplexNumber(3e300, 4e300).magnitude == 5e300)
    #expect(ComplexNumber(0, -1).argument == -Double.pi / 2)
  }

  private func trace(_ matrix: Matrix) -> Double { (0..<matrix.rows).reduce(0) { $0 + matrix[$1, $1] } }
}
