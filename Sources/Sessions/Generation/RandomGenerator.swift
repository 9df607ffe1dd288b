/// The documented generator: xoshiro256** seeded by SplitMix64, uniform and normal deviates from it.
///
/// Only 64-bit integer operations and IEEE + - * / sqrt are used, in a fixed order, so the same seed gives the same bits
/// on every machine.
///
/// * Seeding: the four state words are the first four outputs of SplitMix64 started at the seed.
/// * Uniform in [0, 1): the upper 53 bits of an output times 2^-53.
/// * Normal: Marsaglia's polar method. x = 2u - 1 and y = 2v - 1 (u drawn before v) until 0 < s = x² + y² < 1; then
///   x·m is returned and y·m kept for the next call, with m = sqrt(-2 · ln(s) / s) and ``naturalLogarithm(_:)``.
///
/// Source: Blackman, Vigna, *Scrambled linear pseudorandom number generators*, ACM TOMS 2021; Steele, Lea, Flood, *Fast
/// splittable pseudorandom number generators*, OOPSLA 2014; Marsaglia, Bray, *A convenient method for generating normal
/// variables*, SIAM Review 1964.
public struct RandomGenerator: Sendable, Equatable, RandomNumberGenerator {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  /// The second normal deviate of the last pair.
  private var spare: Double?

  public init(seed: UInt64) {
    var mixer = seed
    func word() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      var z = mixer
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    let first = word()
    let second = word()
    let third = word()
    state = (first, second, third, word())
  }

  /// A generator as ``words`` has it; `nil` for another number of words.
  package init?(words: [UInt64]) {
    guard 4...5 ~= words.count else { return nil }
    state = (words[0], words[1], words[2], words[3])
    spare = words.count == 5 ? Double(bitPattern: words[4]) : nil
  }

  /// Everything that what is drawn next depends on: the state, and the bits of the kept normal deviate if there is one.
  package var words: [UInt64] { [state.0, state.1, state.2, state.3] + (spare.map { [$0.bitPattern] } ?? []) }

  public mutating func next() -> UInt64 {
    let result = Self.rotate(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotate(state.3, by: 45)
    return result
  }

  private static func rotate(_ word: UInt64, by count: UInt64) -> UInt64 { word << count | word >> (64 - count) }

  /// Uniform in [0, 1).
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Normal with mean 0 and standard deviation 1.
  public mutating func normal() -> Double {
    if let kept = spare {
      spare = nil
      return kept
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let s = x * x + y * y
      guard s > 0, s < 1 else { continue }
      let factor = (-2 * Self.naturalLogarithm(s) / s).squareRoot()
      spare = y * factor
      return x * factor
    }
  }

  /// ln x of a normal x > 0 by IEEE arithmetic alone, within a few units in the last place.
  ///
  /// x = m · 2^e with m in [√½, √2) (m is halved and e raised if the significand is at least 1.4142135623730951);
  /// t = (m - 1)/(m + 1); ln m = 2t(1 + t²/3 + t⁴/5 + … + t²²/23), the polynomial in t² by Horner's rule from the
  /// highest term; ln x = e · 0.6931471805599453 + ln m.
  static func naturalLogarithm(_ x: Double) -> Double {
    let isUpper = x.significand >= 1.4142135623730951
    let m = isUpper ? x.significand * 0.5 : x.significand
    let e = Double(Int(x.exponent) + (isUpper ? 1 : 0))
    let t = (m - 1) / (m + 1)
    let square = t * t
    var sum = 1.0 / 23.0
    for odd in stride(from: 21.0, through: 1.0, by: -2.0) { sum = sum * square + 1.0 / odd }
    return e * 0.6931471805599453 + 2 * t * sum
  }

  public static func == (left: RandomGenerator, right: RandomGenerator) -> Bool {
    left.state == right.state && left.spare == right.spare
  }
}
