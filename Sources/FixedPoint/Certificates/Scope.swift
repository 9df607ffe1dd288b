internal import LinearAlgebra

/// A box that f maps into itself, with what is known of f's slopes over it: where a theorem is tried.
///
/// Any two points of the box, e apart, satisfy f(x) - f(y) = J̄ e with J̄ inside ``jacobian``: the mean of J between them.
struct Scope: Sendable {
  /// "global form" or "box form".
  let form: String
  /// The box in words: "over all of Rⁿ".
  let place: String
  /// Where the fixed points are all in the box.
  let domain: Domain
  /// The box; all of Rⁿ for the global form.
  let region: IntervalVector
  /// Encloses J and so every mean of it; `nil` where J is unbounded.
  let jacobian: IntervalMatrix?
  /// The network as Φ(Wz + p) + q, or why it is not.
  let slopeForm: Result<SlopeForm, SlopeFormObstacle>

  /// All of Rⁿ.
  init(everywhere network: Network) {
    self.init("global form", "over all of Rⁿ", .everywhere, .everything(network.dimension), network)
  }

  init(_ box: InvariantBox, of network: Network) {
    self.init("box form", "over the box", box.domain, box.box, network)
  }

  private init(_ form: String, _ place: String, _ domain: Domain, _ region: IntervalVector, _ network: Network) {
    self.form = form
    self.place = place
    self.domain = domain
    self.region = region
    jacobian = (try? network.encloseJacobian(region)).flatMap { $0.isFinite ? $0 : nil }
    slopeForm = Result { () throws(SlopeFormObstacle) in try network.slopeForm(over: region) }
  }
}

extension [Scope] {
  /// Why the map is not of the form Φ(Wz + p) + q with bounded slopes, where it is not.
  var slopeFormObstacle: String {
    for scope in self {
      if case .failure(let obstacle) = scope.slopeForm { return obstacle.reason }
    }
    return "nothing is in the way"
  }
}
