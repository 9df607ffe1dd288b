public import FixedPoint
import Screen

extension Standing {
  /// Stands beside the colour: capital letters are proofs about the map, small ones about a part of it.
  public var letter: String {
    switch self {
    case .provesUnique: "P"
    case .provesNone: "N"
    case .provesUniqueInPart, .provesAtMostOne, .provesExistence, .holdsAlongRays, .attractsNearby: "p"
    case .violated, .severalFound, .repelsNearby: "x"
    case .conditionNotMet: "?"
    case .doesNotApply: "-"
    case .tooLarge: "^"
    }
  }

  /// The verdict in words.
  public var words: String {
    switch self {
    case .provesUnique: "proves unique"
    case .provesUniqueInPart: "unique in a box"
    case .provesAtMostOne: "at most one"
    case .provesExistence: "at least one"
    case .provesNone: "proves none"
    case .holdsAlongRays: "holds along rays"
    case .attractsNearby: "attracts nearby"
    case .conditionNotMet: "condition not met"
    case .violated: "violated"
    case .severalFound: "more than one"
    case .repelsNearby: "repels nearby"
    case .doesNotApply: "does not apply"
    case .tooLarge: "too large"
    }
  }

  var role: Theme.Role {
    switch self {
    case .provesUnique: .good
    case .provesUniqueInPart, .provesAtMostOne, .provesExistence, .holdsAlongRays, .attractsNearby: .neutral
    case .provesNone, .violated, .severalFound, .repelsNearby: .bad
    case .conditionNotMet: .warning
    case .doesNotApply, .tooLarge: .dim
    }
  }
}

extension Claim {
  var text: String {
    switch self {
    case .exactlyOne: "exactly one fixed point"
    case .atMostOne: "at most one fixed point"
    case .existence: "at least one fixed point"
    case .none: "no fixed point"
    case .alongRays: "holds along rays"
    case .local: "attracting nearby"
    }
  }
}

extension Scope {
  /// Where, in words: of a part of all of Rⁿ or of the cone, the box it is.
  public var text: String {
    switch kind {
    case .everywhere: box.map { Self.text(of: $0) + ", which f maps all of R^n into" } ?? "all of R^n"
    case .openCone: box.map { Self.text(of: $0) + ", which f maps the positive cone into" } ?? "the open positive cone"
    case .closedCone: box.map { Self.text(of: $0) + ", which f maps the cone z >= 0 into" } ?? "the closed cone z >= 0"
    case .leaf: leafText + (box.map { ", in " + Self.text(of: $0) } ?? "")
    case .localBox: "only in " + (box.map(Self.text) ?? "a box")
    }
  }

  private var leafText: String {
    "the positive unit sphere of the \(norm.map { $0.isFinite ? NumberText.shortest($0) : "inf" } ?? "2")-norm"
  }

  /// The box, entry by entry if it is small, else its extremes.
  public static func text(of box: IntervalVector) -> String {
    func interval(_ lower: Double, _ upper: Double) -> String {
      "[\(NumberText.significant(lower, digits: 4)), \(NumberText.significant(upper, digits: 4))]"
    }
    guard box.count > 4 else {
      return "the box " + zip(box.lower, box.upper).map(interval).joined(separator: " x ")
    }
    return "the box \(interval(box.lower.min() ?? 0, box.upper.max() ?? 0)) in each of \(box.count) entries"
  }
}

extension CertificateMetric {
  public var text: String {
    switch self {
    case .thompson: "Thompson"
    case .weightedThompson: "Thompson, weighted"
    case .hilbert: "Hilbert"
    case .euclidean: "Euclidean"
    case .weightedEuclidean: "Euclidean, weighted"
    case .sup: "sup"
    case .weightedSup: "sup, weighted"
    case .sum: "sum"
    }
  }
}

extension CertificateMetric {
  /// As in the formats: `thompson`, whatever the weights.
  public var name: String {
    switch self {
    case .thompson, .weightedThompson: "thompson"
    case .hilbert: "hilbert"
    case .euclidean, .weightedEuclidean: "euclidean"
    case .sup, .weightedSup: "sup"
    case .sum: "sum"
    }
  }

  /// `nil` where every entry counts the same.
  public var weights: [Double]? {
    switch self {
    case .weightedThompson(let weights), .weightedEuclidean(let weights), .weightedSup(let weights): weights
    case .thompson, .hilbert, .euclidean, .sup, .sum: nil
    }
  }
}

extension RateIteration {
  /// The iteration that a rate is of, where it is not Picard's.
  var text: String? {
    switch self {
    case .picard: nil
    case .picardAsymptotic: "in the limit"
    case .averaged(let factor): "averaged with factor \(NumberText.significant(factor))"
    case .forwardBackward(let step): "forward-backward with step \(NumberText.significant(step))"
    }
  }
}

extension Certificate {
  /// Claim and scope, rate with its metric, iteration and scope if proved; else the reason.
  public var summary: String {
    guard verdict == .proved else { return reason }
    var parts = [claim.text + " (" + scope.text + ")"]
    if let rate {
      let metric = metric.map { " in the metric \($0.text)" } ?? ""
      let iteration = iteration.text.map { ", \($0)" } ?? ""
      let place = rateScope.flatMap { $0 == scope ? nil : " (\($0.text))" } ?? ""
      parts.append("rate \(NumberText.significant(rate, digits: 4))" + metric + iteration + place)
    }
    return parts.joined(separator: ", ") + "; " + reason
  }
}

extension Hypothesis {
  /// The evidence in one line: what was measured, what it must meet, by how much it does.
  public var line: String {
    let measured = NumberText.significant(value, digits: 6)
    let wanted = "\(relation.rawValue) \(NumberText.significant(bound, digits: 6))"
    let spare = margin.map { ", \(holds ? "margin" : "missed by") \(NumberText.significant(abs($0), digits: 3))" } ?? ""
    let rounding = allowance > 0 ? ", rounding at most \(NumberText.scientific(allowance))" : ""
    return "\(status.sign) \(text): \(measured) \(wanted)\(spare)\(rounding)"
  }
}

extension Hypothesis.Status {
  /// `x` only where a witness shows that the hypothesis is false.
  fileprivate var sign: String {
    switch self {
    case .met: "+"
    case .notMet: "?"
    case .violated: "x"
    }
  }
}
