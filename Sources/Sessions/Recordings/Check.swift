/// One step of a recorded run: enough to see that a replay is the same.
public struct Check: Sendable, Equatable {
  /// k, counted from 1.
  public let step: Int
  /// ‖f(z) - z‖₂/‖f(z)‖₂ at z = z_{k-1}; `nil` where it is undefined or not finite.
  public let residualRelative: Double?
  /// FNV-1a, 64 bits, of the little-endian IEEE bytes of the iterate z_{k-1}, which row k is about.
  public let digest: UInt64
  /// z_{k-1} itself, where it is kept: it tells which unit differs. `nil` where it is not, or has a value that is not finite.
  public let state: [Double]?

  public init(step: Int, residualRelative: Double?, digest: UInt64, state: [Double]? = nil) {
    self.step = step
    self.residualRelative = residualRelative
    self.digest = digest
    self.state = state
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    let plain = Check(&reader)
    let state = reader.optionalList("state", Self.finiteFloat(_:path:))
    try reader.finish()
    self.init(step: plain.step, residualRelative: plain.residualRelative, digest: plain.digest, state: state)
  }

  /// The last step of a run that was left, whose state is not kept.
  init(last json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    self.init(&reader)
    try reader.finish()
  }

  private init(_ reader: inout ObjectReader) {
    step = reader.required("step", in: 1...Int(Int32.max))
    residualRelative =
      reader.required("residual_relative", expected: "a hexadecimal float, or null", Self.hexadecimalFloat(_:path:))
      ?? nil
    digest = reader.digest("digest")
    state = nil
  }

  private static func finiteFloat(_ json: JSON, path: String) throws(SessionError) -> Double {
    guard let number = try hexadecimalFloat(json, path: path) else {
      throw SessionError(json, path, expected: "a hexadecimal float as 0x1.8p-2")
    }
    return number
  }

  private static func hexadecimalFloat(_ json: JSON, path: String) throws(SessionError) -> Double? {
    if json.content == .null { return nil }
    guard case .text(let text) = json.content, let number = Double(text), hexadecimalFloatText(number) == text else {
      throw SessionError(json, path, expected: "a hexadecimal float as 0x1.8p-2, or null")
    }
    return number
  }

  var json: JSON {
    var members = [
      JSON.Member("step", JSON(step)),
      JSON.Member("residual_relative", residualRelative.map { JSON(hexadecimalFloatText($0)) } ?? .null),
      JSON.Member("digest", JSON(hexadecimalDigits(digest))),
    ]
    if let state { members.append(JSON.Member("state", JSON(state.map { JSON(hexadecimalFloatText($0)) }))) }
    return JSON(members)
  }
}

extension Check {
  var withoutState: Check { Check(step: step, residualRelative: residualRelative, digest: digest) }

  /// Whether the state that it keeps is not the one of its digest: one of them was changed by hand.
  var contradictsItself: Bool { state.map { Fingerprint.of($0) != digest } ?? false }

  /// The same step with the same bits; a state that one of them does not keep makes no difference.
  func isSame(as other: Check) -> Bool {
    step == other.step && residualRelative == other.residualRelative && digest == other.digest
  }
}

extension ObjectReader {
  /// 64 bits as 16 lower-case hexadecimal digits.
  mutating func digest(_ name: String) -> UInt64 {
    let expected = "16 hexadecimal digits"
    return required(name, expected: expected) { json, path throws(SessionError) in
      guard case .text(let text) = json.content, let bits = UInt64(text, radix: 16), text == hexadecimalDigits(bits)
      else { throw SessionError(json, path, expected: expected) }
      return bits
    } ?? 0
  }
}

/// 16 lower-case hexadecimal digits.
package func hexadecimalDigits(_ bits: UInt64) -> String {
  let digits = String(bits, radix: 16)
  return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}

/// A finite number as C's `%a` prints it: `0x1.8p-2`, `0x1p+0`, `0x0p+0`.
func hexadecimalFloatText(_ number: Double) -> String {
  let sign = number.sign == .minus ? "-" : ""
  if number == 0 { return sign + "0x0p+0" }
  var digits = Substring(hexadecimalDigits(number.significandBitPattern)).dropFirst(3)
  while digits.last == "0" { digits.removeLast() }
  let lead = number.isNormal ? "0x1" : "0x0"
  let exponent = number.isNormal ? Int(number.exponent) : -1022
  return sign + lead + (digits.isEmpty ? "" : "." + digits) + "p" + (exponent < 0 ? "" : "+") + "\(exponent)"
}
