import FixedPoint

/// How far two states of one shape are apart.
struct StateDifference: Sendable, Equatable {
  /// ‖a - b‖₂; infinite where an entry is not finite.
  let euclidean: Double
  /// Thompson's distance; `nil` off the open cone.
  let thompson: Double?
  /// The unit that differs most, the first of several; `nil` where no entry can be compared.
  let unit: Int?
  /// By how much it differs.
  let largest: Double?

  init(_ a: [Double], _ b: [Double]) {
    euclidean = Distance.euclidean(a.span, b.span)
    thompson = Distance.thompson(a.span, b.span)
    let gaps = zip(a, b).map { abs($0 - $1) }
    unit = gaps.indices.filter { !gaps[$0].isNaN }.max { (gaps[$0], $1) < (gaps[$1], $0) }
    largest = unit.map { gaps[$0] }
  }
}
