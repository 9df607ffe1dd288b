import Testing

@testable import FixedPoint

/// 500 networks of the soundness campaign in four parts; `starts` is smaller in debug builds, which are slow.
struct SoundnessCampaignTests {
  #if DEBUG
    private static let starts = 30
  #else
    private static let starts = 200
  #endif

  @Test(arguments: [0, 125, 250, 375])
  func nothingProvedIsContradicted(_ first: Int) throws {
    var campaign = SoundnessCampaign(seed: 2026, from: first, starts: Self.starts)
    try campaign.run(125)
    let report = campaign.report
    #expect(report.networks == 125 && campaign.next == first + 125)
    #expect(report.contradictions == [], "\(report.contradictions.map { ($0.index, $0.certificate.id) })")
    // Not a campaign of trivial cases, nor of cases about which nothing can be said.
    #expect(report.certified > 60 && report.several > 3 && report.comparisons > 10_000)
    for count in report.proved where count.id.hasPrefix("lipschitz") || count.id == "lyapunov-diagonal" {
      #expect(count.count > 20, "\(count.id)")
    }
  }

  @Test func aCaseIsMadeFromItsSeedAndIndexAlone() throws {
    var whole = SoundnessCampaign(seed: 5, starts: 3)
    try whole.run(6)
    var resumed = SoundnessCampaign(seed: 5, from: 3, starts: 3)
    try resumed.run(3)
    var first = SoundnessCampaign(seed: 5, starts: 3)
    try first.run(3)
    #expect(first.report.certified + resumed.report.certified == whole.report.certified)
    #expect(first.report.comparisons + resumed.report.comparisons == whole.report.comparisons)
    #expect(resumed.next == whole.next)
  }

  /// The first case that satisfies the condition.
  private static func firstCase(_ condition: (SoundnessCase) -> Bool) throws -> SoundnessCase {
    for index in 0..<400 {
      let specimen = try SoundnessCase(seed: 1, index: index)
      if condition(specimen) { return specimen }
    }
    throw NoSuchCase()
  }

  private struct NoSuchCase: Error {}

  private static func claim(_ scope: Scope, rate: Double? = nil, _ metric: CertificateMetric? = nil) -> Certificate {
    Certificate(
      id: "invented", theorem: "", verdict: .proved, claim: .exactlyOne, scope: scope, rate: rate, metric: metric,
      hypotheses: [], reason: "")
  }

  /// A campaign that cannot find a contradiction would show nothing: it finds those of invented claims.
  @Test func aWrongUniqueIsFound() throws {
    let several = try Self.firstCase {
      $0.family == "bistable" && Analysis(network: $0.network).severalFixedPoints(in: .everywhere()) != nil
    }
    var check = SoundnessCheck(several, [Self.claim(.everywhere())], starts: 60)
    check.run()
    guard case .secondFixedPoint? = check.contradictions.first?.kind else { throw NoSuchCase() }
  }

  @Test func aWrongRateIsFound() throws {
    let plain = try Self.firstCase { $0.family == "plain" && $0.network.dimension > 1 }
    var check = SoundnessCheck(plain, [Self.claim(.everywhere(), rate: 1e-3, .euclidean)], starts: 0)
    check.run()
    guard case .rate(let ratio, _, _)? = check.contradictions.first?.kind else { throw NoSuchCase() }
    #expect(ratio > 1e-3)
  }
}
