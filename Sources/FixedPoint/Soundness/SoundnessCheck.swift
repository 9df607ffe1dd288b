/// Tries to contradict the certificates of one network.
struct SoundnessCheck {
  /// The proofs of one fixed point, of at most one or of none.
  let claims: [Certificate]
  /// Those that say that something is false.
  let refutations: [Certificate]
  let hasSeveral: Bool
  var foundNone = false
  var comparisons = 0
  private(set) var contradictions: [Contradiction] = []
  let specimen: SoundnessCase
  let starts: Int
  var random: SplitMix64

  var network: Network { specimen.network }

  init(_ specimen: SoundnessCase, _ certificates: [Certificate], hasSeveral: Bool = false, starts: Int) {
    self.specimen = specimen
    self.starts = starts
    claims = certificates.filter(\.countsFixedPoints)
    refutations = certificates.filter { $0.witness != nil }
    self.hasSeveral = hasSeveral && claims.isEmpty
    random = SplitMix64(seed: specimen.seed ^ 0x5eed, index: specimen.index)
    do throws(CertificateConflict) {
      _ = try Conclusion(of: certificates)
    } catch {
      if let claim = certificates.first(where: { $0.id == error.theorem }) { add(claim, .conflict(error.others)) }
    }
  }

  /// By every theorem, or by those given.
  init(_ specimen: SoundnessCase, starts: Int) {
    let analysis = Analysis(network: specimen.network)
    let certificates = TheoremCatalog.all.map { $0.certificate(of: analysis) }
    self.init(
      specimen, certificates, hasSeveral: analysis.severalFixedPoints(in: .everywhere()) != nil, starts: starts)
  }

  mutating func run() {
    var scopes: [Scope] = []
    for claim in claims where !scopes.contains(claim.scope) { scopes.append(claim.scope) }
    for scope in scopes { searchSecond(in: scope) }
    enumerate(scopes)
    countSignChanges(scopes)
    for claim in claims { checkRate(of: claim) }
    for refutation in refutations { checkWitness(of: refutation) }
  }

  mutating func add(_ claim: Certificate, _ kind: Contradiction.Kind) {
    contradictions.append(
      Contradiction(
        seed: specimen.seed, index: specimen.index, families: specimen.families, family: specimen.family,
        certificate: claim, kind: kind))
  }
}

extension Certificate {
  /// A proof that bounds the number of fixed points in its scope.
  fileprivate var countsFixedPoints: Bool {
    guard verdict == .proved else { return false }
    switch claim {
    case .exactlyOne, .atMostOne, .none: return true
    case .existence, .alongRays, .local: return false
    }
  }
}
