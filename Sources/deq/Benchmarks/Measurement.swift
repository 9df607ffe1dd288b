import Sessions

/// One figure of the benchmark, with what it is compared to in the same run.
struct Measurement {
  let name: String
  /// What the figure is about, for people.
  let summary: String
  let seconds: Double
  /// The limit of the machine for the same work, measured in the same run.
  let limit: Double?

  init(_ name: String, _ summary: String, seconds: Double, limit: Double? = nil) {
    self.name = name
    self.summary = summary
    self.seconds = seconds
    self.limit = limit
  }

  var ratio: Double? { limit.map { seconds / $0 } }

  func json(baseline: Double?) -> JSON {
    JSON([
      JSON.Member("name", JSON(name)), JSON.Member("summary", JSON(summary)), JSON.Member("seconds", JSON(seconds)),
      JSON.Member("limit", JSON(limit)), JSON.Member("ratio", JSON(ratio)),
      JSON.Member("baselineRatio", JSON(baseline.map { seconds / $0 })),
    ])
  }
}
