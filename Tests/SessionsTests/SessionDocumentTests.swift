import FixedPoint
import Testing

@testable import Sessions

@Suite("Session documents")
struct SessionDocumentTests {
  static let small = """
    {
      "format": "deq-session/1",
      "title": "Golden",
      "network": {
        "state": {"shape": [3]},
        "input": {"shape": [2]},
        "operators": [
          {"op": "dense", "weight": {"values": [[0.5, -0.3, 0.2], [0.1, 0.4, -0.6], [-0.2, 0.3, 0.5]]}},
          {"op": "inject", "weight": {"ensemble": "gaussian", "seed": 1, "gain": 0.5}, "bias": {"fill": 0.25}},
          {"op": "activation", "kind": "tanh", "shift": 1.2},
          {"op": "normalize", "norm": "inf"}
        ]
      },
      "input": {"values": [1, 2]},
      "solver": {"method": "damped", "factor": 0.5},
      "stopping": {"tolerance": 1e-8}
    }
    """

  private func read(_ text: String) throws(SessionError) -> SessionDocument {
    try SessionFile.parse(Array(text.utf8), file: "s.deq.json")
  }

  @Test("A session is read as it stands, with the defaults of the format")
  func read() throws {
    let document = try read(Self.small)
    #expect(document.title == "Golden")
    #expect(document.network.stateShape == Shape([3]))
    #expect(document.network.inputShape == Shape([2]))
    #expect(document.network.operators.map(\.name) == ["dense", "inject", "activation", "normalize"])
    #expect(document.network.operators[3].fields == [FieldSource("norm", .text("inf"))])
    #expect(
      document.network.operators[1].fields == [
        FieldSource("weight", .tensor(.ensemble(Ensemble(.gaussian, seed: 1, gain: 0.5), shape: nil))),
        FieldSource("bias", .tensor(.fill(0.25, shape: nil))),
      ])
    #expect(document.input == .values(Tensor(vector: [1, 2])))
    #expect(document.start == .fill(1, shape: nil))
    #expect(document.solver == SolverSource("damped", [FieldSource("factor", .number(0.5))]))
    #expect(document.stopping == StoppingRule(tolerance: 1e-8, measure: .residualRelative, maxSteps: 1000))
    #expect(document.recording == nil)
  }

  @Test("Only format and network are required")
  func minimal() throws {
    let document = try read(#"{"format":"deq-session/1","network":{"state":{"shape":[2]},"operators":[]}}"#)
    #expect(document.solver == SolverSource("picard"))
    #expect(document.stopping == StoppingRule())
  }

  @Test(
    "Whatever does not fit is one error with its path, line and column",
    arguments: [
      (#""title": "Golden""#, #""title": 3"#, "title", 3, 12),
      (#""format": "deq-session/1""#, #""format": "deq-session/2""#, "format", 2, 13),
      (#""title": "Golden""#, #""titel": "Golden""#, "titel", 3, 12),
      (#"{"shape": [3]}"#, #"{"shape": []}"#, "network.state.shape", 5, 24),
      (#"{"shape": [3]}"#, #"{"shape": [0]}"#, "network.state.shape[0]", 5, 25),
      (#"{"shape": [3]}"#, #"{"shape": [3000000000]}"#, "network.state.shape[0]", 5, 25),
      (#"{"shape": [3]}"#, #"{"shape": [2.5]}"#, "network.state.shape[0]", 5, 25),
      (#"{"shape": [3]}"#, #"{"size": [3]}"#, "network.state.shape", 5, 14),
      (#""op": "dense""#, #""op": "dens""#, "network.operators[0].op", 8, 14),
      (#""op": "dense", "#, "", "network.operators[0].op", 8, 7),
      (#""weight": {"values": [["#, #""wieght": {"values": [["#, "network.operators[0].weight", 8, 7),
      (#"0.2], [0.1"#, #"0.2, 1], [0.1"#, "network.operators[0].weight.values[1]", 8, 66),
      (#"[0.1, 0.4, -0.6]"#, #"[0.1, "0.4", -0.6]"#, "network.operators[0].weight.values[1][1]", 8, 69),
      (#"[0.1, 0.4, -0.6]"#, #"7"#, "network.operators[0].weight.values[1]", 8, 63),
      (#"{"values": [[0.5"#, #"{"valeus": [[0.5"#, "network.operators[0].weight", 8, 33),
      (#""kind": "tanh""#, #""kind": "tahn""#, "network.operators[2].kind", 10, 36),
      (#""shift": 1.2"#, #""shift": "1.2""#, "network.operators[2].shift", 10, 53),
      (#""shift": 1.2"#, #""shfit": 1.2"#, "network.operators[2].shfit", 10, 53),
      (#""norm": "inf""#, #""norm": 0.5"#, "network.operators[3].norm", 11, 35),
      (#""norm": "inf""#, #""norm": "max""#, "network.operators[3].norm", 11, 35),
      (#""ensemble": "gaussian""#, #""ensemble": "normal""#, "network.operators[1].weight.ensemble", 9, 47),
      (#""seed": 1, "#, "", "network.operators[1].weight.seed", 9, 34),
      (#""seed": 1"#, #""seed": -1"#, "network.operators[1].weight.seed", 9, 67),
      (#""gain": 0.5"#, #""density": 0.5"#, "network.operators[1].weight.density", 9, 81),
      (#""gain": 0.5"#, #""constraint": "positive""#, "network.operators[1].weight.constraint", 9, 84),
      (#""gain": 0.5"#, #""constraint": {"norm3": 1}"#, "network.operators[1].weight.constraint.norm3", 9, 94),
      (#"{"fill": 0.25}"#, #"{"fill": 0.25, "values": [1]}"#, "network.operators[1].bias.fill", 9, 101),
      (#"{"fill": 0.25}"#, #"{"dataset": "digits"}"#, "network.operators[1].bias.index", 9, 92),
      (#""method": "damped""#, #""method": "dumped""#, "solver.method", 15, 24),
      (#""factor": 0.5"#, #""window": 5"#, "solver.window", 15, 44),
      (#""tolerance": 1e-8"#, #""tolerance": -1"#, "stopping.tolerance", 16, 29),
      (#""tolerance": 1e-8"#, #""measure": "residual""#, "stopping.measure", 16, 27),
      (#""tolerance": 1e-8"#, #""maxSteps": 0"#, "stopping.maxSteps", 16, 28),
    ])
  func misfit(original: String, changed: String, path: String, line: Int, column: Int) throws {
    let text = try replacing(original, by: changed)
    do throws(SessionError) {
      _ = try read(text)
      Issue.record("accepted")
    } catch {
      #expect(error.kind == .content)
      #expect(error.path == path)
      #expect(error.place == SessionError.Place(line: line, column: column))
      #expect(error.message.hasPrefix("s.deq.json: \(path): expected "))
      #expect(!error.message.contains("\n"))
    }
  }

  @Test("What is not JSON is an error with line and column")
  func syntax() throws {
    for (original, changed, line, column) in [
      (#""shift": 1.2"#, #""shift": NaN"#, 10, 53), (#""shift": 1.2"#, #""shift": 1e999"#, 10, 53),
      (#""title": "Golden","#, #""title": "Golden""#, 4, 3), (#""title": "Golden","#, #""title": "Gölden" x,"#, 3, 21),
    ] {
      let text = try replacing(original, by: changed)
      do throws(SessionError) {
        _ = try read(text)
        Issue.record("accepted")
      } catch {
        #expect(error.kind == .syntax)
        #expect(error.message.hasPrefix("s.deq.json: line \(line), column \(column): expected "))
      }
    }
  }

  @Test("A session cut at any byte is one error")
  func truncated() {
    let bytes = Array(Self.small.utf8)
    for count in 0..<bytes.count - 1 {
      #expect(throws: SessionError.self) { try SessionFile.parse(Array(bytes.prefix(count))) }
    }
  }

  @Test("Three thousand damaged sessions give a problem or one error, never a crash")
  func damaged() {
    var random = RandomGenerator(seed: 5)
    let characters = Array("0123456789-.eE[]{},:\" aflnrstu\\\u{0}\u{FF}".utf8)
    for _ in 0..<3000 {
      var bytes = Array(Self.small.utf8)
      for _ in 0...random.next() % 3 {
        let position = Int(random.next() % UInt64(bytes.count))
        let byte = characters[Int(random.next() % UInt64(characters.count))]
        switch random.next() % 3 {
        case 0: bytes[position] = byte
        case 1: bytes.insert(byte, at: position)
        default: bytes.remove(at: position)
        }
      }
      do throws(SessionError) {
        _ = try Problem(try SessionFile.parse(bytes), directory: ".")
      } catch {
        #expect(!error.message.contains("\n"))
      }
    }
  }

  @Test("Three hundred random documents are written and read without loss")
  func roundTrip() throws {
    var random = RandomDocument(seed: 2)
    for _ in 0..<300 {
      let document = random.document()
      let text = SessionFile.text(of: document)
      let read = try SessionFile.parse(text)
      #expect(read == document)
      #expect(SessionFile.text(of: read) == text)
    }
  }

  @Test("A field is set by its path")
  func setting() throws {
    let document = try read(Self.small)
    let changed = try document.setting(path: "network.operators[1].weight.gain", to: 0.75)
      .setting(path: "network.operators[2].power", to: 0.5).setting(path: "network.operators[2].shift", to: .null)
      .setting(path: "solver", to: ["method": "picard"]).setting(
        path: "network.operators[0].weight.values[1][2]", to: 9)
    #expect(
      changed.network.operators[1].fields[0].value
        == .tensor(.ensemble(Ensemble(.gaussian, seed: 1, gain: 0.75), shape: nil)))
    #expect(
      changed.network.operators[2].fields == [FieldSource("kind", .text("tanh")), FieldSource("power", .number(0.5))])
    #expect(changed.solver == SolverSource("picard"))
    guard case .tensor(.values(let weight)) = changed.network.operators[0].fields[0].value else { throw Unexpected() }
    #expect(weight.values == [0.5, -0.3, 0.2, 0.1, 0.4, 9, -0.2, 0.3, 0.5])
  }

  @Test(
    "A path that leads nowhere, or a value that does not fit, is refused",
    arguments: [
      ("network.operators[9].shift", JSON(1)), ("network.operators[2].shfit", 1), ("netwerk", 1), ("", 1), ("a..b", 1),
      ("network.operators[2].shift.deep", 1), ("network.operators[-1]", 1), ("network.operators[2].shift", "x"),
      ("network", .null), ("recording", 1), ("network.operators[2].slope", .null),
    ] as [(String, JSON)])
  func settingRefused(path: String, value: JSON) throws {
    let document = try read(Self.small)
    #expect(throws: SessionError.self) { try document.setting(path: path, to: value) }
  }

  private func replacing(_ original: String, by changed: String) throws -> String {
    guard let range = Self.small.firstRange(of: original) else { throw Unexpected() }
    return Self.small.replacingSubrange(range, with: changed)
  }
}

extension String {
  func replacingSubrange(_ range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
