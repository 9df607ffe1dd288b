/// Theorem 11: every fixed point of an invariant box, enclosed one by one.
///
/// The box holds every fixed point of its domain, so that one fixed point in the box is one in the domain: all of Rⁿ or the
/// open cone, where their images are bounded; else only the box that was found to be invariant. With two proved fixed points
/// uniqueness is refuted. The search is cut off after few boxes, so that the answer comes at once: what it leaves open
/// is inconclusive, and ``Enumeration`` goes on from any budget.
/// Source: Krawczyk 1969; Neumaier, *Interval Methods for Systems of Equations*, 1990, theorem 5.1.8.
public enum VerifiedEnumeration: Theorem {
  public static let id = "krawczyk"
  public static let statement =
    "Branch and prune with Krawczyk's operator lists every fixed point of a box that f maps into itself, or says what it "
    + "could not decide (Krawczyk 1969, Neumaier 1990)."
  public static let isLight = false

  /// The most entries of the state for which the search is tried.
  private static let mostEntries = 16

  /// How many boxes are searched: fewer where each costs more.
  private static func budget(_ dimension: Int) -> Int { min(256, 131_072 / (dimension * dimension * dimension)) }

  public static func certify(_ analysis: Analysis) -> Certificate {
    guard let region = analysis.enumerationBox else {
      return certificate(
        .notApplicable, .everywhere, [], "no box is known that f maps into itself, so none can be searched")
    }
    if let points = analysis.twoFixedPoints(in: region.domain) {
      let hypothesis = Hypothesis("fixed points that are proved to exist", Double(points.count), .lessOrEqual, 1)
      return certificate(.refuted, region.domain, [hypothesis], severalFixedPoints(points.map(\.point)))
    }
    guard analysis.network.dimension <= mostEntries else {
      return certificate(
        .inconclusive, region.domain, [],
        "a state of more than \(mostEntries) entries is not searched within the budget of a certificate")
    }
    var search = Enumeration(
      of: region.box, under: analysis.network, guesses: analysis.fixedPoints.map(\.point))
    search.run(analysis.network, budget: budget(analysis.network.dimension))
    return certificate(search, in: region.domain)
  }

  /// What a search says, by whatever budget it went so far.
  ///
  /// - Parameters:
  ///   - search: over a box that holds every fixed point of the domain, and that f maps into itself.
  ///   - domain: where the statement holds.
  /// - Returns: the theorem's certificate.
  public static func certificate(_ search: Enumeration, in domain: Domain) -> Certificate {
    let points = search.fixedPoints.filter { !domain.certainlyExcludes($0.enclosure) }
    let inside = points.filter { domain.certainlyContains($0.enclosure) }
    // By Brouwer's theorem the box holds a fixed point; of the open cone it may hold the border.
    let open = search.undecided + (domain == .positiveCone ? points.count - inside.count : 0)
    let hypotheses = [
      Hypothesis("places that may hold another fixed point", Double(open), .lessOrEqual, 0),
      Hypothesis("fixed points that are proved to exist", Double(points.count), .lessOrEqual, 1),
      Hypothesis("fixed points that are proved to exist", Double(points.count), .greaterOrEqual, 1),
    ]
    if inside.count > 1 { return certificate(.refuted, domain, hypotheses, severalFixedPoints(inside.map(\.center))) }
    guard open == 0, points.count == 1 else {
      return certificate(.inconclusive, domain, hypotheses, openQuestion(search, inside.count))
    }
    return certificate(
      .proved, domain, hypotheses,
      "every part of the invariant box was searched (\(search.examined) boxes): one fixed point")
  }

  private static func openQuestion(_ search: Enumeration, _ count: Int) -> String {
    guard search.undecided > 0 else {
      return "\(count) of \(search.fixedPoints.count) fixed points lie in the domain for sure"
    }
    let share = (100 * search.decidedShare).brief
    return "\(search.undecided) boxes were not decided after \(search.examined), \(share) % of the volume was"
  }

  private static func severalFixedPoints(_ points: [[Double]]) -> String {
    "there are at least \(points.count) fixed points: \(points.prefix(3).map(\.brief).joined(separator: ", "))"
  }

  private static func certificate(
    _ verdict: Verdict, _ domain: Domain, _ hypotheses: [Hypothesis], _ reason: String
  ) -> Certificate {
    Certificate(
      id: id, theorem: statement, verdict: verdict, claim: .unique, domain: domain, hypotheses: hypotheses,
      reason: reason)
  }
}

extension Analysis {
  /// The box in which all fixed points of the widest domain lie; `nil` if none is known.
  public var enumerationBox: InvariantBox? {
    boxEverywhere ?? boxOfCone ?? boxAroundFixedPoint ?? boxAroundPositiveFixedPoint
  }

  /// Two different fixed points, proved, that certainly lie in the domain; `nil` if no two are in hand.
  fileprivate func twoFixedPoints(in domain: Domain) -> [ComputedFixedPoint]? {
    switch domain {
    case .everywhere: twoFixedPointsAnywhere
    case .positiveCone: twoPositiveFixedPoints
    case .box(let box): twoFixedPoints { box.contains($0) }
    case .positiveSphere, .neighbourhood: nil
    }
  }
}
