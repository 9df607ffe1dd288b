/// The types of numbers that tensor files hold; the raw values are the names for people.
public enum ElementType: String, Sendable, CaseIterable {
  case float64
  case float32
  case float16
  case bfloat16
  case int64
  case int32
  case int16
  case int8
  case uint64
  case uint32
  case uint16
  case uint8
  case bool

  /// Bytes of a number.
  public var size: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// The number with these bits; `nil` if no `Double` equals it, as for integers beyond 2^53.
  func number(_ bits: UInt64) -> Double? {
    switch self {
    case .float64: Double(bitPattern: bits)
    case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .float16: Double(Float16(bitPattern: UInt16(truncatingIfNeeded: bits)))
    case .bfloat16: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))
    case .int64: Double(exactly: Int64(bitPattern: bits))
    case .int32: Double(Int32(truncatingIfNeeded: bits))
    case .int16: Double(Int16(truncatingIfNeeded: bits))
    case .int8: Double(Int8(truncatingIfNeeded: bits))
    case .uint64: Double(exactly: bits)
    case .uint32, .uint16, .uint8: Double(bits)
    case .bool: bits == 0 ? 0 : 1
    }
  }
}
