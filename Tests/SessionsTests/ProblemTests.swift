import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions

@Suite("Problems")
struct ProblemTests {
  private let directory = TemporaryDirectory()

  private func error(_ text: String) -> SessionError? {
    directory.write(text, to: "s.deq.json")
    do throws(SessionError) {
      _ = try Problem.open(directory.file("s.deq.json"))
      return nil
    } catch {
      return error
    }
  }

  private func session(_ operators: String, rest: String = "", state: String = "[2]", input: String = "") -> String {
    #"{"format": "deq-session/1", "network": {"state": {"shape": "# + state + "}," + input
      + #" "operators": ["# + operators + "]}" + rest + "}"
  }

  @Test("A document becomes a map, a start, a method and a rule")
  func resolve() throws {
    let text = session(
      #"{"op": "dense", "weight": {"values": [[0, -2], [2, 0]]}}, {"op": "scale", "by": 0.5}"#,
      rest:
        #", "start": {"values": [3, 4]}, "solver": {"method": "damped", "factor": 0.25}, "stopping": {"maxSteps": 7}"#)
    directory.write(text, to: "s.deq.json")
    let problem = try Problem.open(directory.file("s.deq.json")).problem
    #expect(problem.network.image(of: problem.start) == [-4, 3])
    #expect(problem.stopping.maxSteps == 7)
    #expect(problem.solver.options.number("factor") == 0.25)
  }

  @Test("Tensors come from files beside the session")
  func files() throws {
    directory.write("1,2\n3,4\n", to: "w.csv")
    directory.write(session(#"{"op": "dense", "weight": {"file": "w.csv"}}"#), to: "s.deq.json")
    #expect(try Problem.open(directory.file("s.deq.json")).problem.network.image(of: [1, 1]) == [3, 7])
  }

  @Test(
    "What does not fit together names the field at fault",
    arguments: [
      (#"{"op": "dense", "weight": {"values": [[1, 2, 3]]}}"#, "network.operators[0].weight"),
      (#"{"op": "dense", "weight": {"values": [[1, 2]]}}"#, "network.operators"),
      (
        #"{"op": "scale", "by": 1}, {"op": "dense", "weight": {"ensemble": "symmetric", "seed": 1, "shape": [3, 2]}}"#,
        "network.operators[1].weight"
      ),
      (
        #"{"op": "dense", "weight": {"ensemble": "gaussian", "seed": 1, "gain": 0, "constraint": {"norm2": 1}}}"#,
        "network.operators[0].weight.constraint"
      ),
      (#"{"op": "dense", "weight": {"file": "w.txt"}}"#, "network.operators[0].weight.file"),
      (#"{"op": "dense", "weight": {"file": "w.npz"}}"#, "network.operators[0].weight.file"),
      (#"{"op": "dense", "weight": {"file": "bad.csv"}}"#, "network.operators[0].weight.file"),
      (#"{"op": "dense", "weight": {"dataset": "digits", "index": 3}}"#, "network.operators[0].weight.dataset"),
      (#"{"op": "inject", "weight": {"values": [[1], [2]]}}"#, "network.operators[0].weight"),
    ])
  func misfit(operators: String, path: String) {
    directory.write("1,x\n", to: "bad.csv")
    let error = error(session(operators))
    #expect(error?.kind == .content)
    #expect(error?.path == path)
    #expect(error?.place?.line == 1)
    #expect(error?.message.hasPrefix(directory.file("s.deq.json") + ": " + path + ": expected ") == true)
  }

  @Test("A network too large for any memory is refused before anything is made")
  func huge() {
    let dense = #"{"op": "dense", "weight": {"ensemble": "gaussian", "seed": 1}}"#
    #expect(error(session(dense, state: "[100000]"))?.path == "network.operators[0].weight")
    #expect(error(session(dense, state: "[4000000000]"))?.path == "network.state.shape[0]")
    let lowRank = #"{"op": "dense", "weight": {"ensemble": "low-rank", "seed": 1, "rank": 2000000000}}"#
    #expect(error(session(lowRank))?.path == "network.operators[0].weight.rank")
  }

  @Test("A missing tensor file cannot be read")
  func missing() {
    let error = error(session(#"{"op": "dense", "weight": {"file": "w.npy"}}"#))
    #expect(error?.kind == .unreadable)
    #expect(
      error?.message.hasPrefix(
        directory.file("s.deq.json")
          + ": network.operators[0].weight.file: cannot read w.npy: there is no such file or directory") == true)
  }

  @Test(
    "Input and start have the shapes that the network says",
    arguments: [
      ("", #", "input": {"values": [1]}"#, "input"), (#""input": {"shape": [3]},"#, "", "input"),
      (#""input": {"shape": [3]},"#, #", "input": {"values": [1]}"#, "input"),
      ("", #", "start": {"values": [1, 2, 3]}"#, "start"), ("", #", "start": {"fill": 1, "shape": [3]}"#, "start"),
    ])
  func shapes(input: String, rest: String, path: String) {
    #expect(error(session("", rest: rest, input: input))?.path == path)
  }

  @Test(
    "Every session of the independent oracles is read",
    .enabled(if: oracleDirectory != nil, "the oracles are not there"))
  func oracles() throws {
    let names = [
      "arctan-shift", "bistable-normalized", "bistable-signed", "ista", "mondeq", "normalized-p3", "perron-frobenius",
      "sigmoid-positive", "skip", "subdeq-nonnegative-normalized", "subdeq-normalized-tanh", "subdeq-power",
      "subdeq-tanh", "two-blocks",
    ]
    for name in names {
      let oracle = try JSONParser.parse(try FileSystem.read((oracleDirectory ?? "") + "/\(name).json"))
      guard let session = oracle["session"], let trace = oracle["expected"]?["picard_trace"] else { throw Unexpected() }
      let problem = try Problem(try SessionDocument(session), directory: ".")
      guard case .array(let rows) = trace.content else { throw Unexpected() }
      var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
      run.advance(to: rows.count)
      for (row, expected) in zip(run.trace, rows) {
        guard case .number(let residual)? = expected["residual_absolute"]?.content else { throw Unexpected() }
        #expect(abs(row.residualAbsolute - residual) <= 1e-12 * residual + 1e-15, "\(name), step \(row.step)")
      }
    }
  }
}

private let oracleDirectory: String? = {
  var directory = #filePath
  for _ in 0..<8 {
    directory = FileSystem.directory(of: directory)
    let path = directory + "/shared/oracles/fixed-points"
    if unsafe access(path, R_OK) == 0 { return path }
  }
  return nil
}()
