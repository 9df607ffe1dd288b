import ArgumentParser
import Sessions

/// `deq tabulate`: results of trainings as a table.
struct Tabulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a Markdown table of trainings.",
    discussion: """
      Each RESULT is what deq train --json printed. With --into the table takes the place of what stands between
      \(ResultsTable.begin) and \(ResultsTable.end) in a file; without it is printed.

        deq train --recipe moons --json > moons.json
        deq tabulate moons.json
        deq tabulate results/*.json --into README.md
      """)

  @Argument(help: ArgumentHelp("Results (JSON), in the order of the rows.", valueName: "result"))
  var results: [String]

  @Option(name: .long, help: ArgumentHelp("A file with the two marks.", valueName: "file"))
  var into: String?

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let table = try ResultsTable(files: results)
      guard let into else {
        try StandardOutput.print(table.text)
        return .success
      }
      do throws(SessionError) {
        try TextFile.write(try table.replaced(in: try TextFile.read(into)), to: into)
      } catch {
        throw error.file == nil ? error.inFile(into) : error
      }
      return .success
    }
  }
}
