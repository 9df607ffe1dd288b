import FixedPoint
import Testing

@testable import Sessions

/// Expected bits were computed by an independent implementation of the documented algorithm in another language.
@Suite("Ensembles")
struct EnsembleGeneratorTests {
  @Test(
    "Entries, to the last bit",
    arguments: [
      (
        Ensemble(.gaussian, seed: 7, gain: 1.5), [2, 3],
        [
          0x3FEA_B9A5_5F00_D44B, 0xBFED_7AC6_A153_538E, 0xBFD0_D873_D2D6_0A34, 0xBFEE_749D_B151_C236,
          0x3FD0_E4B7_0BD4_03B3, 0x3FF7_ABD1_B715_3522,
        ]
      ),
      (
        Ensemble(.uniform, seed: 7), [2, 3],
        [
          0x3FD9_AC7D_7BA7_7CB8, 0xBFDC_51E1_34D8_5BEC, 0x3FE5_BC74_D265_4B1E, 0x3FEE_CA4E_1CC7_A01C,
          0x3FEF_6A41_3B1F_9500, 0x3FE7_DB87_38ED_8862,
        ]
      ),
      (
        Ensemble(.sparse(density: 0.5), seed: 7), [2, 4],
        [
          0x0000_0000_0000_0000, 0xBFCB_8234_9111_A2D8, 0x0000_0000_0000_0000, 0x0000_0000_0000_0000,
          0x0000_0000_0000_0000, 0x0000_0000_0000_0000, 0xBFE8_DDE9_092A_DC9B, 0x0000_0000_0000_0000,
        ]
      ),
      (
        Ensemble(.lowRank(2), seed: 7), [2, 3],
        [
          0xBFE3_E679_1000_9A87, 0xBFF9_86D1_DC7E_3B27, 0xBFE1_D294_E843_CB04, 0xBFE9_BC7F_AC26_A024,
          0xBFE7_D997_1CE7_D3FC, 0x3FD3_E9E8_80DC_2EDB,
        ]
      ),
      (
        Ensemble(.symmetric, seed: 7), [3, 3],
        [
          0x3FE1_D118_EA00_8D88, 0xBFE3_A72F_1637_8D0A, 0xBFC6_75EF_C3C8_0D9B, 0xBFE3_A72F_1637_8D0A,
          0xBFE4_4DBE_7636_817A, 0x3FC6_8649_651A_AF9A, 0xBFC6_75EF_C3C8_0D9B, 0x3FC6_8649_651A_AF9A,
          0x3FEF_8FC2_4971_9C2D,
        ]
      ),
      (
        Ensemble(.antisymmetric, seed: 7), [3, 3],
        [
          0x0000_0000_0000_0000, 0x3FE1_D118_EA00_8D88, 0xBFE3_A72F_1637_8D0A, 0xBFE1_D118_EA00_8D88,
          0x0000_0000_0000_0000, 0xBFC6_75EF_C3C8_0D9B, 0x3FE3_A72F_1637_8D0A, 0x3FC6_75EF_C3C8_0D9B,
          0x0000_0000_0000_0000,
        ]
      ),
      (
        Ensemble(.banded(width: 1), seed: 7), [3, 3],
        [
          0x3FE4_33CC_5927_136D, 0xBFE6_48D3_8BC1_B76D, 0x0000_0000_0000_0000, 0xBFC9_77D0_B42B_914F,
          0xBFE7_05B0_0D77_E1B6, 0x3FC9_8A5A_C325_7D06, 0x0000_0000_0000_0000, 0x3FF1_E4CA_F110_00A3,
          0xBFF1_D137_8FFC_20DE,
        ]
      ),
      (
        Ensemble(.correlated(-0.5), seed: 7), [3, 3],
        [
          0x3FE1_D118_EA00_8D88, 0xBFE3_A72F_1637_8D0A, 0xBFE4_4DBE_7636_817A, 0x3FC3_DAC6_D6DD_ADF2,
          0x3FEF_8FC2_4971_9C2D, 0xBFEF_6D3B_0B78_ED32, 0x3FDE_0E9E_8F57_0DDB, 0x3FF8_E8EF_DAA0_5B34,
          0xBFEE_DB53_4DA6_85FA,
        ]
      ),
      (
        Ensemble(.gaussian, seed: 7, constraint: .rowStochastic), [2, 3],
        [
          0x3FDA_7736_BA2D_39A3, 0x3FDD_317F_3513_4731, 0x3FC0_AE94_217E_FE59, 0x3FD6_99AD_C473_CBD7,
          0x3FB9_1288_0468_7DD4, 0x3FE1_90D8_1D39_0A5B,
        ]
      ),
    ] as [(Ensemble, [Int], [UInt64])])
  func pinned(ensemble: Ensemble, sizes: [Int], bits: [UInt64]) throws {
    let tensor = try EnsembleGenerator.generate(ensemble, shape: Shape(sizes))
    #expect(tensor.values.map(\.bitPattern) == bits)
  }

  @Test(
    "Orthogonal matrices, against another library's QR",
    arguments: [
      (
        [3, 3],
        [
          0.42993670511612425, -0.11875037665524217, -0.8950155180990602, -0.48994809112332766, -0.8633402508489938,
          -0.12080761262687018, -0.7583569724071233, 0.49045077154413225, -0.42936318320655653,
        ]
      ),
      (
        [3, 2],
        [
          1.1183976475616966, -0.49036597670539533, -0.35247633924320504, -0.6134421394187651, 0.35347861632943617,
          0.9398031445335198,
        ]
      ),
      (
        [2, 3],
        [
          0.9131678553517373, -0.2877957258499982, 0.2886140816640481, -0.4003821433832403, -0.5008734094324112,
          0.7673460542567445,
        ]
      ),
    ] as [([Int], [Double])])
  func orthogonal(sizes: [Int], expected: [Double]) throws {
    let tensor = try EnsembleGenerator.generate(Ensemble(.orthogonal, seed: 7), shape: Shape(sizes))
    for (value, expected) in zip(tensor.values, expected) { #expect(abs(value - expected) < 1e-14) }
  }

  @Test(
    "Entries have standard deviation gain/sqrt(columns), within five standard errors",
    arguments: [.gaussian, .uniform, .orthogonal, .lowRank(40), .symmetric, .correlated(0.5)] as [Ensemble.Law])
  func deviation(law: Ensemble.Law) throws {
    let size = 100
    let values = try EnsembleGenerator.generate(Ensemble(law, seed: 3, gain: 2), shape: Shape([size, size])).values
    let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    // Of n² entries at least n²/2 are drawn; products of normals (low rank) vary twice as much.
    #expect(abs(variance * Double(size) / 4 - 1) < 5 * (2 * 2 * 2 / Double(size * size)).squareRoot() * 2)
  }

  @Test("Sparse and banded units have the same variance of their sum as dense ones")
  func structure() throws {
    let shape = Shape([200, 200])
    let sparse = try EnsembleGenerator.generate(Ensemble(.sparse(density: 0.1), seed: 5), shape: shape).values
    let there = sparse.filter { $0 != 0 }.count
    #expect(abs(Double(there) - 4000) < 5 * (40000 * 0.1 * 0.9).squareRoot())
    #expect(abs(sparse.reduce(0) { $0 + $1 * $1 } / 200 - 1) < 0.15)
    let banded = try EnsembleGenerator.generate(Ensemble(.banded(width: 2), seed: 5), shape: shape).values
    for row in 0..<200 {
      for column in 0..<200 where abs(row - column) > 2 { #expect(banded[row * 200 + column] == 0) }
    }
    #expect(abs(banded.reduce(0) { $0 + $1 * $1 } / 200 - 1) < 0.25)
  }

  @Test("Rescalings reach their target, by another library's eigenvalues of the plain matrix")
  func rescaled() throws {
    let shape = Shape([12, 12])
    let plain = try EnsembleGenerator.generate(Ensemble(.gaussian, seed: 3), shape: shape).values
    let cases: [(Ensemble.Constraint, Double)] = [
      (.spectralRadius(0.5), 1.0860354669446652), (.norm2(0.5), 1.812250176637332),
      (.perronRoot(0.5), 3.2396910092786833), (.normInf(0.5), 4.382229953743326),
    ]
    for (constraint, present) in cases {
      let ensemble = Ensemble(.gaussian, seed: 3, constraint: constraint)
      let scaled = try EnsembleGenerator.generate(ensemble, shape: shape).values
      for (value, plain) in zip(scaled, plain) { #expect(abs(value - plain * 0.5 / present) <= 1e-13 * abs(plain)) }
    }
  }

  @Test("What cannot be made is refused")
  func refused() {
    let wide = Shape([2, 3])
    for ensemble in [
      Ensemble(.symmetric, seed: 1), Ensemble(.antisymmetric, seed: 1), Ensemble(.correlated(0), seed: 1),
      Ensemble(.gaussian, seed: 1, constraint: .spectralRadius(1)),
      Ensemble(.gaussian, seed: 1, gain: 0, constraint: .norm2(1)),
      Ensemble(.gaussian, seed: 1, gain: 0, constraint: .rowStochastic),
    ] {
      #expect(throws: FieldError.self) { try EnsembleGenerator.generate(ensemble, shape: wide) }
    }
    #expect(throws: FieldError.self) {
      try EnsembleGenerator.generate(Ensemble(.gaussian, seed: 1, gain: 1e308), shape: Shape([50]))
    }
    #expect(throws: FieldError.self) {
      try EnsembleGenerator.generate(
        Ensemble(.antisymmetric, seed: 1, constraint: .spectralRadius(1)), shape: Shape([1, 1]))
    }
  }
}
