/// A finite number as decimal digits: `0.d0 d1 d2 …` times 10 to the (exponent + 1).
struct Decimal: Equatable {
  private(set) var isNegative: Bool
  /// The first is not 0, unless the number is 0, which has none.
  private(set) var digits: [UInt8]
  /// Power of ten of the first digit; 0 for 0.
  private(set) var exponent: Int

  /// The shortest digits that read back as `value`, which must be finite.
  init(_ value: Double) {
    precondition(value.isFinite, "digits exist for finite numbers only")
    var digits: [UInt8] = []
    var point: Int?
    var power = 0
    let parts = value.magnitude.description.split(separator: "e")
    for byte in parts[0].utf8 {
      if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte - UInt8(ascii: "0")) }
    }
    if parts.count > 1 { power = Int(parts[1]) ?? 0 }
    let leading = digits.prefix { $0 == 0 }.count
    self.isNegative = value.sign == .minus
    self.digits = Array(digits.dropFirst(leading))
    self.exponent = leading == digits.count ? 0 : (point ?? digits.count) - 1 - leading + power
  }

  var isZero: Bool { digits.isEmpty }

  /// The i-th digit from the first, 0 before and after those there are.
  func digit(_ index: Int) -> UInt8 { digits.indices.contains(index) ? digits[index] : 0 }

  func shifted(by power: Int) -> Decimal {
    var result = self
    if !isZero { result.exponent += power }
    return result
  }

  /// Rounded half to even to its first `count` digits; for 0 or fewer, to 0 or to one unit before the first digit.
  func rounded(to count: Int) -> Decimal {
    guard count < digits.count else { return self }
    var result = self
    result.digits = Array(digits.prefix(max(0, count)))
    if count >= 0, roundsUp(at: count) { result.increment(at: count) }
    if result.digits.allSatisfy({ $0 == 0 }) { (result.digits, result.exponent) = ([], 0) }
    return result
  }

  private func roundsUp(at index: Int) -> Bool {
    guard digit(index) == 5, digits.count == index + 1 else { return digit(index) >= 5 }
    return index > 0 && digit(index - 1) % 2 == 1
  }

  private mutating func increment(at end: Int) {
    var index = end - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(1, at: 0)
      exponent += 1
    }
  }
}
