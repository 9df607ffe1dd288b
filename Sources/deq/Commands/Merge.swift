import ArgumentParser
import Sessions

/// `deq merge`: the shards of a sweep, put together.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put the shards of a sweep together.",
    discussion: """
      Each PART was made by deq sweep --shard i/n. The result is what one deq sweep without shards
      writes, byte for byte. A shard that is lost, unfinished, given twice, or of another sweep is
      an error that names it (exit code 65), and nothing is written.

        deq merge map.csv map-*.shard
      """)

  @Argument(help: ArgumentHelp("The file that becomes the result (CSV).", valueName: "out"))
  var out: String

  @Argument(help: ArgumentHelp("The shards, in any order.", valueName: "part"))
  var parts: [String]

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      try SweepTable(try SweepMerge.whole(of: parts)).write(to: out)
      return .success
    }
  }
}
