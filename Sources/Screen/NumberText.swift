/// Numbers as text: one place, no locale. What is undefined (`nil`, not a number) is `—`, never a number.
///
/// Digits are those of the shortest text that reads back as the same number, rounded half to even.
public enum NumberText {
  /// Stands for a number that does not exist.
  public static let undefined = "—"

  /// `4.1e-07`: `digits` significant digits; padded at the left to `width`.
  public static func scientific(_ value: Double?, digits: Int = 2, width: Int = 0) -> String {
    padded(special(value) ?? scientific(Decimal(value ?? 0).rounded(to: digits), digits: digits), to: width)
  }

  /// `0.412`: `places` after the point; padded at the left to `width`.
  public static func decimal(_ value: Double?, places: Int = 3, width: Int = 0) -> String {
    padded(special(value) ?? decimal(Decimal(value ?? 0), places: places), to: width)
  }

  /// The shortest text that reads back as the same number, without a needless `.0`.
  public static func shortest(_ value: Double?) -> String {
    if let text = special(value) { return text }
    let text = (value ?? 0).description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// `digits` significant digits: plain from 0.001 to 99999 (`0.412`, `1.28`), else scientific (`4.1e-07`).
  public static func significant(_ value: Double?, digits: Int = 3, width: Int = 0) -> String {
    if let text = special(value) { return padded(text, to: width) }
    let number = Decimal(value ?? 0).rounded(to: digits)
    let isPlain = number.isZero || (-3..<5).contains(number.exponent)
    guard isPlain else { return scientific(value, digits: digits, width: width) }
    return decimal(value, places: number.isZero ? 0 : max(0, digits - 1 - number.exponent), width: width)
  }

  /// `45%`, with `places` after the point; 1 is 100%.
  public static func percent(_ share: Double?, places: Int = 0, width: Int = 0) -> String {
    let text = special(share) ?? decimal(Decimal(share ?? 0).shifted(by: 2), places: places)
    return padded(text == undefined ? text : text + "%", to: width)
  }

  private static func special(_ value: Double?) -> String? {
    guard let value, !value.isNaN else { return undefined }
    return value.isFinite ? nil : value < 0 ? "-inf" : "inf"
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.unicodeScalars.count)) + text
  }

  private static func scientific(_ number: Decimal, digits: Int) -> String {
    let fraction = (1..<max(1, digits)).map { String(number.digit($0)) }.joined()
    let exponent = String(abs(number.exponent))
    return (number.isNegative ? "-" : "") + String(number.digit(0)) + (fraction.isEmpty ? "" : "." + fraction)
      + (number.exponent < 0 ? "e-" : "e+") + (exponent.count < 2 ? "0" : "") + exponent
  }

  private static func decimal(_ exact: Decimal, places: Int) -> String {
    let number = exact.rounded(to: exact.exponent + 1 + places)
    let whole = number.exponent < 0 ? "0" : (0...number.exponent).map { String(number.digit($0)) }.joined()
    let fraction = (0..<max(0, places)).map { String(number.digit(number.exponent + 1 + $0)) }.joined()
    return (number.isNegative && !number.isZero ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}
