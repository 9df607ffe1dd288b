import FixedPoint
import Glibc
import Sessions
import TestSupport
import Testing

/// One run, every export; verdicts as exit codes.
@Suite("Recordings on the command line")
struct RecordingCommandTests {
  private static let hasNumPy = Python.has("numpy")

  private func directory(_ name: String) throws -> TemporaryDirectory {
    let directory = TemporaryDirectory()
    directory.write(try SessionText.read(CaseFile.path("recording", name + ".deq.json")), to: "s.deq.json")
    return directory
  }

  @Test(
    "Verdicts are exit codes, and say what differs",
    arguments: [
      ("mixed", 0, "identical", "the last run only: 6 runs"), ("no-checks", 1, "nothing to compare", ""),
      ("title-undo-redo", 1, "nothing to compare", ""),
      ("session-digest-ignored", 1, "different", "session was edited"),
      ("check-state-ignored", 1, "different", "not the one of its digest"),
      ("different-says-nothing", 1, "different", "7 steps, recorded 6"),
      ("hand-edited", 1, "different", "stopping.tolerance"), ("shift-title-undo-title", 0, "identical", ""),
      ("equivalent-other-fixed-point", 1, "different: first at step 1", ""),
    ])
  func verdicts(_ name: String, _ status: Int32, _ verdict: String, _ what: String) throws {
    let result = Commands.shell("deq replay s.deq.json --verify", in: try directory(name))
    #expect(result.status == status, "\(result.errors)")
    // On another machine what is identical here is equivalent.
    #expect(result.output.hasPrefix(verdict) || verdict == "identical" && result.output.hasPrefix("equivalent"))
    #expect(what.isEmpty || result.output.contains(what), "\(result.output)")
  }

  @Test("A step that does not fit is 65, with its path")
  func misplaced() throws {
    let directory = Commands.directory()
    let line =
      "deq run three.deq.json --record r.deq.json && sed -i 's/\"step\": 0, \"action\"/\"step\": 7, \"action\"/' r.deq.json"
      + "; deq replay r.deq.json --verify"
    let result = Commands.shell(line, in: directory)
    #expect(result.status == 65 && result.errors.contains("recording.actions[0].step"), "\(result.errors)")
  }

  @Test("Every export is of the run that was recorded")
  func oneRun() throws {
    let directory = try directory("python-of-beginning")
    let result = Commands.shell("deq export s.deq.json --csv a.csv --state --python b.py --npz c.npz", in: directory)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(try SessionText.read(directory.file("b.py")).contains("[0.25, -0.3, 0.2]"))
    let tensors = Commands.shell(
      "python3 -c 'import numpy; print(numpy.load(\"c.npz\")[\"operators.0.weight\"][0][0])'", in: directory)
    if Self.hasNumPy { #expect(tensors.output == "0.25\n") }
  }

  @Test("05: the script finds the point where the recorded run ended", .enabled(if: hasNumPy, "python3 has no numpy"))
  func threeFixedPoints() throws {
    let directory = TemporaryDirectory()
    let file = ShippedProblem.folder + "/05-three-fixed-points.deq.json"
    let result = Commands.shell("deq export \(file) --python b.py && python3 b.py", in: directory)
    #expect(result.status == 0 && result.output.contains("2.1575"), "\(result.output)")
  }

  @Test("A file edited by hand is exported as it says, and that is said")
  func handEdited() throws {
    let directory = try directory("hand-edited-export")
    let result = Commands.shell(
      "deq export s.deq.json --csv a.csv --python b.py && deq run s.deq.json --trace r.csv && cmp a.csv r.csv",
      in: directory)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("what is exported is a run of what the file says"), "\(result.errors)")
    #expect(try SessionText.read(directory.file("b.py")).contains("[-0.5, -0.3, 0.2]"))
  }

  @Test("A session recorded anew elsewhere finds its tensors")
  func elsewhere() throws {
    let directory = TemporaryDirectory()
    let source = CaseFile.path("recording", "record-elsewhere")
    let line =
      "cp -r \(source) here && mkdir there && deq replay here/fil.deq.json --record there/b.deq.json"
      + " && deq replay there/b.deq.json --verify; rc=$?; rm -r here there; exit $rc"
    let result = Commands.shell(line, in: directory)
    #expect(result.status == 0 && result.output.hasPrefix("identical"), "\(result.output) \(result.errors)")
  }

  @Test("Written through a link into another folder, the tensors are found through the link and without it")
  func linked() throws {
    let directory = TemporaryDirectory()
    let source = CaseFile.path("recording", "record-elsewhere")
    let line =
      "cp -r \(source) here && mkdir a b && echo {} > b/real.deq.json && ln -s ../b/real.deq.json a/link.deq.json"
      + " && deq replay here/fil.deq.json --record a/link.deq.json && deq replay a/link.deq.json --verify"
      + " && deq replay b/real.deq.json --verify; rc=$?; rm -r here a b; exit $rc"
    let result = Commands.shell(line, in: directory)
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    #expect(result.lines.count { $0.hasPrefix("identical") } == 2)
  }

  @Test("Names as long as the system allows can be written")
  func longNames() {
    let name = String(repeating: "n", count: 255 - 9) + ".deq.json"
    let line = "deq run three.deq.json --record \(name) && deq replay \(name) --verify; rc=$?; rm -f \(name); exit $rc"
    let result = Commands.shell(line, in: Commands.directory())
    #expect(result.status == 0 && result.output.contains("identical"), "\(result.errors)")
  }

  @Test("The method of every step is a column on request")
  func methods() throws {
    let directory = try directory("branch-method")
    #expect(Commands.shell("deq export s.deq.json --csv a.csv --method", in: directory).status == 0)
    let rows = try SessionText.read(directory.file("a.csv")).split(separator: "\r\n")
    #expect(rows[0].hasSuffix("ratio_hilbert,method"))
    let methods = rows.dropFirst().map { $0.split(separator: ",").last ?? "" }
    #expect(methods == ["picard", "picard", "picard", "averaged", "averaged", "averaged"])
  }

  @Test(
    "Without a fixed point the script says so: no NaN in its JSON, and 1",
    .enabled(if: hasNumPy, "python3 has no numpy"))
  func noFixedPoint() {
    let directory = Commands.directory()
    directory.write(
      """
      {"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": [
        {"op": "activation", "kind": "exp"}, {"op": "activation", "kind": "exp"}]}, "start": {"fill": 1e300}}
      """, to: "d.deq.json")
    let result = Commands.shell(
      "deq export d.deq.json --python d.py; python3 d.py > d.json; echo $?; "
        + "python3 -c 'import json; print(json.load(open(\"d.json\"), parse_constant=int))'", in: directory)
    #expect(result.lines.first == "1" && result.errors.contains("no fixed point"), "\(result.output) \(result.errors)")
    #expect(result.output.contains("'fixedPoint': None"), "\(result.output)")
  }

  @Test("Notes are in the picture and in the replay for the web")
  func notes() throws {
    let directory = try directory("note-lost")
    #expect(Commands.shell("deq export s.deq.json --svg a.svg --cast a.cast", in: directory).status == 0)
    #expect(try SessionText.read(directory.file("a.svg")).contains("step 2: look"))
    #expect(try SessionText.read(directory.file("a.cast")).contains("\"m\", \"step 2: look\""))
  }

  /// Keys that work on a session, typed into the real program.
  private static let words = [
    " ", "  ", "L", "H", "^", "b", "u", "\u{12}", "G", "R", "Nlook\r", "E\u{15}title=\"B\"\r",
    "E\u{15}start={\"fill\":-0.0}\r", "E\u{15}stopping.tolerance=1e-6\r", "E\u{15}solver={\"method\":\"anderson\"}\r",
    "2jjjl3", "2a\rGu3", "t\u{15}1e-7\r", "y",
  ]

  /// By command: how far a key has come on a busy machine is not yet waited for everywhere.
  @Test(
    "Twenty random sessions at the terminal are saved, verified, and opened without a change",
    .enabled(if: unsafe getenv("DEQ_TERMINAL_SEQUENCES") != nil, "DEQ_TERMINAL_SEQUENCES is not set"),
    arguments: 0..<20)
  func terminal(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed) + 50)
    let directory = Commands.directory()
    let home = TemporaryDirectory()
    let environment = ["HOME": home.path, "DEQ_SESSIONS": directory.path]
    let file = directory.file("three.deq.json")
    let program = try PseudoTerminal(
      Commands.binary, ["explore", file], environment: environment, width: 110, height: 36)
    try program.wait(for: "tasks=0 ", seconds: 60)
    for _ in 0..<20 + generator.next() % 40 {
      program.type(Self.words[Int(generator.next() % UInt64(Self.words.count))])
      usleep(15_000)
    }
    usleep(500_000)
    program.type("\u{1B}")
    usleep(1_500_000)
    let before = program.received.count
    program.type("s")
    try program.wait(for: "saved", from: before, seconds: 60)
    program.type("q")
    #expect(try program.end(seconds: 60) == 0)
    let saved = try SessionText.read(file)
    let verdict = Commands.shell("deq validate three.deq.json && deq replay three.deq.json --verify", in: directory)
    let isEmpty = verdict.output.contains("nothing to compare")
    #expect(verdict.status == (isEmpty ? 1 : 0), "\(verdict.output) \(verdict.errors)")
    let again = try PseudoTerminal(
      Commands.binary, ["explore", file], environment: environment, width: 110, height: 36)
    try again.wait(for: "tasks=0 ", seconds: 60)
    again.type("s")
    try again.wait(for: "nothing has changed", seconds: 60)
    again.type("q")
    #expect(try again.end(seconds: 60) == 0)
    #expect(try SessionText.read(file) == saved)
  }
}
