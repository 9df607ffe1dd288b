import FixedPoint
import Sessions
import TestSupport
import Testing

@Suite("deq export")
struct ExportCommandTests {
  private static let hasNumPy = Python.has("numpy")
  private static let hasPyte = Python.has("pyte")
  private static let hasPandas = Python.has("pandas")

  @Test("Each file appears where it was asked for, several at once, and nothing on standard output")
  func files() throws {
    let directory = Commands.directory()
    let result = Commands.shell(
      "deq export three.deq.json --csv t.csv --state --svg p.svg --plot residual phase --cast r.cast --size 80x24 "
        + "--python c.py", in: directory)
    #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
    #expect(try SessionText.read(directory.file("t.csv")).hasPrefix("step,evaluations,"))
    #expect(try SessionText.read(directory.file("p.svg")).contains("phase portrait"))
    #expect(try SessionText.read(directory.file("r.cast")).hasPrefix("{\"version\": 2, \"width\": 80, \"height\": 24"))
    #expect(try SessionText.read(directory.file("c.py")).hasPrefix("#!/usr/bin/env python3\n"))
  }

  @Test("Twice the same bytes")
  func deterministic() throws {
    let directory = Commands.directory()
    let all = "--plot residual contraction heat-map spectrum phase"
    for name in ["a", "b"] {
      let line =
        "deq export three.deq.json --svg \(name).svg \(all) --cast \(name).cast --python \(name).py --csv \(name).csv"
      #expect(Commands.shell(line, in: directory).status == 0)
    }
    #expect(Commands.shell("for e in svg cast py csv; do cmp a.$e b.$e || exit 1; done", in: directory).status == 0)
  }

  @Test("A recorded session is exported as it was recorded")
  func recorded() throws {
    let directory = Commands.directory()
    let line =
      "deq run three.deq.json --solver anderson --record r.deq.json --trace a.csv --states && "
      + "deq export r.deq.json --csv b.csv --state && cmp a.csv b.csv"
    #expect(Commands.shell(line, in: directory).status == 0)
  }

  @Test("Seconds rise from step to step")
  func seconds() throws {
    let directory = Commands.directory()
    #expect(Commands.shell("deq export dense.deq.json --csv t.csv --seconds", in: directory).status == 0)
    let lines = try SessionText.read(directory.file("t.csv")).split(separator: "\r\n")
    #expect(lines[0].hasSuffix(",seconds"))
    let times = lines.dropFirst().compactMap { $0.split(separator: ",").last.flatMap { Double($0) } }
    #expect(times.count == lines.count - 1 && times.count > 10)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 } && times.allSatisfy { $0 > 0 })
  }

  @Test(
    "What does not fit is a usage error that says what is expected",
    arguments: [
      ("", "--csv, --svg, --cast, --python, --npz or --safetensors"), ("--seconds", "--seconds: --csv is expected"),
      ("--csv t.csv --plot residual", "--plot: --svg is expected"), ("--csv t.csv --speed 2", "--speed: --cast"),
      ("--cast r.cast --speed 0", "--speed: a number from 0.01"), ("--cast r.cast --size 10x10", "--size"),
      ("--cast r.cast --size 120", "--size"), ("--svg p.svg --plot pie", "--plot"),
      ("--svg p.svg --theme pink", "--theme"),
    ])
  func usage(options: String, message: String) {
    let result = Commands.shell("deq export three.deq.json \(options)", in: Commands.directory())
    #expect(result.status == 64)
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test("A plot that the run does not have is said, and no file written")
  func missingPlot() {
    let directory = Commands.directory()
    let result = Commands.shell("deq export cycle.deq.json --svg p.svg --plot residual spectrum", in: directory)
    #expect(result.status == 1)
    #expect(
      result.errors
        == "cycle.deq.json: --plot spectrum: expected a run that converged, found one that ended as cycle of 2\n")
    #expect(!directory.names.contains("p.svg"))
  }

  @Test("A file that cannot be written is 73, and what was there stays")
  func unwritable() {
    for option in ["--csv", "--svg", "--cast", "--python"] {
      let result = Commands.shell("deq export three.deq.json \(option) no/such/file", in: Commands.directory())
      #expect(result.status == 73, "\(option)")
    }
  }

  // MARK: - Other programs

  @Test("A terminal emulator shows the last step of the recording", .enabled(if: hasPyte, "python3 has no pyte"))
  func emulator() throws {
    let directory = Commands.directory()
    directory.write(
      """
      import json, pyte
      lines = open("r.cast").read().splitlines()
      header = json.loads(lines[0])
      screen = pyte.Screen(header["width"], header["height"])
      stream = pyte.Stream(screen)
      for line in lines[1:]:
          stream.feed(json.loads(line)[2])
      print("\\n".join(screen.display))
      """, to: "play.py")
    let line = "deq export three.deq.json --cast r.cast --size 100x30 && python3 play.py"
    let result = Commands.shell(line, in: directory)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.count == 30)
    #expect(result.lines[0].hasPrefix(" deq   1 Open"))
    #expect(result.lines[1].hasPrefix(" Three units"))
    #expect(result.lines[1].contains("converged"))
    #expect(result.output.contains("╭─ residual ─"))
  }

  @Test("pandas reads numbers and empty cells", .enabled(if: hasPandas, "python3 has no pandas"))
  func pandas() {
    let directory = Commands.directory()
    directory.write(
      """
      import pandas
      table = pandas.read_csv("t.csv")
      assert list(table.columns[:3]) == ["step", "evaluations", "residual_relative"], table.columns
      assert str(table.dtypes["step"]) == "int64" and str(table.dtypes["evaluations"]) == "int64"
      assert all(str(kind) == "float64" for kind in table.dtypes[2:]), table.dtypes
      assert table["thompson"].isna().all() and table["z_2"].notna().all() and len(table) > 10
      assert table["ratio_sup"].isna().sum() == 1
      """, to: "read.py")
    let line = "deq export three.deq.json --csv t.csv --state --seconds && python3 read.py"
    let result = Commands.shell(line, in: directory)
    #expect(result.status == 0, "\(result.errors)")
  }

  /// The methods are the session's own here, at a tolerance that only rounding limits, and there plain steps and
  /// Newton's method.
  @Test(
    "The script agrees with deq run within 1e-12 on every shipped session that converges",
    .enabled(if: hasNumPy, "python3 has no numpy"), arguments: ShippedProblem.all)
  func script(_ shipped: ShippedProblem) throws {
    let directory = Commands.directory()
    let file = "\(ShippedProblem.folder)/\(shipped.name).deq.json"
    directory.write(Self.comparison, to: "compare.py")
    let line =
      "deq export \(file) --python c.py && { python3 c.py > c.json; true; } && deq replay \(file) --record r.deq.json && "
      + "{ deq run r.deq.json --tolerance 1e-15 --max-steps 20000 --json > d.json; true; } && python3 compare.py"
    let result = Commands.shell(line, in: directory)
    #expect(result.status == 0, "\(result.errors)")
  }

  private static let comparison = """
    import json
    script, run = json.load(open("c.json")), json.load(open("d.json"))
    if run["outcome"] in ("converged", "stalled"):
        assert max(abs(a - b) for a, b in zip(script["fixedPoint"], run["fixedPoint"])) < 1e-12
        assert script["residual"]["residual_relative"] < 1e-13, script["residual"]
    """

  /// A locale with a decimal comma, if the machine has one.
  private static let commaLocale = ["de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE"].first { name in
    Commands.shell("test \"$(LC_ALL=\(name) locale decimal_point)\" = ,", in: Commands.directory()).status == 0
  }

  @Test(
    "A decimal comma in the locale changes no byte",
    .enabled(if: commaLocale != nil, "no locale with a decimal comma is installed"))
  func locale() throws {
    let directory = Commands.directory()
    let comma = Self.commaLocale ?? ""
    let all = "--svg $l.svg --python $l.py --csv $l.csv --state --cast $l.cast"
    let line =
      "for l in C \(comma); do LC_ALL=$l deq export three.deq.json \(all) || exit 1; done; "
      + "for e in svg py csv cast; do cmp C.$e \(comma).$e || exit 1; done"
    #expect(Commands.shell(line, in: directory).status == 0)
  }
}
