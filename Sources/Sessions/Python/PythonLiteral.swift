import FixedPoint

/// Values as Python source.
enum PythonLiteral {
  /// A number with the digits that read back as the same one.
  static func number(_ number: Double) -> String {
    if number == .infinity { return "math.inf" }
    return number.sign == .minus && number == 0 ? "-0.0" : shortestDigits(number)
  }

  /// `(2, 3)`
  static func shape(_ shape: Shape) -> String { tuple(shape.sizes) }

  static func tuple(_ integers: [Int]) -> String {
    "(" + integers.map { "\($0)," }.joined(separator: " ") + ")"
  }

  /// A NumPy array of a tensor's shape; one that holds a single number throughout is filled with it.
  static func array(_ tensor: Tensor) -> String {
    let size = shape(tensor.shape)
    if let first = tensor.values.first, tensor.values.allSatisfy({ $0.bitPattern == first.bitPattern }) {
      return "np.full(\(size), \(number(first)), dtype=float)"
    }
    return "np.array([\n" + lines(tensor.values.map(number)) + "], dtype=float).reshape(\(size))"
  }

  /// Entries of a list, several on a line.
  static func lines(_ entries: [String]) -> String {
    var text = ""
    var line = "   "
    for entry in entries {
      if line.utf8.count + entry.utf8.count > 110 {
        text += line + "\n"
        line = "   "
      }
      line += " " + entry + ","
    }
    return text + line + "\n"
  }
}
