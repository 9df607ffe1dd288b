import ArgumentParser
import FixedPoint
import Screen
import Sessions

/// `deq roots`: every fixed point, proved.
struct Roots: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List every fixed point of the invariant box, each proved.",
    discussion: """
      Searches a box by interval arithmetic until every part of it provably holds no
      fixed point, or exactly one, which is listed; nothing is sampled. The box is the
      one that f maps all of R^n into, if there is one, else the positive cone's, else
      one that was found around a fixed point: the answer says which in the same line,
      and JSON in "region". A --box of your own is searched instead. A list of such a box
      is complete within it and says nothing about the rest; fixed points that are known
      elsewhere stand below it.

      Exits with 0 if the list is complete, with 1 if boxes were left undecided: a
      larger budget may decide them. A state of more than \(Self.mostEntries) entries is searched only
      where the first boxes settle it, or with a --box or --budget of your own.

        deq roots FILE
        deq roots FILE --json --budget 1000000
        deq roots FILE --box=-3,3
        deq roots FILE --box='0,1;-2,2'
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String

  @Option(
    name: .long, help: ArgumentHelp("How many boxes to search at most, up to whole groups of 64.", valueName: "count"))
  var budget: Int?

  private static let usualBudget = 200_000
  /// The most entries of a state that is searched without being told to, and how many boxes of a larger one are tried.
  static let mostEntries = 24
  private static let trial = 3
  /// The most entries of a state of which anything is tried.
  private static let mostTriedEntries = 512

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Search this box: an interval for all entries, or one for each, separated by semicolons.", valueName: "lo,hi"))
  var box: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Threads that search; the answer does not depend on it. All processors if absent.",
      valueName: "count"))
  var threads: Int?

  @OptionGroup var options: SolveOptions

  @Flag(name: .long, help: "Print one JSON document.")
  var json = false

  func validate() throws {
    if let budget, budget < 1 { throw ValidationError("--budget: 1 or more is expected") }
    if let threads, threads < 1 { throw ValidationError("--threads: 1 or more is expected") }
    if let box, Self.intervals(box) == nil {
      throw ValidationError("--box \(box): lo,hi with finite numbers lo <= hi is expected, or one pair for each entry")
    }
  }

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let problem = try options.problem(of: try options.document(of: file), file: file)
      let analysis = Analysis(network: problem.network, start: problem.start)
      let report = try report(analysis)
      if json { try StandardOutput.print(report.json) } else { try StandardOutput.print(report.text) }
      if Interrupt.isRequested { return Exit.interrupted }
      return report.isComplete ? .success : Exit.notReached
    }
  }

  private func report(_ analysis: Analysis) throws(SessionError) -> RootsReport {
    let count = analysis.network.dimension
    if let obstacle = analysis.sizeObstacle {
      StandardError.print("\(file): nothing is searched: it \(obstacle); deq run finds single fixed points")
      return RootsReport([])
    }
    let isForced = box != nil || budget != nil
    if !isForced, count > Self.mostTriedEntries {
      refuse(count, "no box of it is tried")
      return RootsReport([])
    }
    let guesses = analysis.fixedPoints.map(\.point)
    let known: [EnclosedFixedPoint] = .proved(near: guesses, of: analysis.network)
    guard let region = try region(analysis), let box = region.box else {
      StandardError.print("\(file): no box is known that f maps into itself; give one to be searched with --box lo,hi")
      return RootsReport(known)
    }
    let isTried = !isForced && count > Self.mostEntries
    let search = RootsSearch(
      network: analysis.network, budget: isTried ? Self.trial : budget ?? Self.usualBudget,
      tasks: threads ?? RootsSearch.processors)
    let result = search.run(Enumeration(of: box, under: analysis.network, guesses: guesses))
    if isTried, !result.isFinished {
      let share = NumberText.percent(result.decidedShare, places: 3)
      refuse(count, "the first \(result.examined) boxes settled \(share) of it")
    }
    return RootsReport(result, region, beside: known)
  }

  private func refuse(_ count: Int, _ reason: String) {
    StandardError.print(
      "\(file): \(count) entries are too many to be searched (up to \(Self.mostEntries)): boxes are halved along every "
        + "entry, \(reason); deq certify says what is proved, deq run finds single fixed points, and --box or --budget "
        + "search all the same")
  }

  /// What is searched, and so where the list is then complete.
  private func region(_ analysis: Analysis) throws(SessionError) -> Scope? {
    guard let box, let intervals = Self.intervals(box) else { return analysis.enumerationBox?.scope }
    let dimension = analysis.network.dimension
    guard intervals.count == 1 || intervals.count == dimension else {
      throw SessionError(
        path: "--box", expected: "one interval, or \(dimension), one for each entry", found: "\(intervals.count)")
    }
    let region = IntervalVector(
      intervals.count == 1 ? Array(repeating: intervals[0], count: dimension) : intervals)
    let isInvariant = (try? analysis.network.enclose(region)).map(region.contains) ?? false
    return .localBox(region, isInvariant: isInvariant)
  }

  /// The intervals of `lo,hi;lo,hi`; `nil` where the text is none.
  static func intervals(_ text: String) -> [Interval]? {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { part -> Interval? in
      let ends = part.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmed }.compactMap { Double($0) }
      guard ends.count == 2, ends.allSatisfy(\.isFinite), ends[0] <= ends[1] else { return nil }
      return Interval(ends[0], ends[1])
    }
    let intervals = parts.compactMap(\.self)
    return intervals.count == parts.count ? intervals : nil
  }
}

extension Substring {
  /// Without blanks at both ends.
  fileprivate var trimmed: Substring {
    var rest = drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
