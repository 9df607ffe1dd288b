import Screen
import Sessions
import Training

/// A Markdown table of what `deq train --json` printed: a row a file, in the order given.
struct ResultsTable {
  static let begin = "<!-- training:begin -->"
  static let end = "<!-- training:end -->"

  private static let columns = [
    "network", "data", "runs", "test error", "steps forward", "back", "proved of these weights", "s a run",
    "ms a batch",
  ]

  private var rows: [[String]] = []

  /// - Throws: ``SessionError`` with the file that is no result of a training.
  init(files: [String]) throws(SessionError) {
    for file in files {
      rows.append(try SessionFile.read(file) { (json) throws(SessionError) in try Self.row(json) })
    }
  }

  init(_ results: [JSON]) throws(SessionError) {
    for json in results { rows.append(try Self.row(json)) }
  }

  var text: String {
    ([Self.columns, Self.columns.indices.map { $0 < 2 || $0 == 6 ? "---" : "--:" }] + rows).map {
      "| " + $0.map(\.tableCell).joined(separator: " | ") + " |"
    }.joined(separator: "\n")
  }

  /// A document with the table in the place of what stands between the two marks.
  /// - Throws: ``SessionError`` if the marks are not there once each, in order.
  func replaced(in document: String) throws(SessionError) -> String {
    let first = document.ranges(of: Self.begin)
    let last = document.ranges(of: Self.end)
    guard first.count == 1, last.count == 1, first[0].upperBound <= last[0].lowerBound else {
      throw SessionError(expected: "\(Self.begin) and then \(Self.end), once each", found: "another text")
    }
    return document[..<first[0].upperBound] + "\n\(text)\n" + document[last[0].lowerBound...]
  }

  // MARK: A row

  private static func row(_ json: JSON) throws(SessionError) -> [String] {
    let title = try text(json, "title")
    let data = try text(json, "data")
    guard case .array(let runs)? = json["runs"]?.content, !runs.isEmpty else {
      throw SessionError(path: "runs", expected: "the runs of a training", found: json["runs"]?.summary ?? "nothing")
    }
    let seconds = numbers(runs, "seconds")
    let steps = numbers(runs, "steps").reduce(0, +)
    return [
      title, data, "\(runs.count)", error(json, runs), mean(numbers(runs, "forwardSteps"), digits: 3),
      mean(numbers(runs, "backwardSteps"), digits: 3), proofs(runs), mean(seconds, digits: 3),
      steps > 0 && !seconds.isEmpty ? NumberText.significant(1000 * seconds.reduce(0, +) / steps, digits: 3) : "–",
    ]
  }

  private static func text(_ json: JSON, _ name: String) throws(SessionError) -> String {
    guard case .text(let text)? = json[name]?.content else {
      throw SessionError(path: name, expected: "a text", found: json[name]?.summary ?? "nothing")
    }
    return text
  }

  private static func number(_ json: JSON?) -> Double? {
    guard case .number(let number)? = json?.content else { return nil }
    return number
  }

  private static func numbers(_ runs: [JSON], _ name: String) -> [Double] { runs.compactMap { number($0[name]) } }

  private static func mean(_ values: [Double], digits: Int) -> String {
    values.isEmpty
      ? "–" : NumberText.significant(values.reduce(0, +) / Double(values.count), digits: digits)
  }

  private static func error(_ json: JSON, _ runs: [JSON]) -> String {
    guard let mean = number(json["testError"]?["mean"]) else { return "–" }
    let deviation = number(json["testError"]?["deviation"])
    let unsolved = numbers(runs, "testFailures").reduce(0, +)
    let diverged = runs.count { $0["diverged"] == JSON(true) }
    return NumberText.significant(100 * mean, digits: 3)
      + (deviation.map { " ± " + NumberText.significant(100 * $0, digits: 2) } ?? "") + " %"
      + (diverged > 0 ? ", \(diverged) diverged" : "") + (unsolved > 0 ? ", on \(Int(unsolved)) unsolved states" : "")
  }

  /// What is proved of the weights that the test error is of, and in how many runs where that is not all of them.
  private static func proofs(_ runs: [JSON]) -> String {
    let certificates = runs.flatMap { run -> [JSON] in
      guard case .array(let own)? = run["bestCertificates"]?.content else { return [] }
      return own
    }
    if certificates.isEmpty { return "–" }
    if certificates.allSatisfy({ $0["verdict"] == JSON(GuaranteeRecord.notChecked) }) {
      return "not checked: large state"
    }
    let proved = certificates.filter { $0["verdict"] == "proved" }
    var names: [String] = []
    for case .text(let name)? in proved.map({ $0["theorem"]?.content }) where !names.contains(name) {
      names.append(name)
    }
    let texts = names.map { name in
      let own = proved.filter { $0["theorem"] == JSON(name) }
      let inputs = own.allSatisfy { $0["inputs"] == "every" } ? "every input" : "one input"
      return "\(name) (\(inputs)" + (own.count < runs.count ? ", \(own.count) of \(runs.count) runs)" : ")")
    }
    return texts.isEmpty ? "nothing" : texts.joined(separator: ", ")
  }
}
