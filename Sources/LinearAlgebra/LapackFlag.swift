/// The letters by which LAPACK's routines are told what to do.
enum LapackFlag {
  static let none = CChar(UInt8(ascii: "N"))
  static let vectors = CChar(UInt8(ascii: "V"))
  static let thin = CChar(UInt8(ascii: "S"))
  static let scaleOnly = CChar(UInt8(ascii: "S"))
  static let transposed = CChar(UInt8(ascii: "T"))
  static let upper = CChar(UInt8(ascii: "U"))
  static let lower = CChar(UInt8(ascii: "L"))
  static let left = CChar(UInt8(ascii: "L"))
  static let generalDiagonal = CChar(UInt8(ascii: "N"))
  static let norm1 = CChar(UInt8(ascii: "1"))
  static let normSup = CChar(UInt8(ascii: "I"))
}
