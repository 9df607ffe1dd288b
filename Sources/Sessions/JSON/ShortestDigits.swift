/// The fewest decimal digits that read back to the same bits, without an empty fraction: `1`, `0.1`, `1e-10`, `-0`.
///
/// Never depends on the locale.
/// - Precondition: `number` is finite.
public func shortestDigits(_ number: Double) -> String {
  precondition(number.isFinite, "only a finite number has digits")
  let text = number.description
  if text.hasSuffix(".0") { return String(text.dropLast(2)) }
  guard let mark = text.firstIndex(of: "e") else { return text }
  let exponent = Int(text[text.index(after: mark)...]) ?? 0
  let digits = text[..<mark]
  return (digits.hasSuffix(".0") ? digits.dropLast(2) : digits) + "e" + (exponent < 0 ? "" : "+") + "\(exponent)"
}
