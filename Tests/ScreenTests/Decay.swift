/// exp(-rate k) without a library: the same digits everywhere.
func decay(_ count: Int, _ factor: Double) -> [Double?] {
  var value = 1.0
  return (0..<count).map { _ in
    defer { value *= factor }
    return value
  }
}
