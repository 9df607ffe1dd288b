import Sessions

/// One figure of the benchmark, with what it is compared to in the same run.
struct Measurement {
  /// How much work is done in a time, for figures that are about the machine.
  struct Rate {
    let amount: Double
    /// What is counted: "flop", "byte", "entry".
    let unit: String
  }

  let name: String
  /// What the figure is about, for people.
  let summary: String
  let seconds: Double
  /// The limit of the machine for the same work, measured in the same run.
  let limit: Double?
  private let rate: Rate?

  init(_ name: String, _ summary: String, seconds: Double, limit: Double? = nil, work: Rate? = nil) {
    self.name = name
    self.summary = summary
    self.seconds = seconds
    self.limit = limit
    rate = work.map { Rate(amount: $0.amount / seconds, unit: $0.unit + "/s") }
  }

  var ratio: Double? { limit.map { seconds / $0 } }

  func json(baseline: Double?) -> JSON {
    JSON([
      JSON.Member("name", JSON(name)), JSON.Member("summary", JSON(summary)), JSON.Member("seconds", JSON(seconds)),
      JSON.Member("limit", JSON(limit)), JSON.Member("ratio", JSON(ratio)), JSON.Member("rate", JSON(rate?.amount)),
      JSON.Member("rateUnit", rate.map { JSON($0.unit) } ?? JSON(Double?.none)),
      JSON.Member("baselineRatio", JSON(baseline.map { seconds / $0 })),
    ])
  }
}
