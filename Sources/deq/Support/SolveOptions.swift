import ArgumentParser
import FixedPoint
import Sessions

/// The options by which a command solves a session otherwise than the file says.
struct SolveOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The method, by name or as JSON with its options.",
      discussion: "For example --solver anderson, or --solver '{\"method\": \"damped\", \"factor\": 0.5}'.",
      valueName: "method"))
  var solver: String?

  @Option(name: .long, help: ArgumentHelp("Stop when the measure is at most this.", valueName: "number"))
  var tolerance: Double?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the tolerance measures: \(Measure.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"))
  var measure: String?

  @Option(name: .long, help: ArgumentHelp("The most steps to make.", valueName: "count"))
  var maxSteps: Int?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Replace a field of the session; may be repeated.",
      discussion: "For example --set network.operators[1].shift=1.3 --set start.fill=0.", valueName: "path=json"))
  var settings: [String] = []

  @OptionGroup var data: DataOptions

  func validate() throws {
    if let tolerance, !(tolerance >= 0 && tolerance.isFinite) {
      throw ValidationError("--tolerance: a number from 0 on is expected")
    }
  }

  /// The session of a file with these options applied.
  /// - Throws: `SessionError`; without a file if an option is at fault.
  func document(of file: String) throws(SessionError) -> SessionDocument {
    var document = try SessionFile.read(file)
    for setting in settings { document = try Self.apply(setting, to: document) }
    if let solver { document = try document.setting(path: "solver", to: try Self.method(solver)) }
    if let tolerance { document = try document.setting(path: "stopping.tolerance", to: JSON(tolerance)) }
    if let measure { document = try document.setting(path: "stopping.measure", to: JSON(measure)) }
    if let maxSteps { document = try document.setting(path: "stopping.maxSteps", to: JSON(maxSteps)) }
    return document
  }

  private static func apply(_ setting: String, to document: SessionDocument) throws(SessionError) -> SessionDocument {
    guard let sign = setting.firstIndex(of: "=") else {
      throw SessionError(path: "--set \(setting)", expected: "path=json", found: "no =")
    }
    let path = String(setting[..<sign])
    let text = String(setting[setting.index(after: sign)...])
    return try document.setting(path: path, to: try json(text))
  }

  /// A value of the command line: JSON, or a bare word as a text.
  private static func json(_ text: String) throws(SessionError) -> JSON {
    let isWord = text.first.map { $0.isLetter } ?? false && !["true", "false", "null"].contains(text)
    return isWord ? JSON(text) : try JSON(parsing: text)
  }

  /// A method by its name, or as JSON with its options.
  static func method(_ text: String) throws(SessionError) -> JSON {
    text.hasPrefix("{") ? try JSON(parsing: text) : ["method": JSON(text)]
  }

  /// The problem of a document that came from `file`.
  /// - Throws: `SessionError` that names the file.
  func problem(of document: SessionDocument, file: String) throws(SessionError) -> Problem {
    data.select()
    do throws(SessionError) {
      return try Problem(document, directory: SessionFile.directory(of: file))
    } catch {
      throw error.inFile(file)
    }
  }
}
