import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions

@Suite("A session saved in another folder")
struct RelocationTests {
  private let here = TemporaryDirectory()
  private let there = TemporaryDirectory()

  /// z = W z + b with W and b from files.
  private func document() throws -> SessionDocument {
    here.write(
      NumPyFile.write(Tensor(shape: Shape([2, 2]), values: [0.5, 0.1, 0, 0.25])), to: "w.npy")
    here.write("1\n2\n", to: "b.csv")
    return try SessionFile.parse(
      Array(
        """
        {"format": "deq-session/1", "network": {"state": {"shape": [2]}, "operators": [
          {"op": "dense", "weight": {"file": "./w.npy"}},
          {"op": "inject", "bias": {"file": "b.csv"}}
        ]}, "start": {"file": "b.csv"}}
        """.utf8))
  }

  @Test("Relative paths lead to the same files, and the recording still is of the session")
  func moves() throws {
    var experiment = try Experiment(try document(), directory: here.path)
    try experiment.perform(.step(3))
    try experiment.perform(.edit(path: "network.operators[1].bias", value: ["file": "b.csv"]))
    try experiment.perform(.edit(path: "network.operators[0].weight.file", value: "w.npy"))
    try experiment.perform(.start(.file(path: "b.csv", key: nil)))
    try experiment.perform(.step(5))
    let path = there.file("moved.deq.json")
    try SessionFile.write(experiment.saved, from: here.path, to: path)
    let moved = try SessionFile.read(path)
    #expect(moved != experiment.saved)
    let report = try Replay.verify(moved, directory: there.path)
    #expect(report.verdict == .identical)
    #expect(!report.isEdited)
    #expect(report.changedData.isEmpty, "\(report)")
  }

  @Test("In the same folder, by whatever name, nothing changes")
  func stays() throws {
    let document = try document()
    #expect(document.relocated(from: here.path, to: here.path + "/.") == document)
  }

  @Test("Ways up and down between folders")
  func ways() {
    for folder in ["a", "a/b", "c"] { unsafe mkdir(here.file(folder), 0o777) }
    defer { for folder in ["a/b", "a", "c"] { unsafe rmdir(here.file(folder)) } }
    let cases = [
      ("w.npy", "a", "a/b", "../w.npy"), ("w.npy", "a", "c", "../a/w.npy"), ("b/w.npy", "a", "a/b", "w.npy"),
      ("../w.npy", "a", "a/b", "../../w.npy"), ("../c/w.npy", "a", "c", "w.npy"), ("/w.npy", "a", "c", "/w.npy"),
    ]
    for (path, from, to, expected) in cases {
      var document = SessionDocument(network: NetworkSource(stateShape: Shape([1]), operators: []))
      document.start = .file(path: path, key: "k")
      let moved = document.relocated(from: here.file(from), to: here.file(to))
      #expect(moved.start == .file(path: expected, key: "k"), "\(path) from \(from) to \(to)")
    }
  }

  @Test("A tilde is the home directory, at the beginning alone")
  func home() {
    let home = unsafe getenv("HOME").map { unsafe String(cString: $0) } ?? ""
    #expect(expandingHome("~/x") == home + "/x")
    #expect(expandingHome("a~/x") == "a~/x" && expandingHome("~user/x") == "~user/x")
  }

  @Test("A changed file is named by a replay")
  func changedData() throws {
    let document = try document()
    let problem = try Problem(document, directory: here.path)
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    var recorded = document
    recorded.recording = Recording(of: run, in: document, data: problem.data)
    #expect(recorded.recording?.data.count == 3)
    let read = try SessionFile.parse(SessionFile.text(of: recorded))
    #expect(read == recorded)
    #expect(try Replay.verify(read, directory: here.path).verdict == .identical)
    here.write("1\n3\n", to: "b.csv")
    let report = try Replay.verify(read, directory: here.path)
    #expect(report.verdict == .different)
    #expect(Set(report.changedData.map(\.json.lineText)) == ["{\"file\": \"b.csv\"}"])
  }
}
