import TestSupport
import Testing

@Suite("deq validate")
struct ValidateCommandTests {
  @Test("Good files say nothing and exit with 0")
  func good() {
    let result = Commands.shell("deq validate three.deq.json dense.deq.json", in: Commands.directory())
    #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
  }

  @Test("Every error of every file is a line with file, path, and place; exits with 65")
  func bad() {
    let directory = Commands.directory()
    directory.write(#"{"format": 1, "network": {"state": {"shape": [2]}, "operators": [{"op": "x"}]}}"#, to: "a.json")
    directory.write("{", to: "b.json")
    let result = Commands.shell("deq validate a.json three.deq.json b.json absent.json", in: directory)
    #expect(result.status == 65 && result.output.isEmpty)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("a.json: format: expected one of deq-session/1, found 1 (line 1, column 12)"))
    #expect(lines[1].hasPrefix("a.json: network.operators[0].op: expected one of dense, "))
    #expect(lines[2].hasPrefix("b.json: line 1, column 2: "))
    #expect(lines[3].hasPrefix("absent.json: cannot read"))
  }

  @Test("A file that cannot be read alone is 66; no file, or both, is 64")
  func codes() {
    #expect(Commands.shell("deq validate absent.json", in: Commands.directory()).status == 66)
    #expect(Commands.shell("deq validate", in: Commands.directory()).status == 64)
    #expect(Commands.shell("deq validate --schema three.deq.json", in: Commands.directory()).status == 64)
  }

  @Test("The schema is the shipped file")
  func schema() throws {
    let result = Commands.shell("deq validate --schema", in: Commands.directory())
    #expect(result.output == (try SessionText.read(ShippedProblem.folder + "/deq-session-1.schema.json")))
  }

  @Test(
    "Another implementation of JSON Schema finds the schema right, and every shipped session",
    .enabled(if: Python.has("jsonschema"), "python3 has no jsonschema"))
  func otherImplementation() {
    let directory = Commands.directory()
    directory.write(
      """
      import glob, json, sys
      from jsonschema import Draft202012Validator as Validator
      schema = json.load(open(sys.argv[1] + "/deq-session-1.schema.json"))
      Validator.check_schema(schema)
      files = glob.glob(sys.argv[1] + "/*.deq.json")
      assert len(files) > 10
      for file in files: Validator(schema).validate(json.load(open(file)))
      bad = {"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": [{"op": "scale"}]}}
      assert not Validator(schema).is_valid(bad)
      """, to: "check.py")
    let result = Commands.shell("python3 check.py \(ShippedProblem.folder)", in: directory)
    #expect(result.status == 0, "\(result.errors)")
  }
}
