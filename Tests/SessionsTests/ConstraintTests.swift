import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

@testable import Sessions

/// Ensembles that are scaled to a norm or a spectral radius, against LAPACK.
struct ConstraintTests {
  private func matrix(_ ensemble: Ensemble, _ rows: Int, _ columns: Int) throws -> Matrix {
    let tensor = try EnsembleGenerator.generate(ensemble, shape: Shape([rows, columns]))
    return Matrix(rows: rows, columns: columns, values: tensor.values)
  }

  /// 200 matrices, square, wide and tall. All singular values of an orthogonal one are equal: the hard case of QR.
  @Test func norm2IsReachedByEveryLaw() throws {
    let shapes = [(3, 3), (8, 8), (17, 17), (24, 24), (40, 40), (12, 30), (30, 12), (1, 9), (9, 1), (64, 64)]
    for (rows, columns) in shapes {
      for seed in UInt64(1)...7 {
        let lowRank = Ensemble.Law.lowRank(min(3, rows, columns))
        let laws: [Ensemble.Law] = [.orthogonal, .lowRank(1), lowRank] + (rows == columns ? [.symmetric] : [])
        for law in laws {
          let ensemble = Ensemble(law, seed: seed, gain: 1.3, constraint: .norm2(0.7))
          let norm = try matrix(ensemble, rows, columns).norm2()
          #expect(abs(norm / 0.7 - 1) <= 1e-12, "\(law), \(rows) x \(columns), seed \(seed)")
        }
      }
    }
  }

  @Test func theCaseIsSolved() throws {
    let problem = try CaseFile.problem("solvers", "orthogonal-norm2-nan.deq.json")
    let weight = try #require(problem.network.operators[0].weight)
    #expect(abs(try weight.norm2() / 0.7 - 1) <= 1e-12)
    // 0.7 times an orthogonal matrix.
    let gram = weight.transposed.multiply(weight)
    for i in 0..<17 {
      for j in 0..<17 { #expect(abs(gram[i, j] - (i == j ? 0.49 : 0)) <= 1e-14) }
    }
  }

  @Test func spectralRadiiAreReached() throws {
    for seed in UInt64(1)...40 {
      for law in [.gaussian, .orthogonal, .symmetric, .sparse(density: 0.5)] as [Ensemble.Law] {
        let scaled = try matrix(Ensemble(law, seed: seed, gain: 1.3, constraint: .spectralRadius(0.9)), 12, 12)
        #expect(abs(try scaled.spectralRadius() / 0.9 - 1) <= 1e-8, "\(law), seed \(seed)")
        let positive = try matrix(Ensemble(law, seed: seed, gain: 1.3, constraint: .perronRoot(0.8)), 12, 12)
        #expect(abs(try positive.absolute.spectralRadius() / 0.8 - 1) <= 1e-8, "\(law), seed \(seed)")
      }
    }
  }

  // MARK: Nilpotent matrices

  /// W⁵ = 0 exactly: ρ = 0, which no factor makes 0.9.
  @Test func aNilpotentMatrixIsRefusedWithItsPlace() {
    for name in ["spectralRadius", "perronRoot"] {
      let text = """
        {"format": "deq-session/1", "network": {"state": {"shape": [5]}, "operators": [
        {"op": "dense", "weight": {"ensemble": "sparse", "density": 0.3, "seed": 1, "gain": 1.3,
        "constraint": {"\(name)": 0.9}}}]}}
        """
      let error = #expect(throws: SessionError.self) {
        try Problem(try SessionDocument(JSON(parsing: text)), directory: ".")
      }
      #expect(error?.path == "network.operators[0].weight.constraint")
      #expect(error?.found == "\(name) 0.0: it is nilpotent")
    }
    #expect(throws: SessionError.self) { try CaseFile.problem("solvers", "sparse-nilpotent-spectral-radius.deq.json") }
  }

  /// Of sparse matrices of 5 units those are refused whose fifth power is 0, in exact arithmetic on which entries there
  /// are, and no others.
  @Test func exactlyTheNilpotentOnesAreRefused() throws {
    var refused = 0
    for seed in UInt64(1)...200 {
      let law = Ensemble.Law.sparse(density: 0.3)
      let plain = try matrix(Ensemble(law, seed: seed), 5, 5)
      let pattern = Matrix(rows: 5, columns: 5, values: plain.values.map { $0 == 0 ? 0 : 1 })
      var power = pattern
      for _ in 0..<4 { power = power.multiply(pattern) }
      let isNilpotent = power.values.allSatisfy { $0 == 0 }
      let scaled = try? matrix(Ensemble(law, seed: seed, constraint: .perronRoot(0.8)), 5, 5)
      #expect((scaled == nil) == isNilpotent, "seed \(seed)")
      if let scaled { #expect(scaled.values.allSatisfy { $0.magnitude < 1e3 }, "seed \(seed)") }
      refused += isNilpotent ? 1 : 0
    }
    #expect(refused > 0 && refused < 200)
  }

  /// A cycle of two units with ρ = 1e-6 above a nilpotent block of four with entries 1: eigenvalues of the whole are off by
  /// far more than 1e-6, those of the cycle are not.
  @Test func aNilpotentPartDoesNotHideACycle() throws {
    var values = [Double](repeating: 0, count: 36)
    for (row, column) in [(0, 1), (1, 2), (2, 3), (3, 4)] { values[row * 6 + column] = 1 }
    (values[4 * 6 + 5], values[5 * 6 + 4]) = (1e-6, 1e-6)
    #expect(abs(EnsembleGenerator.radius(ofCyclesIn: values, size: 6) / 1e-6 - 1) <= 1e-12)
  }
}
