import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions

/// Recordings and their data changed at random: none on which a replay depends may pass as identical.
@Suite("Tampered recordings")
struct TamperingTests {
  private static let count = unsafe getenv("DEQ_TAMPERINGS").flatMap { unsafe Int(String(cString: $0)) } ?? 100
  private let directory = TemporaryDirectory()

  /// Everything that can be in a recording: data, edits, branches, undoing, a run, a pause.
  private func recorded(_ generator: inout SeededGenerator) throws -> SessionDocument {
    directory.write("0.5,0.1,0\n0,0.25,0.5\n0.125,0,-0.5\n", to: "w.csv")
    let text = """
      {"format": "deq-session/1", "title": "T", "network": {"state": {"shape": [3]}, "operators": [
        {"op": "dense", "weight": {"file": "w.csv"}}, {"op": "inject", "bias": {"values": [0.5, 0, -0.25]}},
        {"op": "activation", "kind": "tanh"}]}, "start": {"fill": 0}}
      """
    var experiment = try Experiment(try SessionFile.parse(Array(text.utf8)), directory: directory.path)
    try experiment.perform(.step(2 + Int(generator.next() % 4)))
    try experiment.perform(.rewind(to: 1))
    try experiment.perform(.branch)
    try experiment.perform(.step(2))
    try experiment.perform(.edit(path: "network.operators[2].shift", value: JSON(generator.number())))
    try experiment.perform(.step(3))
    try experiment.perform(.edit(path: "title", value: "U"))
    try experiment.perform(.undo)
    try experiment.perform(.undo)
    try experiment.perform(.redo)
    try experiment.perform(.run)
    for _ in 0..<4 { experiment.advance() }
    try experiment.perform(.pause)
    try experiment.perform(.solver(SolverSource("damped", [FieldSource("factor", .number(0.75))])))
    try experiment.perform(.run)
    while experiment.advance() {}
    return experiment.saved
  }

  @Test("Nothing that counts is changed unseen")
  func values() throws {
    var generator = SeededGenerator(seed: 2026)
    var (identical, seen) = (0, 0)
    while seen < Self.count {
      let document = try recorded(&generator)
      #expect(try Replay.verify(document, directory: directory.path).verdict == .identical)
      let json = document.json
      let places = json.leaves().filter { Self.counts($0.path) }
      let place = places[Int(generator.next() % UInt64(places.count))]
      var changed = json
      let value = Self.other(place.value, &generator)
      _ = changed.replace(at: JSONPath(place.path)!.steps[...], by: value)
      guard let tampered = try? SessionDocument(changed), tampered != document else { continue }
      seen += 1
      guard (try? Replay.verify(tampered, directory: directory.path))?.verdict == .identical else { continue }
      identical += 1
      #expect(try Self.hasSameResults(tampered, document, directory.path), "\(place.path) to \(value.lineText)")
      #expect(!Self.mustBeSeen(place.path), "\(place.path) to \(value.lineText)")
    }
    #expect(identical < seen / 4, "\(identical) of \(seen) changed nothing")
  }

  @Test("Every changed number of the data is seen")
  func data() throws {
    var generator = SeededGenerator(seed: 7)
    let document = try recorded(&generator)
    for _ in 0..<Self.count / 5 {
      var rows = [[0.5, 0.1, 0], [0, 0.25, 0.5], [0.125, 0, -0.5]]
      let (row, column) = (Int(generator.next() % 3), Int(generator.next() % 3))
      let old = rows[row][column]
      rows[row][column] = generator.next() % 2 == 0 ? old.nextUp : old == 0 ? -0.0 : -old
      directory.write(
        rows.map { $0.map { "\($0)" }.joined(separator: ",") + "\n" }.joined(), to: "w.csv")
      let report = try Replay.verify(document, directory: directory.path)
      #expect(report.verdict == .different && report.changedData.count == 1, "\(row) \(column) \(rows[row][column])")
    }
  }

  /// Title and notes, and who recorded it, make no step.
  private static func counts(_ path: String) -> Bool {
    let names = [
      "format", "title", "notes", "recording.before", "recording.program", "recording.kernel", "recording.processor",
      "recording.cursor", "recording.annotations",
    ]
    return !names.contains { path.hasPrefix($0) } && !path.hasSuffix("data[0].source.file")
  }

  private static func mustBeSeen(_ path: String) -> Bool {
    ["recording.session", "recording.data", "recording.checks", "recording.outcome"].contains { path.hasPrefix($0) }
      || path.contains(".left")
  }

  private static func other(_ value: JSON, _ generator: inout SeededGenerator) -> JSON {
    switch value.content {
    case .number(let number):
      let others = [number + 1, number.nextUp, -number, number * 2, 0, 1]
      return JSON(others[Int(generator.next() % 6)])
    case .text(let text):
      var bytes = Array(text.utf8)
      guard !bytes.isEmpty else { return "x" }
      let place = Int(generator.next() % UInt64(bytes.count))
      bytes[place] = Array("0123456789abcdef".utf8)[Int(generator.next() % 16)]
      return JSON(String(decoding: bytes, as: UTF8.self))
    case .flag(let flag): return JSON(!flag)
    case .null, .array, .object: return 1
    }
  }

  /// Whether two recordings lead to the same steps, branches and session, bit for bit.
  private static func hasSameResults(_ left: SessionDocument, _ right: SessionDocument, _ directory: String) throws
    -> Bool
  {
    func results(_ document: SessionDocument) throws -> (SessionDocument, [Run<Network>]) {
      let experiment = try Experiment.replayed(document, directory: directory)
      return (experiment.document.plain, [experiment.run] + experiment.branches.map(\.run))
    }
    let (mine, others) = (try results(left), try results(right))
    return mine.0 == others.0 && mine.1.count == others.1.count
      && zip(mine.1, others.1).allSatisfy { one, other in
        one.trace == other.trace && one.iterate.map(\.bitPattern) == other.iterate.map(\.bitPattern)
      }
  }
}

extension JSON {
  /// All values that hold no others, with their paths.
  fileprivate func leaves(_ path: String = "") -> [(path: String, value: JSON)] {
    switch content {
    case .array(let items): items.enumerated().flatMap { $1.leaves("\(path)[\($0)]") }
    case .object(let members):
      members.flatMap { $0.value.leaves(path.isEmpty ? $0.name : path + "." + $0.name) }
    case .null, .flag, .number, .text: [(path, self)]
    }
  }
}
