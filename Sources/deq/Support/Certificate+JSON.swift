import Explorer
import FixedPoint
import Sessions

extension Scope {
  /// As in the formats: doubles exact; an end at infinity is `null`.
  var json: JSON {
    JSON([
      JSON.Member("kind", JSON(kind.rawValue)), JSON.Member("box", box.map(\.json) ?? .null),
      JSON.Member("invariant", JSON(isInvariant)),
    ])
  }
}

extension IntervalVector {
  /// `[[lo, hi], …]`
  var json: JSON { JSON(zip(lower, upper).map { JSON([JSON.finite($0), JSON.finite($1)]) }) }
}

extension JSON {
  /// A number; `null` where it is none that JSON can hold.
  fileprivate static func finite(_ number: Double) -> JSON { number.isFinite ? JSON(number) : .null }
}

extension Certificate {
  /// As in the formats.
  var json: JSON {
    JSON([
      JSON.Member("id", JSON(id)), JSON.Member("theorem", JSON(theorem)),
      JSON.Member("verdict", JSON(verdict.rawValue)), JSON.Member("unique", JSON(isUnique)),
      JSON.Member("claim", JSON(claim.rawValue)), JSON.Member("scope", scope.json),
      JSON.Member("rate", JSON(rate)), JSON.Member("rateScope", rateScope.map(\.json) ?? .null),
      JSON.Member("metric", metric.map { JSON($0.text) } ?? .null),
      JSON.Member("metricName", metric.map { JSON($0.name) } ?? .null),
      JSON.Member("metricWeights", metric?.weights.map { JSON($0) } ?? .null),
      JSON.Member("iteration", rate == nil ? .null : iteration.json),
      JSON.Member("domain", JSON(scope.text)),
      JSON.Member("hypotheses", JSON(hypotheses.map(\.json))),
      JSON.Member("witness", witness.map(\.json) ?? .null),
      JSON.Member("fixedPoints", JSON(fixedPoints.map(\.json))),
      JSON.Member("reason", JSON(reason)),
      JSON.Member("derivation", JSON(derivation.map(\.json))),
    ])
  }
}

extension Hypothesis {
  fileprivate var json: JSON {
    JSON([
      JSON.Member("text", JSON(text)), JSON.Member("value", JSON(value)),
      JSON.Member("relation", JSON(relation.rawValue)),
      JSON.Member("bound", JSON(bound)), JSON.Member("allowance", JSON(allowance)), JSON.Member("margin", JSON(margin)),
      JSON.Member("holds", JSON(holds)), JSON.Member("status", JSON(status.rawValue)),
    ])
  }
}

extension DerivationStep {
  fileprivate var json: JSON {
    JSON([
      JSON.Member("operator", JSON(position.map(Double.init))), JSON.Member("text", JSON(text)),
      JSON.Member("value", JSON(value)),
    ])
  }
}

extension Witness {
  /// The kind, and the boxes, the point or the direction.
  fileprivate var json: JSON {
    switch self {
    case .fixedPoints(let boxes):
      JSON([JSON.Member("kind", "fixed-points"), JSON.Member("boxes", JSON(boxes.map(\.json)))])
    case .point(let point): JSON([JSON.Member("kind", "point"), JSON.Member("point", JSON(point))])
    case .direction(let direction):
      JSON([JSON.Member("kind", "direction"), JSON.Member("direction", JSON(direction))])
    }
  }
}

extension RateIteration {
  fileprivate var json: JSON {
    switch self {
    case .picard: JSON([JSON.Member("method", "picard")])
    case .picardAsymptotic: JSON([JSON.Member("method", "picard"), JSON.Member("asymptotic", JSON(true))])
    case .averaged(let factor):
      JSON([JSON.Member("method", "averaged"), JSON.Member("factor", JSON(factor))])
    case .forwardBackward(let step):
      JSON([JSON.Member("method", "forward-backward"), JSON.Member("step", JSON(step))])
    }
  }
}

extension Conclusion {
  /// As in the formats; `local` is what holds in a box around a computed point where the question is open.
  var json: JSON {
    JSON([
      JSON.Member("verdict", JSON(verdict.rawValue)), JSON.Member("scope", scope.json),
      JSON.Member("by", JSON(theorems.map { JSON($0) })),
      JSON.Member("fixedPoints", JSON(fixedPoints.map { JSON($0.midpoint) })),
      JSON.Member("outside", JSON(fixedPointsOutside.map { JSON($0.midpoint) })),
      JSON.Member(
        "local",
        local.map {
          JSON([JSON.Member("scope", $0.scope.json), JSON.Member("by", JSON($0.theorems.map { JSON($0) }))])
        } ?? .null),
      JSON.Member("text", JSON(text)),
    ])
  }
}
