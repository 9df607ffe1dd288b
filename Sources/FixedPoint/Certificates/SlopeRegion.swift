internal import LinearAlgebra

/// A box that f maps into itself, with what is known of f's slopes over it: where a theorem is tried.
///
/// Any two points of the box, e apart, satisfy f(x) - f(y) = J̄ e with J̄ inside ``jacobian``: the mean of J between them.
struct SlopeRegion: Sendable {
  let isGlobal: Bool
  /// The box in words: "over all of Rⁿ".
  let place: String
  /// Where the fixed points are all in the box.
  let domain: Scope
  /// The box; all of Rⁿ for the global form.
  let region: IntervalVector
  /// Steps after which every orbit that starts in ``domain`` is in the box, where the rates hold.
  let arrival: Int
  /// Encloses J and so every mean of it; `nil` where J is unbounded.
  let jacobian: IntervalMatrix?
  /// The network as Φ(Wz + p) + q, or why it is not.
  let slopeForm: Result<SlopeForm, SlopeFormObstacle>

  /// All of Rⁿ.
  init(everywhere network: Network, _ domain: Scope) {
    self.init(network, .everything(network.dimension), domain: domain, arrival: 0, isGlobal: true)
  }

  init(_ box: InvariantBox, of network: Network) {
    self.init(network, box.box, domain: box.domain, arrival: box.steps, isGlobal: false)
  }

  private init(_ network: Network, _ region: IntervalVector, domain: Scope, arrival: Int, isGlobal: Bool) {
    self.isGlobal = isGlobal
    place = isGlobal ? "over all of Rⁿ" : "over the box"
    self.domain = domain
    self.arrival = arrival
    self.region = region
    if let obstacle = network.sizeObstacle {
      jacobian = nil
      slopeForm = .failure(SlopeFormObstacle(reason: obstacle))
      return
    }
    jacobian = (try? network.encloseJacobian(region)).flatMap { $0.isFinite ? $0 : nil }
    slopeForm = Result { () throws(SlopeFormObstacle) in try network.slopeForm(over: region) }
  }
}

extension SlopeRegion {
  /// The theorem applied here.
  func attempt(
    _ hypotheses: [Hypothesis], rate: Double? = nil, metric: CertificateMetric? = nil,
    iteration: RateIteration = .picard
  ) -> ProofAttempt {
    var attempt = ProofAttempt(
      form: isGlobal ? "global form" : "box form", scope: domain, hypotheses: hypotheses, rate: rate, metric: metric,
      iteration: iteration)
    if !isGlobal {
      attempt.rateScope = domain.kind == .localBox ? .localBox(region, isInvariant: true) : domain.within(region)
      attempt.derivation = [
        DerivationStep(position: nil, "largest width of the box that f maps into itself", region.width),
        DerivationStep(
          position: nil, "steps after which every orbit of the domain is in the box, where the rate holds",
          Double(arrival)),
      ]
    }
    return attempt
  }

  var withSlopeForm: (region: SlopeRegion, form: SlopeForm)? {
    guard case .success(let form) = slopeForm else { return nil }
    return (self, form)
  }
}

extension [SlopeRegion] {
  /// Why the map is not of the form Φ(Wz + p) + q with bounded slopes, where it is not.
  var slopeFormObstacle: String {
    for region in self {
      if case .failure(let obstacle) = region.slopeForm { return obstacle.reason }
    }
    return "nothing is in the way"
  }
}
