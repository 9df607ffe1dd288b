extension CertificateMetric {
  /// The distance of two vectors of equal length; `nil` where the metric is not defined for them.
  public func distance(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "a distance is of vectors of one length")
    switch self {
    case .thompson: return Distance.thompson(x.span, y.span)
    case .hilbert: return Distance.hilbert(x.span, y.span)
    case .euclidean: return Distance.euclidean(x.span, y.span)
    case .sup: return Distance.sup(x.span, y.span)
    case .sum: return zip(x, y).reduce(0) { $0 + abs($1.0 - $1.1) }
    case .weightedThompson(let weights):
      return largest(weights, x, y) { Distance.thompson([$0].span, [$1].span) }
    case .weightedSup(let weights):
      return largest(weights, x, y) { abs($0 - $1) }
    case .weightedEuclidean(let weights):
      return zip(weights, zip(x, y)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) * ($1.1.0 - $1.1.1) }.squareRoot()
    }
  }

  /// max_i |difference(x_i, y_i)| / w_i
  private func largest(
    _ weights: [Double], _ x: [Double], _ y: [Double], _ difference: (Double, Double) -> Double?
  ) -> Double? {
    var result = 0.0
    for (weight, entries) in zip(weights, zip(x, y)) {
      guard let part = difference(entries.0, entries.1) else { return nil }
      result = max(result, part / weight)
    }
    return result
  }
}
