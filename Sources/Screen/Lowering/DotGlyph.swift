/// Characters for a 2x4 pattern of dots, given as the bits of a braille pattern.
enum DotGlyph {
  /// Bit of the dot at column `x` (0 or 1) and row `y` (0 to 3).
  static func bit(_ x: Int, _ y: Int) -> UInt8 { y < 3 ? 1 << UInt8(3 * x + y) : 0x40 << UInt8(x) }

  static func braille(_ mask: UInt8) -> Unicode.Scalar { Unicode.Scalar(0x2800 + UInt32(mask)) ?? " " }

  static func ascii(_ mask: UInt8) -> Unicode.Scalar { table[Int(mask)] }

  private static let table = (0...255).map { choose(UInt8($0)) }

  private static func choose(_ mask: UInt8) -> Unicode.Scalar {
    let left = (0..<4).filter { mask & bit(0, $0) != 0 }
    let right = (0..<4).filter { mask & bit(1, $0) != 0 }
    let count = left.count + right.count
    if count == 0 { return " " }
    if count >= 7 { return "#" }
    guard !left.isEmpty, !right.isEmpty else { return column(left + right) }
    let slope = mean(right) - mean(left)
    if slope >= 0.75 { return "\\" }
    if slope <= -0.75 { return "/" }
    if count >= 5 { return "*" }
    return mean(left) + mean(right) > 5 ? "_" : "-"
  }

  /// Dots in one column: a stroke, or a point at its height.
  private static func column(_ rows: [Int]) -> Unicode.Scalar {
    if rows.count >= 3 { return "|" }
    let height = mean(rows)
    return height < 1.5 ? "'" : height > 1.5 ? "." : ":"
  }

  private static func mean(_ rows: [Int]) -> Double { Double(rows.reduce(0, +)) / Double(rows.count) }
}
