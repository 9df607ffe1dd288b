import ArgumentParser
import Sessions
import Training

/// `deq merge`: the shards of a sweep or of a training, put together.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put the shards of a sweep or of a training together.",
    discussion: """
      Each PART was made by deq sweep --shard i/n, or by deq train --shard i/n --part. The result is
      what one deq sweep without shards writes, or one deq train --csv; of a training also what its
      --json prints, where OUT ends in .json: byte for byte. A shard that is lost, unfinished, given
      twice, or of another sweep or training is an error that names it (exit code 65), and nothing
      is written.

        deq merge map.csv map-*.shard
        deq merge runs.json runs-*.part
      """)

  @Argument(help: ArgumentHelp("The file that becomes the result (CSV; of a training also JSON).", valueName: "out"))
  var out: String

  @Argument(help: ArgumentHelp("The shards, in any order.", valueName: "part"))
  var parts: [String]

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      if try TrainingPart.isOne(parts[0]) {
        try Self.write(try TrainingPart.whole(of: parts), to: out)
      } else {
        try SweepTable(try SweepMerge.whole(of: parts)).write(to: out)
      }
      return .success
    }
  }

  private static func write(_ training: TrainingPart, to path: String) throws(SessionError) {
    guard !path.hasSuffix(".json") else {
      return try TextFile.write(TrainingReport(plan: training.plan, runs: training.runs).json.text, to: path)
    }
    var table = TrainingTable()
    for run in training.runs { table.append(run) }
    try table.write(to: path)
  }
}
