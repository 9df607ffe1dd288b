import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions
@testable import Specimens

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
      (#"{"op": "dense", "weight": {"file": "w.txt"}}"#, "network.operators[0].weight.file"),
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

  @Test(
    "Edges are written out, or come from a file beside the session",
    arguments: ["[[0, 1], [1, 2]]", #"{"file": "e.csv"}"#, #"{"file": "bare.csv"}"#, #"{"file": "e.npy"}"#])
  func edges(source: String) throws {
    directory.write("u,v\n0,1\n1,2\n", to: "e.csv")
    directory.write("0,1\n1,2\n", to: "bare.csv")
    // Written by NumPy.
    let array =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAACAAAAAAAAAA=="
    directory.write(decodeBase64(array), to: "e.npy")
    let link = #"{"op": "propagate", "edges": "# + source + #", "normalization": "none", "selfLoops": false}"#
    directory.write(session(link, state: "[3, 1]"), to: "s.deq.json")
    let problem = try Problem.open(directory.file("s.deq.json")).problem
    #expect(problem.network.image(of: [1, 10, 100]) == [10, 101, 10])
  }

  @Test(
    "Edges that do not fit name the entry",
    arguments: [
      ("[[0, 1], [1, 3]]", "edges", "pairs of nodes from 0 to 2", "[1, 3] at entry 1"),
      ("[[0, 1], [1, 0]]", "edges", "every edge once", "[1, 0] at entry 1 and [0, 1] at 0"),
      (#"{"file": "e.csv"}"#, "edges", "pairs of nodes from 0 to 2", "[5, 1] at entry 2"),
      (
        #"{"file": "half.csv"}"#, "edges.file", "node numbers, which count from 0, in half.csv",
        "[0.5, 1.0] at entry 1"
      ),
      (#"{"file": "wide.csv"}"#, "edges.file", "two columns of node numbers in wide.csv", "shape [2, 3]"),
    ])
  func misfittingEdges(source: String, path: String, expected: String, found: String) {
    directory.write("u,v\n0,1\n1,2\n5,1\n", to: "e.csv")
    directory.write("u,v\n0,1\n0.5,1\n", to: "half.csv")
    directory.write("0,1,2\n0,1,2\n", to: "wide.csv")
    let error = error(session(#"{"op": "propagate", "edges": "# + source + "}", state: "[3, 1]"))
    #expect(error?.path == "network.operators[0]." + path)
    #expect(error?.place?.line == 1)
    #expect(error?.expected == expected)
    #expect(error?.found == found)
  }

  @Test("A convolution is generated as wide as its value, and resolved in a session")
  func convolution() throws {
    let link = #"{"op": "convolve", "kernel": {"ensemble": "gaussian", "seed": 7}, "padding": "circular"}"#
    directory.write(session(link, state: "[2, 3, 4]"), to: "s.deq.json")
    let network = try Problem.open(directory.file("s.deq.json")).problem.network
    let kernel = try EnsembleGenerator.generate(Ensemble(.gaussian, seed: 7), shape: Shape([2, 18])).values
    let image = network.image(of: [Double](repeating: 1, count: 24))
    for (channel, sum) in [kernel[..<18].reduce(0, +), kernel[18...].reduce(0, +)].enumerated() {
      for entry in image[12 * channel..<12 * (channel + 1)] { #expect(abs(entry - sum) <= 1e-14) }
    }
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
