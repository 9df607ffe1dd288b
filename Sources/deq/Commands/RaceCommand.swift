import ArgumentParser
import Explorer
import FixedPoint
import Sessions

/// `deq race`: the same problem by each method.
struct RaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "race", abstract: "Solve the same problem by each method, and compare.",
    discussion: """
      Prints for every method how it ended, steps, evaluations of f, the median time
      of a few repetitions, and the evaluations until the relative residual was
      below 1e-1 to 1e-12. E marks the fewest evaluations, T the shortest time, among
      those that converged. Exits with 0 if one did, with 1 if none.

        deq race FILE
        deq race FILE --solvers picard,anderson,broyden --tolerance 1e-13
        deq race FILE --solvers 'picard,{"method": "damped", "factor": 0.5}' --json
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The methods, separated by commas, each by name or as JSON; else all, and the one of --solver.",
      valueName: "a,b,…"))
  var solvers: String?

  @OptionGroup var options: SolveOptions

  @Flag(name: .long, help: "Print one JSON document.")
  var json = false

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let document = try options.document(of: file)
      let entrants = try entrants(document)
      let problem = try options.problem(of: document, file: file)
      let race = Race(map: problem.network, start: problem.start, stopping: problem.stopping)
      let clock = ContinuousClock()
      let begin = clock.now
      let report = RaceReport(
        entrants.map { label, method in
          RaceReport.Line(
            solver: label, result: race.result(of: method) { begin.duration(to: clock.now) / .seconds(1) })
        })
      if json { try StandardOutput.print(report.json) } else { try StandardOutput.print(report.text) }
      return report.hasWinner ? .success : Exit.notReached
    }
  }

  private func entrants(
    _ document: SessionDocument
  ) throws(SessionError) -> [(label: String, method: any FixedPointSolver)] {
    var entrants: [(label: String, method: any FixedPointSolver)] = []
    for source in try sources(document) { entrants.append((source.label, try Problem.solver(source))) }
    return entrants
  }

  private func sources(_ document: SessionDocument) throws(SessionError) -> [SolverSource] {
    guard let solvers else {
      let all = MethodCatalog.all.map { SolverSource($0.description.name) }
      return options.solver == nil || all.contains(document.solver) ? all : all + [document.solver]
    }
    var sources: [SolverSource] = []
    for text in Self.split(solvers) {
      sources.append(try document.setting(path: "solver", to: try SolveOptions.method(text)).solver)
    }
    return sources
  }

  /// The parts between the commas that are in no braces, without blanks around them.
  static func split(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append("")
      } else if !(character == " " && (depth == 0)) {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}
