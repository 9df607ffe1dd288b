import LinearAlgebra
import Testing

@Suite struct MatrixNormsTests {
  @Test func closedForms() throws {
    let matrix = Matrix(rows: 2, columns: 3, values: [1, -2, 2, 0, 4, 0])
    #expect(matrix.norm1 == 6)
    #expect(matrix.normInf == 5)
    #expect(matrix.normFrobenius == 5)
    #expect(try abs(Matrix(rows: 2, columns: 2, values: [3, 0, 4, 5]).norm2() - 45.0.squareRoot()) <= 4e-15)
  }

  /// Reference: 60 digits, the 2-norm and the smallest eigenvalue of the symmetric part of I - W.
  @Test func ofTheGoldenMatrix() throws {
    #expect(try abs(goldenMatrix.norm2() - 0.84314546102990570) <= 1e-15)
    #expect(abs(goldenMatrix.normInf - 1.1) <= 1e-15)
    var rest = Matrix.identity(3)
    for index in rest.values.indices { rest.values[index] -= goldenMatrix.values[index] }
    #expect(try abs(SymmetricEigen.values(of: rest.symmetricPart)[0] - 0.362917130661302931) <= 1e-15)
    #expect(try abs(rest.norm2() - 0.87009297191646365) <= 2e-15)
    #expect(try abs(goldenMatrix.spectralRadius() - 0.72200389379989449) <= 2e-15)
  }

  @Test func emptyMatricesHaveNormZero() throws {
    for empty in [Matrix(rows: 0, columns: 3), Matrix(rows: 3, columns: 0)] {
      #expect(empty.norm1 == 0 && empty.normInf == 0 && empty.normFrobenius == 0)
      #expect(try empty.norm2() == 0)
    }
  }

  @Test func whatIsNotANumberStaysSo() {
    let matrix = Matrix(rows: 2, columns: 2, values: [1, .nan, 3, 4])
    #expect(matrix.norm1.isNaN && matrix.normInf.isNaN && matrix.normFrobenius.isNaN)
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 1)) { try matrix.norm2() }
  }
}
