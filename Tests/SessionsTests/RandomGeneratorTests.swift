import Testing

@testable import Sessions

/// Expected bits were computed by an independent implementation of the documented algorithm in another language.
@Suite("Random generator")
struct RandomGeneratorTests {
  @Test("xoshiro256** seeded by SplitMix64")
  func words() {
    var zero = RandomGenerator(seed: 0)
    #expect(
      (0..<4).map { _ in zero.next() } == [
        0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A, 0x1A5F_849D_4933_E6E0, 0x6AA5_94F1_262D_2D2C,
      ])
    var other = RandomGenerator(seed: 12345)
    #expect(
      (0..<4).map { _ in other.next() } == [
        0xBE6A_3637_4160_D49B, 0x214A_AA06_37A6_88C6, 0xF69D_16DE_9954_D388, 0x0C60_048C_4E96_E033,
      ])
  }

  @Test("Uniform and normal deviates, to the last bit")
  func deviates() {
    var uniform = RandomGenerator(seed: 42)
    #expect(
      (0..<4).map { _ in uniform.uniform().bitPattern } == [
        0x3FB5_780B_2E0C_2EC0, 0x3FD8_4136_619B_444E, 0x3FE5_C2EA_6647_3C93, 0x3FED_9715_A8E0_766C,
      ])
    var normal = RandomGenerator(seed: 42)
    #expect(
      (0..<6).map { _ in normal.normal().bitPattern } == [
        0xBFE7_3D2F_EB0F_B377, 0xBFCB_0880_2869_3F9C, 0x3FCC_5E21_F781_2A4E, 0x3FE0_BA8B_B0C5_FA51,
        0x3FDD_B514_BFAC_5B4E, 0x3FE7_B619_5D5A_3E23,
      ])
  }

  @Test("The logarithm knows exact cases and the laws of logarithms")
  func logarithm() {
    #expect(RandomGenerator.naturalLogarithm(1) == 0)
    #expect(abs(RandomGenerator.naturalLogarithm(2) - 0.6931471805599453) < 1e-15)
    #expect(abs(RandomGenerator.naturalLogarithm(0x1p-60) / (-60 * 0.6931471805599453) - 1) < 1e-15)
    #expect(abs(RandomGenerator.naturalLogarithm(2.718281828459045) - 1) < 1e-15)
  }

  @Test("Moments of the normal deviates, within five standard errors")
  func moments() {
    var random = RandomGenerator(seed: 1)
    let count = 100_000
    let sample = (0..<count).map { _ in random.normal() }
    func mean(_ power: (Double) -> Double) -> Double { sample.reduce(0) { $0 + power($1) } / Double(count) }
    let unit = 1 / Double(count).squareRoot()
    #expect(abs(mean { $0 }) < 5 * unit)
    #expect(abs(mean { $0 * $0 } - 1) < 5 * unit * 2.0.squareRoot())
    #expect(abs(mean { $0 * $0 * $0 }) < 5 * unit * 15.0.squareRoot())
    #expect(abs(mean { $0 * $0 * $0 * $0 } - 3) < 5 * unit * 96.0.squareRoot())
  }
}
