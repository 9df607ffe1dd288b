/// What one theorem says about one network: a proof, or the reason why there is none.
///
/// A certificate is never a measurement: its numbers are bounds that hold with the rounding of their own computation
/// counted against the claim.
public struct Certificate: Sendable, Equatable {
  /// Name of the theorem in the formats: `subhomogeneous-thompson`.
  public let id: String
  /// The theorem in one sentence, with its source.
  public let theorem: String
  public let verdict: Verdict
  /// What is claimed if the verdict is `proved`.
  public let claim: Claim
  public let domain: Domain
  /// Contraction factor per step of ``iteration``, in ``metric``; `nil` where the theorem gives none.
  public let rate: Double?
  public let metric: CertificateMetric?
  /// The box on which ``rate`` holds, if that is less than the domain: every orbit of the domain ends in it.
  public let rateRegion: IntervalVector?
  /// The iteration that contracts with ``rate``.
  public let iteration: RateIteration
  public let hypotheses: [Hypothesis]
  /// Why the verdict is what it is, in one sentence: which hypothesis fails and by how much, or which form proved it.
  public let reason: String
  /// How the numbers came about, operator by operator; empty where there is nothing to derive.
  public let derivation: [DerivationStep]

  public init(
    id: String, theorem: String, verdict: Verdict, claim: Claim, domain: Domain, rate: Double? = nil,
    metric: CertificateMetric? = nil, rateRegion: IntervalVector? = nil, iteration: RateIteration = .picard,
    hypotheses: [Hypothesis], reason: String, derivation: [DerivationStep] = []
  ) {
    self.id = id
    self.theorem = theorem
    self.verdict = verdict
    self.claim = claim
    self.domain = domain
    self.rate = rate
    self.metric = metric
    self.rateRegion = rateRegion
    self.iteration = iteration
    self.hypotheses = hypotheses
    self.reason = reason
    self.derivation = derivation
  }

  /// True only for a proof of exactly one fixed point in ``domain``.
  public var isUnique: Bool { verdict == .proved && claim == .unique }
}

public enum Verdict: String, Sendable, CaseIterable {
  case proved
  /// A hypothesis provably fails, or a second fixed point is in hand.
  case refuted
  /// Neither the hypotheses nor their failure could be established.
  case inconclusive
  /// The map is not of the theorem's form: the reason says why.
  case notApplicable = "not-applicable"
}

/// What a theorem concludes.
public enum Claim: Sendable, Equatable {
  /// Exactly one fixed point in the domain.
  case unique
  /// At most one fixed point in the domain.
  case atMostOne
  /// f is subhomogeneous along rays: no statement about uniqueness.
  case holdsAlongRays
  /// The computed fixed point attracts Picard's iteration nearby.
  case locallyAttracting
}

/// Where the claim holds.
public enum Domain: Sendable, Equatable {
  /// All of Rⁿ.
  case everywhere
  /// The open positive cone.
  case positiveCone
  /// The positive part of the unit sphere of the p-norm; `.infinity` for the largest entry.
  case positiveSphere(norm: Double)
  /// An order interval.
  case box(IntervalVector)
  /// Near the computed fixed point.
  case neighbourhood
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
  /// What rounding may have cost: already counted against the claim in ``holds``.
  public let allowance: Double
  public let holds: Bool

  /// `allowance` bounds the rounding error of `value`; the hypothesis holds only beyond it.
  public init(_ text: String, _ value: Double?, _ relation: Relation, _ bound: Double, allowance: Double = 0) {
    self.text = text
    self.value = value
    self.relation = relation
    self.bound = bound
    self.allowance = allowance
    guard let value else {
      self.holds = false
      return
    }
    self.holds =
      switch relation {
      case .less: Rounding.sumUp(value, allowance) < bound
      case .lessOrEqual: Rounding.sumUp(value, allowance) <= bound
      case .greater: Rounding.sumDown(value, -allowance) > bound
      case .greaterOrEqual: Rounding.sumDown(value, -allowance) >= bound
      }
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
