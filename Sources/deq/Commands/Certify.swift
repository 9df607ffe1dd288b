import ArgumentParser
import FixedPoint
import Sessions

/// `deq certify`: what each theorem proves of a session's map.
struct Certify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say by every theorem whether the map has exactly one fixed point, and why.",
    discussion: """
      Verdicts: proved; refuted (a hypothesis provably fails, or two fixed points are in hand); inconclusive;
      not-applicable (the reason says why). Every number is a bound that counts its own rounding against the claim.
      Which fixed point is reached from where is not asked here: see deq run.

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
      "Exit with 1 unless this theorem proves its claim; 'unique' for any proof of uniqueness. May be repeated.",
      valueName: "id"))
  var require: [String] = []

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
      let report = CertificateReport(
        certificates: theorems.map { $0.certify(analysis) }, analysis: analysis, problem: problem,
        margins: margins(of: theorems, problem.network, gain: document.gain))
      if json { try StandardOutput.print(report.json) } else { try StandardOutput.print(report.text) }
      return unmet(report.certificates).isEmpty ? .success : Exit.notReached
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
  private func unmet(_ certificates: [Certificate]) -> [String] {
    let missing = require.filter { id in
      !certificates.contains { id == "unique" ? $0.isUnique : $0.id == id && $0.verdict == .proved }
    }
    for id in missing { StandardError.print("\(file): \(id) is not proved") }
    return missing
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
