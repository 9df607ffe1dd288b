import TestSupport
import Testing

/// `deq import`, `deq datasets` and the tensors of `deq export`, as a shell uses them.
@Suite(.serialized)
struct ImportCommandTests {
  private static let weights = "{\"values\": [[0.5, -0.25], [0.125, 0.5]]}"

  private static func session(_ weight: String) -> String {
    """
    {"format": "deq-session/1", "network": {"state": {"shape": [2]}, "operators": [
      {"op": "dense", "weight": \(weight)}, {"op": "inject", "bias": {"values": [1, 2]}}]}}
    """
  }

  @Test(arguments: ["npz", "safetensors"])
  func whatIsExportedIsImported(_ ending: String) {
    let directory = TemporaryDirectory()
    directory.write(Self.session(Self.weights), to: "f.deq.json")
    let line = """
      deq export f.deq.json --\(ending) w.\(ending) && deq import w.\(ending) -o g.deq.json \
      --map operators.0.weight=W --map operators.1.bias=b --activation identity && \
      deq run f.deq.json --json > f.json && deq run g.deq.json --json > g.json && cmp f.json g.json
      """
    let result = Commands.shell(line, in: directory)
    #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
    #expect(result.errors.contains("W is operators.0.weight [2, 2], float64, as it is"))
  }

  @Test func anUndecidedImportListsTheArrays() {
    let directory = TemporaryDirectory()
    directory.write(Self.session(Self.weights), to: "f.deq.json")
    let line = "deq export f.deq.json --npz w.npz; deq import w.npz --list; deq import w.npz -o g.deq.json"
    let result = Commands.shell(line, in: directory)
    #expect(result.status == 65)
    #expect(result.output == "operators.0.weight  float64   [2, 2]\noperators.1.bias    float64   [2]\n")
    #expect(result.errors.contains("lin0.weight, lin1.weight") && result.errors.contains("operators.1.bias"))
    #expect(!directory.names.contains("g.deq.json"))
  }

  @Test(arguments: [
    ("import nothing.npz -o g.deq.json", 66, "cannot read"), ("import f.deq.json -o g.deq.json", 65, ".safetensors"),
    ("import w.npz", 64, "--output or --list"), ("import w.npz --list --map x=Q", 64, "key=role"),
    ("import w.npz --list --map a=W --map b=W", 64, "each role once"), ("export f.deq.json", 64, "--npz"),
    ("export f.deq.json --npz w.txt", 64, ".npz"), ("export f.deq.json --npz nowhere/w.npz", 73, "cannot write"),
    ("datasets --data nowhere", 64, "a folder"),
  ])
  func mistakesAreSaid(_ command: String, status: Int32, says: String) {
    let directory = TemporaryDirectory()
    directory.write(Self.session(Self.weights), to: "f.deq.json")
    let result = Commands.shell("deq \(command)", in: directory)
    #expect(result.status == status && result.errors.contains(says), "\(command): \(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func aForeignFileBesideTheSessionIsKept() {
    let directory = TemporaryDirectory()
    directory.write(Self.session("{\"ensemble\": \"gaussian\", \"seed\": 1, \"shape\": [2, 2]}"), to: "f.deq.json")
    directory.write(
      """
      {"format": "deq-session/1", "network": {"state": {"shape": [80]}, "operators": [
        {"op": "dense", "weight": {"ensemble": "gaussian", "seed": 1, "gain": 0.5}}]}}
      """, to: "big.deq.json")
    directory.write("mine", to: "g.deq.safetensors")
    let line = "deq export big.deq.json --npz w.npz; deq import w.npz -o g.deq.json --map operators.0.weight=W"
    let result = Commands.shell(line, in: directory)
    #expect(result.status == 73 && result.errors.contains("another file is there"), "\(result.errors)")
    #expect((try? SessionText.read(directory.file("g.deq.safetensors"))) == "mine")
    let again = Commands.shell("rm g.deq.safetensors; \(line) && deq run g.deq.json --json", in: directory)
    #expect(again.errors.contains("large tensors are in g.deq.safetensors"), "\(again.errors)")
    #expect(again.output.contains("\"outcome\""))
  }

  @Test func builtInDataAreListedAndUsed() {
    let directory = TemporaryDirectory()
    let list = Commands.shell("deq datasets --data .", in: directory)
    for name in ["drawn-digits", "karate-club", "spirals", "two-moons"] { #expect(list.output.contains(name)) }
    #expect(list.status == 0)
    let documents = Commands.shell("deq datasets --data . --json", in: directory)
    #expect(documents.output.contains("\"samples\": 1500"))
    directory.write("x,label\nno,1\n", to: "bad.csv")
    let bad = Commands.shell("deq datasets --data .", in: directory)
    #expect(
      bad.status == 65 && bad.errors.contains("./bad.csv: row 2: expected a finite number for x"), "\(bad.errors)")
    #expect(bad.output.contains("two-moons"))
  }

  /// A session of a sample is recorded with the sample's digest; other data of that name show in the replay.
  @Test func aChangedDataSetIsNamedByTheReplay() {
    let directory = TemporaryDirectory()
    directory.write("x,y,label\n1,2,0\n3,4,1\n", to: "points.csv")
    directory.write(
      """
      {"format": "deq-session/1", "network": {"state": {"shape": [2]}, "input": {"shape": [2]}, "operators": [
        {"op": "scale", "by": 0.5}, {"op": "inject"}]}, "input": {"dataset": "points", "index": 1}}
      """, to: "f.deq.json")
    let run = Commands.shell(
      "export DEQ_DATA=.; deq run f.deq.json --record r.deq.json && deq replay r.deq.json --verify", in: directory)
    #expect(run.status == 0 && run.output.contains("identical"), "\(run.errors)")
    for command in [
      "replay r.deq.json --verify", "replay r.deq.json --record again.deq.json", "export r.deq.json --csv r.csv",
      "export r.deq.json --python r.py --npz r.npz", "validate r.deq.json", "run r.deq.json", "certify r.deq.json",
    ] {
      #expect(Commands.shell("deq \(command)", in: directory).status != 0, "\(command)")
      let found = Commands.shell("deq \(command) --data .", in: directory)
      #expect(found.status == 0, "\(command): \(found.errors)")
      #expect(Commands.shell("deq \(command) --data nowhere", in: directory).status == 64, "\(command)")
    }
    directory.write("x,y,label\n1,2,0\n3,5,1\n", to: "points.csv")
    let changed = Commands.shell("DEQ_DATA=. deq replay r.deq.json --verify", in: directory)
    #expect(changed.status == 1)
    #expect(changed.output.contains("{\"dataset\": \"points\", \"index\": 1} has other numbers"), "\(changed.output)")
  }
}
