/// What one theorem says about one network: a proof, or the reason why there is none.
///
/// A certificate is never a measurement: its numbers are bounds that hold with the rounding of their own computation
/// counted against the claim. Two sets belong to it: ``scope``, where the claim holds, and ``rateScope``, where the rate does.
public struct Certificate: Sendable, Equatable {
  /// Name of the theorem in the formats: `subhomogeneous-thompson`.
  public let id: String
  /// The theorem in one sentence, with its source.
  public let theorem: String
  public let verdict: Verdict
  /// What is claimed if the verdict is `proved`.
  public let claim: Claim
  /// Where the claim holds.
  public let scope: Scope
  /// The set over which the hypotheses speak of all slopes or values: all of ``scope``, or the box that f maps it into.
  public let basis: Scope
  /// Contraction factor per step of ``iteration``, in ``metric``; `nil` where the theorem gives none.
  public let rate: Double?
  public let metric: CertificateMetric?
  /// Where ``rate`` holds: all of ``scope``, or a part of it that every orbit of the scope ends in; `nil` without a rate.
  public let rateScope: Scope?
  /// The iteration that contracts with ``rate``.
  public let iteration: RateIteration
  public let hypotheses: [Hypothesis]
  /// What shows that the claim or a hypothesis is false; not `nil` if the verdict is `refuted`, and only then.
  public let witness: Witness?
  /// Boxes apart from each other, each proved to hold exactly one fixed point.
  public let fixedPoints: [IntervalVector]
  /// Why the verdict is what it is, in one sentence: which hypothesis fails and by how much, or which form proved it.
  public let reason: String
  /// How the numbers came about, operator by operator; empty where there is nothing to derive.
  public let derivation: [DerivationStep]
  /// The theorem was not tried because of the size of the map: ``reason`` says which size.
  public let isTooLarge: Bool

  public init(
    id: String, theorem: String, verdict: Verdict, claim: Claim, scope: Scope, basis: Scope? = nil,
    rate: Double? = nil, metric: CertificateMetric? = nil, rateScope: Scope? = nil, iteration: RateIteration = .picard,
    hypotheses: [Hypothesis], witness: Witness? = nil, fixedPoints: [IntervalVector] = [], reason: String,
    derivation: [DerivationStep] = [], isTooLarge: Bool = false
  ) {
    precondition((verdict == .refuted) == (witness != nil), "a refutation has a witness, and nothing else has one")
    self.id = id
    self.theorem = theorem
    self.verdict = verdict
    self.claim = claim
    self.scope = scope
    self.basis = basis ?? scope
    self.rate = rate
    self.metric = metric
    self.rateScope = rate == nil ? nil : rateScope ?? scope
    self.iteration = iteration
    self.hypotheses = hypotheses
    self.witness = witness
    self.fixedPoints = fixedPoints
    self.reason = reason
    self.derivation = derivation
    self.isTooLarge = isTooLarge
  }
}

extension Certificate {
  /// True only for a proof of exactly one fixed point in all of Rⁿ, or in all of the open or the closed cone.
  public var isUnique: Bool { provesExactlyOne && scope.isWhole }
  /// A proof of exactly one fixed point in ``scope``, which may be a box around a computed point.
  public var provesExactlyOne: Bool { verdict == .proved && claim == .exactlyOne }
  /// A proof of its claim that does not rest on a box which a measurement chose.
  public var isProvedForTheMap: Bool { verdict == .proved && (scope.isWhole || scope.kind == .leaf) }
}

public enum Verdict: String, Sendable, CaseIterable {
  case proved
  /// The claim or a hypothesis is false, and a witness shows it.
  case refuted
  /// Neither the hypotheses nor their failure could be established.
  case inconclusive
  /// The map is not of the theorem's form, or too large for it: the reason says why.
  case notApplicable = "not-applicable"
}

/// What a theorem concludes.
public enum Claim: String, Sendable, CaseIterable {
  /// Exactly one fixed point in the scope.
  case exactlyOne = "exactly-one"
  /// At most one fixed point in the scope.
  case atMostOne = "at-most-one"
  /// At least one fixed point in the scope.
  case existence
  /// No fixed point in the scope.
  case none
  /// f is subhomogeneous along rays: no statement about uniqueness.
  case alongRays = "along-rays"
  /// The computed fixed point attracts Picard's iteration nearby.
  case local
}

/// What shows that a claim of one fixed point, or a hypothesis of a theorem, is false.
public enum Witness: Sendable, Equatable {
  /// Boxes apart from each other, at least two, each proved to hold a fixed point of the scope.
  case fixedPoints([IntervalVector])
  /// At this point the quantity of the hypothesis is provably on the wrong side of its bound.
  case point([Double])
  /// xᵀ Q x <= 0 for this x, where the hypothesis is Q ≻ 0.
  case direction([Double])
}

/// The metric of a rate.
public enum CertificateMetric: Sendable, Equatable {
  case thompson
  /// max_i |log x_i - log y_i| / w_i
  case weightedThompson(weights: [Double])
  case hilbert
  case euclidean
  /// ‖Λ^½ (x - y)‖₂
  case weightedEuclidean(weights: [Double])
  case sup
  /// max_i |x_i - y_i| / w_i
  case weightedSup(weights: [Double])
  case sum
}

/// The iteration that a rate speaks of.
public enum RateIteration: Sendable, Equatable {
  /// z <- f(z)
  case picard
  /// z <- f(z) near the fixed point, in the limit of many steps.
  case picardAsymptotic
  /// z <- (1 - factor) z + factor f(z)
  case averaged(factor: Double)
  /// Theorem 6's forward-backward splitting with this step and the proximal operator of this step.
  case forwardBackward(step: Double)
}

/// One hypothesis with what was measured.
public struct Hypothesis: Sendable, Equatable {
  public enum Relation: String, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// The hypothesis in words: "largest weighted row sum of |L| over the box".
  public let text: String
  /// The measured value; `nil` where it is undefined.
  public let value: Double?
  public let relation: Relation
  public let bound: Double
  /// What rounding may have cost: already counted against the claim in ``status``.
  public let allowance: Double
  public private(set) var status: Status

  public enum Status: String, Sendable {
    case met
    /// Not established: a bound that is too large proves nothing.
    case notMet = "not-met"
    /// False, as the certificate's witness shows.
    case violated
  }

  public var holds: Bool { status == .met }

  /// `allowance` bounds the rounding error of `value`; the hypothesis holds only beyond it.
  public init(_ text: String, _ value: Double?, _ relation: Relation, _ bound: Double, allowance: Double = 0) {
    self.text = text
    self.value = value
    self.relation = relation
    self.bound = bound
    self.allowance = allowance
    guard let value else {
      status = .notMet
      return
    }
    let holds =
      switch relation {
      case .less: Rounding.sumUp(value, allowance) < bound
      case .lessOrEqual: Rounding.sumUp(value, allowance) <= bound
      case .greater: Rounding.sumDown(value, -allowance) > bound
      case .greaterOrEqual: Rounding.sumDown(value, -allowance) >= bound
      }
    status = holds ? .met : .notMet
  }

  /// The hypothesis with the knowledge that a witness speaks against it: violated where it was not met.
  var violated: Hypothesis {
    var result = self
    if status == .notMet { result.status = .violated }
    return result
  }

  /// How far the value is on the good side of the bound, rounding counted; negative if it fails.
  public var margin: Double? {
    value.map {
      switch relation {
      case .less, .lessOrEqual: bound - ($0 + allowance)
      case .greater, .greaterOrEqual: ($0 - allowance) - bound
      }
    }
  }
}

/// One line of a derivation: what an operator did to the quantity that is followed.
public struct DerivationStep: Sendable, Equatable {
  /// Position of the operator in the pipeline; `nil` for a remark about the whole.
  public let position: Int?
  public let text: String
  /// The quantity after the operator.
  public let value: Double?

  public init(position: Int?, _ text: String, _ value: Double?) {
    self.position = position
    self.text = text
    self.value = value
  }
}
