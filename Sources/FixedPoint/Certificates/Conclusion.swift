/// What all certificates of a map say together: how many fixed points it has, where, and by which theorems.
///
/// The widest scope with an answer speaks: all of Rⁿ before the closed cone and the open one. A leaf or a local box never
/// does; what holds there stands beside an open question (``local``).
public struct Conclusion: Sendable, Equatable {
  public enum Verdict: String, Sendable, CaseIterable {
    case exactlyOne = "exactly-one"
    case atMostOne = "at-most-one"
    case moreThanOne = "more-than-one"
    case none
    /// Nothing is proved of the map.
    case open
  }

  public let verdict: Verdict
  /// Where the answer holds; all of Rⁿ where the question is open.
  public let scope: Scope
  /// The theorems that give the answer, in the order of their certificates.
  public let theorems: [String]
  /// Boxes apart from each other, each proved to hold exactly one fixed point of the scope.
  public let fixedPoints: [IntervalVector]
  /// The same outside of the scope, or not certainly in it.
  public let fixedPointsOutside: [IntervalVector]
  /// What is proved of a box around a computed point, where nothing is proved of the map.
  public let local: Local?

  /// Exactly one fixed point in a box, by these theorems.
  public struct Local: Sendable, Equatable {
    public let scope: Scope
    public let theorems: [String]
  }

  /// - Parameter certificates: of one map, by any theorems.
  /// - Throws: ``CertificateConflict`` if two of them cannot both be true.
  public init(of certificates: [Certificate]) throws(CertificateConflict) {
    let points = certificates.flatMap(\.pointsInHand).apart
    try CertificateConflict.check(certificates, points)
    let answers = Answer.all(certificates, points)
    // One fixed point in the cone is an answer to the question that is asked, although there may be others outside of it.
    let answer = answers.filter { $0.verdict == .exactlyOne }.widest ?? answers.widest
    verdict = answer?.verdict ?? .open
    let scope = answer?.scope ?? .everywhere(isInvariant: certificates.contains { $0.scope == .everywhere() })
    self.scope = scope
    theorems = answer?.theorems ?? []
    fixedPoints = points.filter(scope.certainlyContains)
    fixedPointsOutside = points.filter { !scope.certainlyContains($0) }
    local = verdict == .open ? Local(certificates) : nil
  }

  /// Exactly one fixed point of the map.
  public var isUnique: Bool { verdict == .exactlyOne }
}

/// One scope's answer.
private struct Answer {
  let verdict: Conclusion.Verdict
  let scope: Scope
  var theorems: [String]

  /// Every answer that follows, once for each scope, with all theorems that give it.
  static func all(_ certificates: [Certificate], _ points: [IntervalVector]) -> [Answer] {
    let claimed = certificates.compactMap(claimed)
    let counted = [Scope.everywhere(), .closedCone(isInvariant: false), .openCone(isInvariant: false)].compactMap {
      several(in: $0, certificates, points)
    }
    return (claimed + counted).reduce(into: []) { answers, answer in
      if let known = answers.firstIndex(where: { $0.verdict == answer.verdict && $0.scope.kind == answer.scope.kind }) {
        answers[known].theorems += answer.theorems
      } else {
        answers.append(answer)
      }
    }
  }

  private static func claimed(_ certificate: Certificate) -> Answer? {
    guard certificate.verdict == .proved, certificate.scope.isWhole else { return nil }
    let verdict: Conclusion.Verdict? =
      switch certificate.claim {
      case .exactlyOne: .exactlyOne
      case .atMostOne: .atMostOne
      case .none: Conclusion.Verdict.none
      case .existence, .alongRays, .local: nil
      }
    return verdict.map { Answer(verdict: $0, scope: certificate.scope, theorems: [certificate.id]) }
  }

  /// Two fixed points that certainly lie in the scope.
  private static func several(in scope: Scope, _ certificates: [Certificate], _ points: [IntervalVector]) -> Answer? {
    guard points.count(where: scope.certainlyContains) > 1 else { return nil }
    let theorems = certificates.filter { $0.pointsInHand.contains(where: scope.certainlyContains) }.map(\.id)
    return Answer(verdict: .moreThanOne, scope: scope, theorems: theorems)
  }
}

extension [Answer] {
  /// The answer about the widest scope; of two about one scope the stronger.
  fileprivate var widest: Answer? {
    self.min { ($0.scope.rank, $0.verdict.rank) < ($1.scope.rank, $1.verdict.rank) }
  }
}

extension Conclusion.Verdict {
  /// Of two answers about one scope the stronger one comes first.
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}

extension Conclusion.Local {
  fileprivate init?(_ certificates: [Certificate]) {
    let proofs = certificates.filter { $0.provesExactlyOne && $0.scope.kind == .localBox }
    guard let first = proofs.first else { return nil }
    scope = first.scope
    theorems = proofs.filter { $0.scope == first.scope }.map(\.id)
  }
}

extension Certificate {
  /// Every fixed point that it proves to exist, as far as it holds a box for it.
  fileprivate var pointsInHand: [IntervalVector] {
    guard case .fixedPoints(let boxes) = witness else { return fixedPoints }
    return fixedPoints + boxes
  }
}

extension [IntervalVector] {
  /// The boxes without those that meet an earlier one, which may hold the same fixed point.
  fileprivate var apart: [IntervalVector] { [].joined(with: self) }
}
