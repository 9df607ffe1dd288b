/// Smallest and largest of the finite values seen.
struct Extremes {
  private(set) var range: ClosedRange<Double>?

  mutating func add(_ value: Double) {
    guard value.isFinite else { return }
    guard let old = range else {
      range = value...value
      return
    }
    if value < old.lowerBound { range = value...old.upperBound }
    if value > old.upperBound { range = old.lowerBound...value }
  }

  /// Both ends, or nothing.
  var all: [Double] { range.map { [$0.lowerBound, $0.upperBound] } ?? [] }
}
