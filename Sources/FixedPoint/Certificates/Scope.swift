internal import LinearAlgebra

/// A convex set that f maps into itself, with what is known of f's slopes over it: where a theorem is tried.
///
/// Any two points of the set, e apart, satisfy f(x) - f(y) = J̄ e with J̄ inside ``jacobian``: the mean of J between them.
struct Scope: Sendable {
  /// "global form" or "box form".
  let form: String
  /// The set in words: "over all of Rⁿ".
  let place: String
  let domain: Domain
  /// The box; `nil` for all of Rⁿ.
  let box: IntervalVector?
  /// Encloses J and so every mean of it; `nil` where J is unbounded.
  let jacobian: IntervalMatrix?
  /// The network as Φ(Wz + p) + q, or why it is not.
  let slopeForm: Result<SlopeForm, SlopeFormObstacle>

  /// All of Rⁿ.
  init(everywhere network: Network) {
    form = "global form"
    place = "over all of Rⁿ"
    domain = .everywhere
    box = nil
    jacobian = network.jacobianEverywhere
    slopeForm = Result { () throws(SlopeFormObstacle) in try network.slopeForm(over: nil) }
  }

  /// A box that f maps into itself.
  init(box: IntervalVector, of network: Network, domain: Domain) {
    form = "box form"
    place = "over the box"
    self.domain = domain
    self.box = box
    jacobian = try? network.encloseJacobian(box)
    slopeForm = Result { () throws(SlopeFormObstacle) in try network.slopeForm(over: box) }
  }
}

extension [Scope] {
  /// Why no form applies: the pipeline's obstacle, or that nothing is bounded.
  var obstacle: String {
    for scope in self {
      if case .failure(let obstacle) = scope.slopeForm { return obstacle.reason }
    }
    return "the derivative has no bound over all of Rⁿ, and no invariant box is known"
  }
}

extension Analysis {
  var scopes: [Scope] { [Scope(everywhere: network)] }
}
