public import LinearAlgebra

/// How large a state may be for matrices of n x n numbers to be formed: of a larger one, what needs them is not known.
public enum DenseLimit {
  /// The most entries of a state whose derivative is formed and factored.
  public static let entries = 4096
  /// The most entries of a state of which theorems are tried that enclose the derivative: that takes ten matrices.
  public static let provedEntries = 2048

  /// Why a matrix of `count` x `count` numbers is not formed; `nil` where it is.
  public static func obstacle(_ count: Int, atMost limit: Int = entries) -> String? {
    guard count > limit else { return nil }
    let bytes = MemoryBudget.bytes(count, count)
    return "needs a \(bytes.map { size($0) + " " } ?? "")matrix: n = \(grouped(count)), at most "
      + grouped(limit)
  }

  /// Bytes in the largest unit of which there is one.
  private static func size(_ bytes: Int) -> String {
    let units = [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")]
    guard let (unit, name) = units.first(where: { bytes >= $0.0 }) else { return "\(bytes) B" }
    return "\(grouped(bytes / unit + (bytes % unit >= unit / 2 ? 1 : 0))) \(name)"
  }

  /// With a comma between thousands.
  private static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.indices.reduce(into: "") { text, place in
      if place > 0, (digits.count - place).isMultiple(of: 3) { text += "," }
      text.append(digits[place])
    }
  }
}

extension FixedPointMap {
  /// J at an iterate; `nil` where the state is too large for it.
  public func denseJacobian(at iterate: [Double], atMost limit: Int = DenseLimit.entries) -> Matrix? {
    dimension > limit ? nil : jacobian(at: iterate)
  }
}
