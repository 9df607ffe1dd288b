import Glibc
import TestSupport
import Testing

/// Every command meets every kind of bad file with one clear line and the right exit code.
@Suite(.serialized)
struct MalformedSessionTests {
  static func session(_ network: String, _ rest: String = "") -> String {
    "{\"format\": \"deq-session/1\", \"network\": \(network)\(rest)}"
  }

  static let fine = "{\"state\": {\"shape\": [2]}, \"operators\": [{\"op\": \"scale\", \"by\": 0.5}]}"

  /// Name, text, exit code, what the message must say.
  static let files: [(name: String, text: String, code: Int32, says: [String])] = [
    ("truncated", "{\"format\": \"deq-session/1\",\n \"network\": {\"sta", 65, ["line 2", "column"]),
    ("empty", "", 65, ["line 1"]),
    ("wrong-type", session(fine, ", \"title\": 7"), 65, ["title", "7"]),
    (
      "wrong-shape",
      session(
        """
        {"state": {"shape": [2]}, "operators": [{"op": "dense", "weight": {"values": [[1, 2, 3], [4, 5, 6]]}}]}
        """), 65, ["network.operators[0].weight"]
    ),
    ("unknown-field", session(fine, ", \"colour\": 1"), 65, ["colour"]),
    (
      "unknown-operator", session("{\"state\": {\"shape\": [2]}, \"operators\": [{\"op\": \"dens\"}]}"), 65,
      ["network.operators[0].op", "dense", "dens"]
    ),
    ("unknown-method", session(fine, ", \"solver\": {\"method\": \"pickard\"}"), 65, ["solver.method", "picard"]),
    ("nan", session(fine, ", \"start\": {\"fill\": NaN}"), 65, ["line 1", "column"]),
    ("too-large", session(fine, ", \"start\": {\"fill\": 1e999}"), 65, ["1e999"]),
    ("brackets", String(repeating: "[", count: 10_000_000), 65, ["line 1"]),
    ("another-format", "{\"format\": \"deq-session/9\"}", 65, ["format", "deq-session/1"]),
    ("missing-tensor", session(fine, ", \"start\": {\"file\": \"nowhere.npy\"}"), 66, ["nowhere.npy"]),
  ]

  @Test(arguments: files.indices)
  func runSaysWhatIsWrong(_ index: Int) {
    let (name, text, code, says) = Self.files[index]
    let directory = TemporaryDirectory()
    directory.write(text, to: "bad.deq.json")
    let commands = ["run bad.deq.json", "run bad.deq.json --json", "replay bad.deq.json --verify",
      "export bad.deq.json --csv out.csv", "explore bad.deq.json", "replay bad.deq.json",
    ]
    for command in commands where !(command.hasPrefix("replay bad") && name == "missing-tensor") {
      let result = Commands.shell("deq \(command)", in: directory)
      #expect(result.status == code, "\(name): \(command): \(result.errors.prefix(300))")
      #expect(result.output.isEmpty, "\(name): \(command)")
      #expect(result.errors.hasSuffix("\n") && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
      #expect(result.errors.utf8.count < 500, "\(name)")
      for word in says { #expect(result.errors.contains(word), "\(name): \(result.errors)") }
      if code == 65 { #expect(result.errors.hasPrefix("bad.deq.json: "), "\(result.errors)") }
    }
    #expect(!directory.names.contains("out.csv"))
  }

  @Test(arguments: ["run nowhere.deq.json", "run .", "explore nowhere.deq.json", "replay . --verify",
    "export nowhere.deq.json --csv out.csv"])
  func aFileThatCannotBeReadIs66(_ command: String) {
    let result = Commands.shell("deq \(command)", in: Commands.directory())
    #expect(result.status == 66)
    #expect(result.errors.contains("cannot read"))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func aFileWithoutPermissionIs66() {
    let result = Commands.shell("chmod 0 three.deq.json; deq run three.deq.json", in: Commands.directory())
    #expect(result.status == 66)
    #expect(result.errors.contains("permission denied"))
  }

  @Test(arguments: ["run three.deq.json --trace nowhere/out.csv", "export three.deq.json --csv nowhere/out.csv",
    "run three.deq.json --json > /dev/full", "run three.deq.json > /dev/full"])
  func whatCannotBeWrittenIs73(_ command: String) {
    let result = Commands.shell("deq \(command)", in: Commands.directory())
    #expect(result.status == 73)
    #expect(result.errors.contains("cannot write"))
    #expect(result.errors.split(separator: "\n").count == 1)
  }
}
