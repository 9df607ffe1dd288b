/// Two statements about one map that cannot both be true: an error of this program, never of its input.
///
/// Nothing may be concluded then; whoever meets it is asked to report the session.
public struct CertificateConflict: Error, Equatable, Sendable {
  /// The proof of at most one fixed point, or of none.
  public let theorem: String
  public let claim: Claim
  public let scope: Scope
  /// Boxes apart from each other in that scope, each proved to hold a fixed point; empty where another theorem claims one
  /// that this one excludes.
  public let fixedPoints: [IntervalVector]
  /// The theorems that hold the boxes, or that claim the fixed point.
  public let others: [String]

  /// What a person reads instead of any conclusion.
  public var text: String {
    let against =
      fixedPoints.isEmpty
      ? "another theorem claims one there" : "\(fixedPoints.count) fixed points are proved to be there"
    return "internal error: the proofs contradict each other: \(theorem) proves \(claim.rawValue) on "
      + "\(scope.kind.rawValue), but \(against) (\(others.joined(separator: ", "))); nothing is concluded, please report this with the session"
  }

  /// Looks for a conflict among certificates and the fixed points that they hold.
  static func check(_ certificates: [Certificate], _ points: [IntervalVector]) throws(CertificateConflict) {
    for certificate in certificates where certificate.verdict == .proved {
      guard let most = certificate.claim.mostFixedPoints else { continue }
      let inside = points.filter(certificate.scope.certainlyContains)
      if inside.count > most { throw conflict(certificate, inside, certificates) }
      if most == 0, let other = certificates.first(where: { $0.claimsPoint(within: certificate.scope) }) {
        throw CertificateConflict(
          theorem: certificate.id, claim: certificate.claim, scope: certificate.scope, fixedPoints: [],
          others: [other.id])
      }
    }
  }

  private static func conflict(
    _ certificate: Certificate, _ points: [IntervalVector], _ certificates: [Certificate]
  ) -> CertificateConflict {
    let holders = certificates.filter { holder in
      holder.fixedPoints.contains { box in points.contains { $0.intersection(box) != nil } }
        || holder.witness.map { $0.holds(points) } ?? false
    }
    return CertificateConflict(
      theorem: certificate.id, claim: certificate.claim, scope: certificate.scope, fixedPoints: points,
      others: holders.map(\.id))
  }
}

extension Claim {
  /// How many fixed points the scope has at most; `nil` where the claim does not say.
  fileprivate var mostFixedPoints: Int? {
    switch self {
    case .exactlyOne, .atMostOne: 1
    case .none: 0
    case .existence, .alongRays, .local: nil
    }
  }
}

extension Certificate {
  /// Whether a fixed point is claimed that lies in the scope, since the claim's own scope does.
  fileprivate func claimsPoint(within scope: Scope) -> Bool {
    guard verdict == .proved, claim == .exactlyOne || claim == .existence else { return false }
    if scope.kind == .everywhere && scope.box == nil { return true }
    return self.scope == scope || (scope.kind == .closedCone && self.scope.kind == .openCone && self.scope.box == nil)
  }
}

extension Witness {
  fileprivate func holds(_ points: [IntervalVector]) -> Bool {
    guard case .fixedPoints(let boxes) = self else { return false }
    return boxes.contains { box in points.contains { $0.intersection(box) != nil } }
  }
}
