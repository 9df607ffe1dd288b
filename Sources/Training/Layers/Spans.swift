internal import LinearAlgebra

func fill<Scalar: BatchScalar>(_ span: inout MutableSpan<Scalar>, with value: Scalar) {
  for i in 0..<span.count { span[i] = value }
}

extension Array where Element: BatchScalar {
  /// Calls `body` with the part of the array that a range names.
  mutating func mutate(_ range: Range<Int>, _ body: (inout MutableSpan<Element>) -> Void) {
    var whole = mutableSpan
    var part = whole._mutatingExtracting(range)
    body(&part)
  }

  /// Makes room for `count` entries; what it holds does not matter.
  mutating func reserve(_ count: Int) {
    if self.count < count { self = Array(repeating: 0, count: count) }
  }
}

/// The value, with another left in its place: what is then changed has one owner and is not copied.
func take<Value>(_ place: inout Value, _ rest: Value) -> Value {
  let value = place
  place = rest
  return value
}

func take<Element>(_ place: inout [Element]) -> [Element] { take(&place, []) }
