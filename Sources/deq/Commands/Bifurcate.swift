import ArgumentParser
import Explorer
import FixedPoint
import Sessions

/// `deq bifurcate`: the fixed points along one parameter.
struct Bifurcate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follow all fixed points along one parameter, and find where they split, turn or change stability.",
    discussion: """
      Fixed points are looked for at several values of the parameter, and each is followed both
      ways through folds. Prints every event with the parameter's value: fold, branch-point (a
      pitchfork or a transcritical crossing), period-doubling, neimark-sacker, kink (the slope
      jumps where f is not smooth). A fold or kink at a border between pieces of f is named a
      border collision. Twelve digits are printed, or those that hold with their uncertainty.
      A branch that no search met is missing.

      A branch ends at the end of the range, where it leaves --box, or where it leaves to
      infinity, which is said. A line of fixed points at one value is named, not followed.
      Exits with 1 if the search was broken off. Ctrl-C prints what was found so far.

      The CSV has a row a point and a row an event: branch, parameter, spectral_radius, stable
      (empty: not decided, as at an event or a kink), event, z_0, …

        deq bifurcate FILE --path network.operators[1].by --from 0 --to 2
        deq bifurcate FILE --path network.operators[0].weight.gain --from 0 --to 3 --csv out.csv
        deq bifurcate FILE --path network.operators[1].by --from 0 --to 2 --svg out.svg --unit 0

      The picture has a unit of the fixed points (or their norm) over the parameter: attracting
      ones solid, the others dashed, a letter at each event.
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("The number of the session that is varied.", valueName: "path"))
  var path: String

  @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("Its least value.", valueName: "number"))
  var from: Double

  @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("Its greatest value.", valueName: "number"))
  var to: Double

  @Option(name: .long, help: ArgumentHelp("At how many values fixed points are looked for.", valueName: "count"))
  var searches = 9

  @Option(
    name: .long,
    help: ArgumentHelp("Only fixed points whose entries lie between these numbers.", valueName: "lo,hi"))
  var box: String?

  @Option(name: .long, help: ArgumentHelp("Write every point of every branch.", valueName: "out.csv"))
  var csv: String?

  @OptionGroup var picture: PictureOptions

  @Option(
    name: .long, help: ArgumentHelp("In the picture: which unit; the norm, if none is named.", valueName: "index"))
  var unit: Int?

  @OptionGroup var options: SolveOptions

  @Flag(name: .long, help: "Print one JSON document.")
  var json = false

  func validate() throws {
    guard from.isFinite, to.isFinite, from < to else {
      throw ValidationError("--from, --to: finite numbers with from < to are expected")
    }
    if let unit, unit < 0 || picture.svg == nil {
      throw ValidationError("--unit: 0 or more is expected, beside --svg")
    }
    if let box, Roots.intervals(box)?.count != 1 {
      throw ValidationError("--box \(box): lo,hi with finite numbers lo <= hi is expected")
    }
    guard searches >= 1 else { throw ValidationError("--searches: 1 or more is expected") }
  }

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let document = try options.document(of: file)
      let problem = try options.problem(of: document, file: file)
      if let unit, unit >= problem.network.dimension {
        throw SessionError(
          path: "unit", expected: "one of \(problem.network.dimension) units, from 0", found: "\(unit)")
      }
      let size = problem.network.dimension
      if let obstacle = DenseLimit.obstacle(size, atMost: DenseLimit.provedEntries) {
        throw SessionError(
          path: "network.state.shape", expected: "a state whose derivative can be followed",
          found: "one that \(obstacle)"
        ).inFile(file)
      }
      let family = try NetworkFamily(
        of: document, directory: SessionFile.directory(of: file), path: path, over: from...to)
      let diagram = diagram(of: family, start: problem.start)
      if let csv { try BifurcationTable(diagram).write(to: csv) }
      try picture.write(
        document.title ?? file,
        BifurcationPicture(diagram, over: from...to, name: path, unit.map { .unit($0) } ?? .norm).panel)
      let report = BifurcationReport(diagram, path: path, over: from...to)
      if json { try StandardOutput.print(report.json) } else { try StandardOutput.print(report.text) }
      if Interrupt.isRequested { return Exit.interrupted }
      return diagram.isComplete ? .success : Exit.notReached
    }
  }

  /// Follows the branches until Ctrl-C; says how far it is, on a terminal, after a second.
  private func diagram(of family: NetworkFamily, start: [Double]) -> BifurcationDiagram {
    Interrupt.watch()
    let clock = ContinuousClock()
    let begin = clock.now
    var line = ProgressLine()
    defer { line.clear() }
    let limits = box.flatMap(Roots.intervals)?.first.map { $0.lower...$0.upper }
    return BifurcationDiagram(of: family, start: start, searches: searches, box: limits) { progress in
      if begin.duration(to: clock.now) > .seconds(1) {
        line.show(
          progress.searched < progress.searches
            ? "searched at \(progress.searched) of \(progress.searches) values"
            : "\(progress.branches) branches, \(progress.points) points")
      }
      return !Interrupt.isRequested
    }
  }
}
