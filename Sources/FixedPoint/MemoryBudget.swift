/// What arrays take, counted before they are made: every product and sum is checked, so that a size that no machine has
/// is a number too large, and never a wrong small one.
public enum MemoryBudget {
  /// The bytes of an array of `rows` x `columns` numbers; `nil` where an integer cannot hold them.
  public static func bytes(_ rows: Int, _ columns: Int = 1, numberSize: Int = MemoryLayout<Double>.size) -> Int? {
    product([rows, columns, numberSize])
  }

  /// `nil` where an integer cannot hold it, or a factor is not known or negative.
  public static func product(_ factors: [Int?]) -> Int? {
    var result = 1
    for factor in factors {
      guard let factor, factor >= 0 else { return nil }
      let (value, overflow) = result.multipliedReportingOverflow(by: factor)
      guard !overflow else { return nil }
      result = value
    }
    return result
  }

  /// `nil` where an integer cannot hold it, or a part is not known.
  public static func sum(_ parts: [Int?]) -> Int? {
    var result = 0
    for part in parts {
      guard let part else { return nil }
      let (value, overflow) = result.addingReportingOverflow(part)
      guard !overflow else { return nil }
      result = value
    }
    return result
  }

  /// Whether so many bytes are at most a limit; bytes that no integer holds are not.
  public static func isWithin(_ bytes: Int?, _ limit: Int) -> Bool { bytes.map { $0 <= limit } ?? false }
}
