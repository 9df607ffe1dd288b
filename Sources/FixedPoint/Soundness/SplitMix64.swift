internal import Glibc

/// SplitMix64: a small generator whose whole state is one word.
///
/// Source: Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The generator of one case: far from those of its neighbours.
  init(seed: UInt64, index: Int) {
    var first = SplitMix64(seed: seed)
    var second = SplitMix64(seed: first.next() ^ UInt64(truncatingIfNeeded: index))
    self.init(seed: second.next())
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Uniform in [low, high].
  mutating func number(_ low: Double = 0, _ high: Double = 1) -> Double {
    low + Double(next() >> 11) * 0x1p-53 * (high - low)
  }

  /// Uniform in low...high.
  mutating func integer(_ low: Int, _ high: Int) -> Int {
    min(high, low + Int(number() * Double(high - low + 1)))
  }

  mutating func isTrue(_ probability: Double) -> Bool { number() < probability }

  mutating func choice<Element>(_ elements: [Element]) -> Element { elements[integer(0, elements.count - 1)] }

  /// Standard normal, by Box and Muller's transform.
  mutating func gaussian() -> Double {
    (-2 * log(1 - number())).squareRoot() * cos(2 * .pi * number())
  }

  mutating func gaussians(_ count: Int) -> [Double] { (0..<count).map { _ in gaussian() } }
}
