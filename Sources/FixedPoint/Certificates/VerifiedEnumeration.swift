/// Theorem 11: every fixed point of an invariant box, enclosed one by one.
///
/// The box holds every fixed point of its domain, so that one fixed point in the box is one in the domain: all of Rⁿ or the
/// cone, where their images are bounded; else only the box that was found to be invariant, which says nothing about the
/// rest. With two proved fixed points uniqueness is refuted. The search is cut off after few boxes, so that the answer comes at once: what it leaves open
/// is inconclusive, and ``Enumeration`` goes on from any budget.
/// Source: Krawczyk 1969; Neumaier, *Interval Methods for Systems of Equations*, 1990, theorem 5.1.8.
public enum VerifiedEnumeration: Theorem {
  public static let id = "krawczyk"
  public static let statement =
    "Branch and prune with Krawczyk's operator lists every fixed point of a box that f maps into itself, or says what it "
    + "could not decide (Krawczyk 1969, Neumaier 1990)."
  public static let isLight = false
  public static let denseClaim: Claim? = .exactlyOne

  /// The most entries of the state for which the search is tried.
  private static let mostEntries = 16

  /// How many boxes are searched: fewer where each costs more.
  private static func budget(_ dimension: Int) -> Int { min(256, 131_072 / (dimension * dimension * dimension)) }

  public static func certify(_ analysis: Analysis) -> Certificate {
    guard let region = analysis.enumerationBox else { return withoutBox(analysis) }
    let scope = region.domain
    if scope.kind != .closedCone, let boxes = analysis.severalFixedPoints(in: scope) {
      return several(boxes, scope, analysis.provedFixedPoints)
    }
    guard analysis.network.dimension <= mostEntries else {
      return Certificate(
        id: id, theorem: statement, verdict: .notApplicable, claim: .exactlyOne, scope: scope, hypotheses: [],
        fixedPoints: analysis.pointsInHand,
        reason:
          "\(analysis.network.dimension) units: at most \(mostEntries) are searched within the budget of a certificate",
        isTooLarge: true)
    }
    var search = Enumeration(
      of: region.box, under: analysis.network, guesses: analysis.fixedPoints.map(\.point))
    search.run(analysis.network, budget: budget(analysis.network.dimension))
    return certificate(search, in: scope, beside: analysis.pointsInHand)
  }

  /// Without a box to be searched: two fixed points that are in hand still refute.
  private static func withoutBox(_ analysis: Analysis) -> Certificate {
    let scope = analysis.everywhere
    if let boxes = analysis.severalFixedPoints(in: scope) { return several(boxes, scope, boxes) }
    return Certificate(
      id: id, theorem: statement, verdict: .notApplicable, claim: .exactlyOne, scope: scope, hypotheses: [],
      fixedPoints: analysis.pointsInHand,
      reason: "no box is known that f maps into itself, so none can be searched")
  }

  /// What a search says, by whatever budget it went so far.
  ///
  /// Of the closed cone the open one is asked first: a fixed point on the border is none of its own.
  ///
  /// By Brouwer's theorem the box holds a fixed point. So if nothing is open and one enclosure meets the scope, that one is
  /// in it, even where the enclosure reaches over its border: of the open cone the border does not belong to it, which is
  /// why an enclosure has to lie inside.
  ///
  /// - Parameters:
  ///   - search: over a box that holds every fixed point of the scope, and that f maps into itself.
  ///   - scope: where the statement holds.
  ///   - others: boxes that are proved to hold a fixed point each, of the scope or elsewhere.
  /// - Returns: the theorem's certificate.
  public static func certificate(
    _ search: Enumeration, in scope: Scope, beside others: [IntervalVector] = []
  ) -> Certificate {
    if scope.kind == .closedCone {
      let open = counted(search, in: .openCone(isInvariant: false), beside: others)
      if open.verdict == .proved { return open }
    }
    return counted(search, in: scope, beside: others)
  }

  private static func counted(
    _ search: Enumeration, in scope: Scope, beside others: [IntervalVector]
  ) -> Certificate {
    let points = search.fixedPoints.map(\.enclosure).filter { !scope.certainlyExcludes($0) }
    let inside = points.filter(scope.certainlyContains)
    let known = search.fixedPoints.map(\.enclosure).joined(with: others)
    if inside.count > 1 { return several(inside, scope, known) }
    let open = search.undecided + (scope.kind == .openCone ? points.count - inside.count : 0)
    let hypotheses = [
      Hypothesis("places that may hold another fixed point", Double(open), .lessOrEqual, 0),
      Hypothesis("fixed points that are proved to exist", Double(points.count), .lessOrEqual, 1),
      Hypothesis("fixed points that are proved to exist", Double(points.count), .greaterOrEqual, 1),
    ]
    let isProved = open == 0 && points.count == 1
    return Certificate(
      id: id, theorem: statement, verdict: isProved ? .proved : .inconclusive, claim: .exactlyOne, scope: scope,
      hypotheses: hypotheses, fixedPoints: known,
      reason: isProved
        ? "every part of the invariant box was searched (\(search.examined) boxes): one fixed point"
        : openQuestion(search, inside.count))
  }

  /// Takes the fixed points of the scope, and all that are in hand.
  private static func several(
    _ boxes: [IntervalVector], _ scope: Scope, _ known: [IntervalVector]
  ) -> Certificate {
    let hypothesis = Hypothesis("fixed points that are proved to exist", Double(boxes.count), .lessOrEqual, 1)
    let violation = Violation(fixedPoints: boxes)
    return Certificate(
      id: id, theorem: statement, verdict: .refuted, claim: .exactlyOne, scope: scope,
      hypotheses: [hypothesis.violated],
      witness: violation.witness, fixedPoints: known, reason: violation.reason)
  }

  private static func openQuestion(_ search: Enumeration, _ count: Int) -> String {
    guard search.undecided > 0 else {
      return "\(count) of \(search.fixedPoints.count) fixed points lie in the domain for sure"
    }
    let share = (100 * search.decidedShare).brief
    return "\(search.undecided) boxes were not decided after \(search.examined), \(share) % of the volume was"
  }
}

extension Analysis {
  /// The box in which all fixed points of the widest domain lie; `nil` if none is known.
  public var enumerationBox: InvariantBox? {
    boxEverywhere ?? boxOfCone ?? boxAroundFixedPoint ?? boxAroundPositiveFixedPoint
  }

  /// The proved fixed points where several were computed; none where that would only prove what a search proves again.
  fileprivate var pointsInHand: [IntervalVector] { fixedPoints.count > 1 ? provedFixedPoints : [] }
}

extension [IntervalVector] {
  /// These boxes, and those of the others that are apart from all of them.
  func joined(with others: [IntervalVector]) -> [IntervalVector] {
    others.reduce(into: self) { known, box in
      if known.allSatisfy({ $0.intersection(box) == nil }) { known.append(box) }
    }
  }
}
