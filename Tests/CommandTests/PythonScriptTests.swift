import FixedPoint
import Sessions
import TestSupport
import Testing

/// The map of a script and the map of the program, at the same points.
@Suite("Python scripts", .enabled(if: Python.has("numpy"), "python3 has no numpy"))
struct PythonScriptTests {
  /// Sessions that have every operator, activation, normalisation and injection between them.
  private static let sessions: [String] =
    ActivationKind.allCases.map { kind in
      let start = [.sqrt, .log1p].contains(kind) ? "[0.5, 2, 0, 1.5]" : "[0.5, -2, 0, 1.5]"
      return session(
        "[4]", #"{"op": "activation", "kind": "\#(kind.rawValue)", "shift": 3, "power": 1.7}"#, start: start)
    } + [
      session("[4]", #"{"op": "activation", "kind": "leaky-relu", "slope": 0.3}"#),
      session("[4]", #"{"op": "activation", "kind": "softshrink", "threshold": 0.7}"#),
      session("[4]", #"{"op": "normalize", "norm": 3}, {"op": "skip", "scale": 0.1}, {"op": "scale", "by": -2}"#),
      session("[4]", #"{"op": "monotone", "m": 0.2, "A": \#(tensor(1)), "B": \#(tensor(2))}"#),
      session(
        "[2, 2]", #"{"op": "dense", "weight": \#(tensor(3))}, {"op": "normalize", "norm": 1, "axis": "node"}"#,
        start: "[[0.5, -2], [0, 1.5]]"),
      session("[1, 2, 2]", #"{"op": "normalize", "norm": "inf", "axis": "channel"}"#, start: "[[[0.5, -2], [0, 1.5]]]"),
      session(
        "[4, 1]", #"{"op": "propagate", "edges": [[0, 1], [1, 2]], "scale": 0.5}"#, start: "[[1], [2], [3], [4]]"),
      session(
        "[4, 1]", #"{"op": "propagate", "edges": [[0, 1], [2, 2]], "normalization": "row", "selfLoops": false}"#,
        start: "[[1], [2], [3], [4]]"),
      session(
        "[4, 1]", #"{"op": "propagate", "edges": [[0, 3]], "normalization": "none"}"#,
        start: "[[1], [2], [3], [4]]"),
    ]
    + ["zero", "circular"].map { padding in
      session(
        "[2, 3, 4]", #"{"op": "convolve", "kernel": {"ensemble": "gaussian", "seed": 4}, "padding": "\#(padding)"}"#,
        start: nil)
    } + [
      session("[4]", #"{"op": "inject"}"#, input: "[4]"),
      session("[4]", #"{"op": "inject", "bias": {"values": [1, 2, 3, -4]}, "scale": 0.3, "activation": "gelu"}"#),
      session("[4]", #"{"op": "inject", "activation": "sigmoid"}"#),
      session("[4]", #"{"op": "inject", "weight": \#(tensor(5)), "activation": "silu"}"#, input: "[3]"),
      session(
        "[2, 2]", #"{"op": "inject", "weight": \#(tensor(6)), "bias": {"fill": 1}}"#, start: nil, input: "[2, 3]"),
      session("[2, 2]", #"{"op": "inject", "weight": \#(tensor(7, "[4, 6]"))}"#, start: nil, input: "[2, 3]"),
      session(
        "[2, 3, 4]", #"{"op": "inject", "weight": \#(tensor(7, "[2, 1, 3, 1]")), "activation": "tanh"}"#, start: nil,
        input: "[1, 3, 4]"),
    ]

  private static func tensor(_ seed: Int, _ shape: String? = nil) -> String {
    #"{"ensemble": "gaussian", "seed": \#(seed)\#(shape.map { #", "shape": \#($0)"# } ?? "")}"#
  }

  private static func session(
    _ shape: String, _ operators: String, start: String? = "[0.5, -2, 0, 1.5]", input: String? = nil
  ) -> String {
    let network = #""state": {"shape": \#(shape)}\#(input.map { #", "input": {"shape": \#($0)}"# } ?? "")"#
    let source = input.map { _ in #", "input": {"ensemble": "gaussian", "seed": 9}"# } ?? ""
    let begin = start.map { #"{"values": \#($0)}"# } ?? #"{"ensemble": "gaussian", "seed": 8}"#
    return #"""
      {"format": "deq-session/1", "title": "\u2028 \" ''' \\ \n", "network": {\#(network),
       "operators": [\#(operators)]}\#(source), "start": \#(begin)}
      """#
  }

  /// One script and what its f must give at some points.
  private struct Claim {
    let document: SessionDocument
    let network: Network
    let points: [[Double]]

    var json: JSON { JSON(points.map { ["point": JSON($0), "image": JSON(network.image(of: $0))] }) }
  }

  @Test("f is the same map, for every operator and activation")
  func maps() throws {
    try compare(
      Self.sessions.map { text in
        let document = try SessionFile.parse(Array(text.utf8))
        let problem = try Problem(document, directory: ".")
        return Claim(document: document, network: problem.network, points: [problem.start])
      })
  }

  @Test("f is the same map at several points of every shipped session, whether it converges or not")
  func shipped() throws {
    var random = SeededGenerator(seed: 31)
    try compare(
      ShippedProblem.all.map { shipped in
        let document = try SessionFile.read("\(ShippedProblem.folder)/\(shipped.name).deq.json")
        let others = (0..<3).map { _ in random.vector(shipped.start.count, in: 0.1...2) }
        return Claim(document: document, network: shipped.network, points: [shipped.start] + others)
      })
  }

  private func compare(_ claims: [Claim]) throws {
    let directory = TemporaryDirectory()
    for (index, claim) in claims.enumerated() {
      try PythonScript.write(claim.document, directory: ShippedProblem.folder, to: directory.file("s\(index).py"))
    }
    directory.write(JSON(claims.map(\.json)).text, to: "claims.json")
    directory.write(Self.comparison, to: "compare.py")
    let result = Commands.shell("python3 compare.py", in: directory)
    #expect(result.status == 0 && result.output == "\(claims.count)\n", "\(result.errors)")
  }

  /// Agreement of f within a few units in the last place of its largest entry.
  private static let comparison = """
    import importlib, json
    import numpy as np
    claims = json.load(open("claims.json"))
    for index, claim in enumerate(claims):
        script = importlib.import_module(f"s{index}")
        for pair in claim:
            point = np.array(pair["point"], dtype=float).reshape(script.START.shape)
            with np.errstate(all="ignore"):
                found = script.f(point).ravel()
            wanted = np.array([np.nan if value is None else value for value in pair["image"]])
            size = max(np.nanmax(np.abs(wanted)), 1)
            same = np.abs(found - wanted) <= 2e-14 * size
            assert np.all(same | (np.isnan(found) & np.isnan(wanted))), (index, found, wanted)
    print(len(claims))
    """

  /// cos's fixed point, 0.7390851332151607 (Dottie's number), as sin(z + π/2).
  @Test("A fixed point known from elsewhere is found")
  func dottie() throws {
    let directory = TemporaryDirectory()
    let text = #"""
      {"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": [
        {"op": "inject", "bias": {"fill": 1.5707963267948966}}, {"op": "activation", "kind": "sin"}]}}
      """#
    let document = try SessionFile.parse(Array(text.utf8))
    try PythonScript.write(document, directory: ".", to: directory.file("s.py"))
    let result = Commands.shell("python3 s.py", in: directory)
    let json = try JSON(parsing: result.output)
    guard case .array(let entries)? = json["fixedPoint"]?.content, case .number(let root)? = entries.first?.content
    else { throw SessionError(expected: "a fixed point", found: result.output) }
    #expect(abs(root - 0.7390851332151607) < 1e-15)
  }

  @Test("Where there is no fixed point, none is printed")
  func none() throws {
    let directory = TemporaryDirectory()
    let text = #"""
      {"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": [{"op": "inject", "bias": {"fill": 1}}]}}
      """#
    try PythonScript.write(try SessionFile.parse(Array(text.utf8)), directory: ".", to: directory.file("s.py"))
    let result = Commands.shell("python3 s.py", in: directory)
    #expect(result.status == 1 && !result.errors.isEmpty)
    #expect(try JSON(parsing: result.output)["fixedPoint"] == .null)
  }
}
