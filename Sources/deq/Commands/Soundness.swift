import ArgumentParser
import FixedPoint
import Sessions

/// `deq soundness`: tries to contradict the certificates.
struct Soundness: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try to contradict the certificates on random networks.",
    discussion: """
      Every network is made from the seed and its index: random ones near the
      thresholds of the theorems, or with --families borders ones that are made
      to break proofs. Where a certificate says that there is one fixed point,
      starts by Picard, Anderson and Newton look for a second one in its scope,
      or for none; pairs of points check that its metric contracts by the proved
      rate where the rate is said to hold, that this set is not left, and that
      the error bounds hold; every refutation's witness is looked at. Exits with
      1 on a contradiction, and says how to see it again. --from continues an
      earlier campaign.
      """)

  @Option(name: .long, help: "Number of networks.")
  var count = 500

  @Option(name: .long, help: "The seed that all networks come from.")
  var seed: UInt64 = 1

  @Option(
    name: .long, help: "Which networks: random or borders.",
    transform: { name in
      guard let families = SoundnessFamilies(rawValue: name) else {
        throw ValidationError("--families \(name): random or borders is expected")
      }
      return families
    })
  var families = SoundnessFamilies.random

  @Option(name: .long, help: "Index of the first network.")
  var from = 0

  @Option(name: .long, help: "Starts for each network about which something is proved.")
  var starts = 200

  func validate() throws {
    guard count >= 0, from >= 0, starts >= 1 else {
      throw ValidationError("--count and --from: 0 or more are expected; --starts: 1 or more")
    }
    guard !from.addingReportingOverflow(count).overflow else {
      throw ValidationError("--from \(from): too large for --count \(count)")
    }
  }

  func run() throws {
    var campaign = SoundnessCampaign(seed: seed, families: families, from: from, starts: starts)
    for done in 1...max(1, count) where done <= count {
      try campaign.advance()
      if done % 1000 == 0 { StandardError.print("\(done) of \(count) networks, next index \(campaign.next)") }
    }
    let report = campaign.report
    try StandardOutput.print(Self.document(report, next: campaign.next))
    if !report.contradictions.isEmpty { throw Exit.notReached }
  }

  private static func document(_ report: SoundnessReport, next: Int) -> JSON {
    [
      "networks": JSON(report.networks), "certified": JSON(report.certified), "several": JSON(report.several),
      "unfound": JSON(report.unfound), "comparisons": JSON(report.comparisons),
      "refuted": JSON(report.refuted), "next": JSON(next),
      "proved": JSON(report.proved.map { JSON.Member($0.id, JSON($0.count)) }),
      "contradictions": JSON(
        report.contradictions.map { contradiction -> JSON in
          [
            "seed": JSON("\(contradiction.seed)"), "index": JSON(contradiction.index),
            "families": JSON(contradiction.families.rawValue), "family": JSON(contradiction.family),
            "certificate": JSON(contradiction.certificate.id),
            "what": JSON("\(contradiction.kind)"),
          ]
        }),
    ]
  }
}
