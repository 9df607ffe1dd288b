public import FixedPoint
import Screen

extension Verdict {
  /// Stands beside the colour.
  public var letter: String {
    switch self {
    case .proved: "P"
    case .refuted: "x"
    case .inconclusive: "?"
    case .notApplicable: "-"
    }
  }

  var role: Theme.Role {
    switch self {
    case .proved: .good
    case .refuted: .bad
    case .inconclusive: .warning
    case .notApplicable: .dim
    }
  }
}

extension Claim {
  var text: String {
    switch self {
    case .unique: "exactly one fixed point"
    case .atMostOne: "at most one fixed point"
    case .holdsAlongRays: "holds along rays"
    case .locallyAttracting: "attracting nearby"
    }
  }
}

extension Domain {
  public var text: String {
    switch self {
    case .everywhere: "all of R^n"
    case .positiveCone: "the open positive cone"
    case .positiveSphere(let norm):
      "the positive unit sphere of the \(norm.isFinite ? NumberText.shortest(norm) : "inf")-norm"
    case .box(let box): "a box: " + Self.text(of: box)
    case .neighbourhood: "near the computed fixed point"
    }
  }

  /// The box, entry by entry if it is small, else its extremes.
  private static func text(of box: IntervalVector) -> String {
    func interval(_ lower: Double, _ upper: Double) -> String {
      "[\(NumberText.significant(lower, digits: 4)), \(NumberText.significant(upper, digits: 4))]"
    }
    guard box.count > 4 else { return zip(box.lower, box.upper).map(interval).joined(separator: " x ") }
    return "within \(interval(box.lower.min() ?? 0, box.upper.max() ?? 0)) in each of \(box.count) entries"
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
  /// Claim, rate, metric and domain if proved; else the reason.
  public var summary: String {
    guard verdict == .proved else { return reason }
    var parts = [claim.text + " (" + domain.text + ")"]
    if let rate {
      let metric = metric.map { " in the metric \($0.text)" } ?? ""
      let iteration = iteration.text.map { ", \($0)" } ?? ""
      parts.append("rate \(NumberText.significant(rate, digits: 4))" + metric + iteration)
    }
    return parts.joined(separator: ", ") + "; " + reason
  }
}

extension Hypothesis {
  /// The evidence in one line: what was measured, what it must meet, by how much it does.
  public var line: String {
    let measured = NumberText.significant(value, digits: 6)
    let wanted = "\(relation.rawValue) \(NumberText.significant(bound, digits: 6))"
    let spare = margin.map { ", \(holds ? "margin" : "short by") \(NumberText.significant(abs($0), digits: 3))" } ?? ""
    let rounding = allowance > 0 ? ", rounding at most \(NumberText.scientific(allowance))" : ""
    return "\(holds ? "+" : "x") \(text): \(measured) \(wanted)\(spare)\(rounding)"
  }
}
