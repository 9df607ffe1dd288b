/// Certifies random networks and tries to contradict what was proved.
///
/// Whenever a certificate says that there is one fixed point, or at most one, starts by Picard, Anderson and Newton look for a
/// second one in its scope, or for none; pairs of points check that its metric contracts by the proved rate in the rate's
/// scope, that this scope is not left, and that the bounds which follow hold; and every refutation's witness is looked at.
/// Every case is made from the seed and its index alone, so that a campaign is resumed by its ``next`` index, and cases may
/// be shared out.
public struct SoundnessCampaign: Sendable {
  public let seed: UInt64
  public let families: SoundnessFamilies
  /// Starts per certified network and scope.
  public let starts: Int
  /// The index of the next case.
  public private(set) var next: Int
  public private(set) var report = SoundnessReport()

  public init(seed: UInt64, families: SoundnessFamilies = .random, from next: Int = 0, starts: Int = 200) {
    self.seed = seed
    self.families = families
    self.next = next
    self.starts = starts
  }

  /// Examines the next case.
  /// - Throws: What building the network throws; the families build only networks that fit.
  public mutating func advance() throws {
    let specimen = try SoundnessCase(seed: seed, index: next, families: families)
    var check = SoundnessCheck(specimen, starts: starts)
    check.run()
    report.add(specimen, check)
    next += 1
  }

  public mutating func run(_ count: Int) throws {
    for _ in 0..<count { try advance() }
  }
}

/// What a campaign has seen so far.
public struct SoundnessReport: Sendable, Equatable {
  public private(set) var networks = 0
  /// Networks for which some certificate says "unique" or "at most one", of the map or of a box.
  public private(set) var certified = 0
  /// Networks of which a certificate says "unique" and no start found the fixed point; not a contradiction.
  public private(set) var unfound = 0
  /// Networks with at least two proved fixed points in hand, none of them called unique.
  public private(set) var several = 0
  /// Pairs of points that were compared with a proved rate, distances with bounds, and witnesses.
  public private(set) var comparisons = 0
  /// How often each theorem proved uniqueness, in the catalogue's order.
  public private(set) var proved: [Count] = TheoremCatalog.all.map { Count(id: $0.id, count: 0) }
  /// Certificates that were refuted by a witness.
  public private(set) var refuted = 0
  public private(set) var contradictions: [Contradiction] = []

  public struct Count: Sendable, Equatable {
    public let id: String
    public fileprivate(set) var count: Int
  }

  fileprivate mutating func add(_ specimen: SoundnessCase, _ check: SoundnessCheck) {
    networks += 1
    comparisons += check.comparisons
    refuted += check.refutations.count
    contradictions += check.contradictions
    if check.claims.isEmpty {
      several += check.hasSeveral ? 1 : 0
    } else {
      certified += 1
      unfound += check.foundNone ? 1 : 0
    }
    for index in proved.indices {
      proved[index].count += check.claims.contains { $0.id == proved[index].id } ? 1 : 0
    }
  }
}

/// A proved statement that a computation contradicts, with what is needed to see it again: `SoundnessCase(seed:index:)`.
public struct Contradiction: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// Two different fixed points of the scope; twice the same where none is claimed.
    case secondFixedPoint([Double], [Double])
    /// No start finds a fixed point of the open cone, and so many sink to its border.
    case noFixedPoint(onBorder: Int)
    /// d(f(x), f(y)) = ratio · d(x, y), beyond the rate.
    case rate(ratio: Double, x: [Double], y: [Double])
    /// The distance to the fixed point is larger than the bound allows.
    case bound(distance: Double, allowed: Double, step: Int)
    /// f takes this point out of a set that it is said to map into itself.
    case leaves([Double])
    /// The witness of a refutation shows nothing.
    case emptyWitness
    /// These certificates contradict it.
    case conflict([String])
  }

  public let seed: UInt64
  public let index: Int
  public let families: SoundnessFamilies
  public let family: String
  public let certificate: Certificate
  public let kind: Kind
}
