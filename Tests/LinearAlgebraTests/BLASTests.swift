import LinearAlgebra
import Testing

@Suite(.serialized) struct BLASTests {
  @Test func runsOnOneThreadUnlessAsked() throws {
    #expect(BLAS.threads == 1)
    let inside = BLAS.withThreads(2) { BLAS.threads }
    #expect(inside == 2)
    #expect(BLAS.threads == 1)
    #expect(throws: LinearAlgebraError.singular(pivot: 0)) {
      try BLAS.withThreads(2) { try Matrix(rows: 1, columns: 1).inverse() }
    }
    #expect(BLAS.threads == 1)
  }

  @Test func namesItsKernel() {
    #expect(!BLAS.kernelName.isEmpty && BLAS.kernelName != "unknown")
  }
}
