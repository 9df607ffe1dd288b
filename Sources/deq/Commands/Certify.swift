import ArgumentParser
import Explorer
import FixedPoint
import Sessions

/// `deq certify`: what each theorem proves of a session's map.
struct Certify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say by every theorem whether the map has exactly one fixed point, and why.",
    discussion: """
      The first line is the conclusion of all theorems: exactly one, at most one, more than one or no fixed point, and
      where: in all of R^n, or in the open or closed positive cone. A box around a computed point is never the whole: what
      holds in it says so. Then each theorem: P proves unique; p proves something less, or of a part; x violated, or more
      than one found, always with a witness; ? condition not met, by how much; - does not apply; ^ too large. Every number
      is a bound that counts its own rounding against the claim. A rate holds where it says, which may be less.
      Which fixed point is reached from where is not asked here: see deq run.

      JSON: verdict is proved, refuted (with a witness), inconclusive or not-applicable; "unique" is true only for exactly
      one fixed point on everywhere, open-cone or closed-cone; scope and rateScope are the sets of claim and rate.

        deq certify sessions/subdeq-normalized.deq.json
        deq certify model.deq.json --require unique            # for scripts: exit 1 unless some theorem proves it
        deq certify model.deq.json --only monotone,lipschitz-2 --json
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only these theorems, separated by commas: \(TheoremCatalog.all.map { $0.id }.joined(separator: ", ")).",
      valueName: "id,…"))
  var only: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Exit with 1 unless this theorem proves its claim of the map; 'unique' for the conclusion. May be repeated.",
      valueName: "id"))
  var require: [String] = []

  @Flag(name: .long, help: "Let --require accept a proof in a box around a computed point.")
  var inBox = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also say how far each proof reaches along gain (a factor of all dense weights), shift or power (the fields).",
      valueName: "parameter"))
  var margin: String?

  @OptionGroup var options: SolveOptions

  @Flag(name: .long, help: "Print one JSON document.")
  var json = false

  func validate() throws {
    let ids = TheoremCatalog.all.map { $0.id }
    for id in selection ?? [] where !ids.contains(id) {
      throw ValidationError("--only \(id): one of \(ids.joined(separator: ", ")) is expected")
    }
    if let margin, Parameter(rawValue: margin) == nil {
      throw ValidationError(
        "--margin \(margin): one of \(Parameter.allCases.map(\.rawValue).joined(separator: ", ")) is expected")
    }
    for id in require where id != "unique" && !ids.contains(id) {
      throw ValidationError("--require \(id): unique, or one of \(ids.joined(separator: ", ")) is expected")
    }
    if let selection, let missing = require.first(where: { $0 != "unique" && !selection.contains($0) }) {
      throw ValidationError("--require \(missing): not among --only \(selection.joined(separator: ","))")
    }
  }

  private var selection: [String]? { only.map { $0.split(separator: ",").map(String.init) } }

  func run() throws {
    try Exit.reporting { () throws(SessionError) in
      let document = try options.document(of: file)
      let problem = try options.problem(of: document, file: file)
      let analysis = Analysis(network: problem.network, start: problem.start)
      let theorems = TheoremCatalog.all.filter { selection?.contains($0.id) ?? true }
      let report = try CertificateReport(
        certificates: theorems.map { $0.certificate(of: analysis) }, analysis: analysis, problem: problem,
        margins: margins(of: theorems, problem.network, gain: document.gain))
      if json { try StandardOutput.print(report.json) } else { try StandardOutput.print(report.text) }
      return unmet(report).isEmpty ? .success : Exit.notReached
    }
  }

  private func margins(of theorems: [any Theorem.Type], _ network: Network, gain: Double?) -> [MarginLine] {
    guard let parameter = margin.flatMap(Parameter.init(rawValue:)) else { return [] }
    return theorems.map { theorem in
      let margin = Margin.largest(parameter, of: network, holding: theorem)
      return MarginLine(id: theorem.id, parameter: parameter, margin: margin, gain: gain)
    }
  }

  /// The requirements that no certificate meets; each is said on standard error.
  private func unmet(_ report: CertificateReport) -> [String] {
    let missing = require.filter { !isMet($0, report) }
    for id in missing {
      let isLocal = report.certificates.contains { $0.id == id && $0.verdict == .proved }
      let why = id == "unique" ? ": " + report.conclusion.text : isLocal ? " of the map, only in a box (--in-box)" : ""
      StandardError.print("\(file): \(id) is not proved\(why)")
    }
    return missing
  }

  /// A claim about the neighbourhood of the computed point is met by its proof; all others are about the map.
  private func isMet(_ id: String, _ report: CertificateReport) -> Bool {
    if id == "unique" { return report.conclusion.isUnique || (inBox && report.conclusion.local != nil) }
    return report.certificates.contains {
      $0.id == id && $0.verdict == .proved && ($0.isProvedForTheMap || $0.claim == .local || inBox)
    }
  }
}

extension SessionDocument {
  /// The field `gain` of the weights that are drawn, if all dense weights are and have the same.
  fileprivate var gain: Double? {
    guard case .array(let operators)? = json["network"]?["operators"]?.content else { return nil }
    let gains = operators.filter { $0["op"] == "dense" }.map { link -> Double? in
      guard case .number(let gain)? = link["weight"]?["gain"]?.content else { return nil }
      return gain
    }
    guard let first = gains.first, gains.allSatisfy({ $0 == first }) else { return nil }
    return first
  }
}
