import FixedPoint
import Sessions

/// A bound on a measure that a proved certificate implies for the steps of a run.
struct ProvedBoundLine: Sendable, Equatable {
  let id: String
  let rate: Double
  /// False where the certificate's metric is a weighted one: then a single ratio may exceed the rate.
  let isInOwnMetric: Bool
  /// The bound of each step from `firstStep` on.
  let firstStep: Int
  let values: [Double]
}

extension Watch {
  /// The bound that the best proved rate puts on the shown measure, from the first step at which the iterate is in the
  /// theorem's domain on: d_k <= C q^(k-j) d_j, with C = 1 in the certificate's own metric and the ratio of the extreme
  /// weights where the metric is weighted. Only Picard's iteration is bounded so.
  func provedBound(of measure: Measure) -> ProvedBoundLine? {
    guard isPicard, run.stepCount > 0, let certification else { return nil }
    return certification.known
      .filter { $0.provesExactlyOne && $0.iteration == .picard }
      .sorted { ($0.rate ?? 1, $0.id) < ($1.rate ?? 1, $1.id) }
      .lazy.compactMap { bound(by: $0, of: measure) }.first
  }

  private func bound(by certificate: Certificate, of measure: Measure) -> ProvedBoundLine? {
    guard let rate = certificate.rate, rate < 1, let constant = certificate.metric?.constant(for: measure),
      let first = (1...run.stepCount).first(where: { certificate.rateHolds(at: run.iterate(at: $0), step: $0) }),
      let distance = run.trace[first - 1][measure]
    else { return nil }
    var values: [Double] = []
    var bound = constant * distance
    for _ in first...run.stepCount {
      values.append(bound)
      bound *= rate
    }
    return ProvedBoundLine(
      id: certificate.id, rate: rate, isInOwnMetric: certificate.metric?.isWeighted == false, firstStep: first,
      values: values)
  }

  private var isPicard: Bool {
    let picard = Picard.description.name
    return experiment.document.solver.method == picard && type(of: run.solver(at: 0)).description.name == picard
      && !experiment.actions.contains { if case .solver = $0.action { true } else { false } }
  }
}

extension CertificateMetric {
  fileprivate var isWeighted: Bool {
    switch self {
    case .weightedThompson, .weightedEuclidean, .weightedSup: true
    case .thompson, .hilbert, .euclidean, .sup, .sum: false
    }
  }

  /// C of the bound in this measure; `nil` if the measure is not of this metric.
  fileprivate func constant(for measure: Measure) -> Double? {
    switch (self, measure) {
    case (.thompson, .thompson), (.hilbert, .hilbert), (.euclidean, .residualAbsolute), (.sup, .residualSup): 1
    case (.weightedThompson(let weights), .thompson), (.weightedSup(let weights), .residualSup): Self.spread(weights)
    case (.weightedEuclidean(let weights), .residualAbsolute): Self.spread(weights).squareRoot()
    default: nil
    }
  }

  /// Largest over least weight.
  private static func spread(_ weights: [Double]) -> Double { (weights.max() ?? 1) / (weights.min() ?? 1) }
}

extension Certificate {
  /// Whether the rate holds from this iterate of a run on: in its scope, and, for Hilbert's metric, on the sphere, where
  /// all but the start are.
  func rateHolds(at point: [Double], step: Int) -> Bool {
    guard let rateScope, rateScope.isInvariant else { return false }
    return rateScope.contains(point) && (metric != .hilbert || step >= 2)
  }
}
