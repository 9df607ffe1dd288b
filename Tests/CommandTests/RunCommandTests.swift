import Sessions
import TestSupport
import Testing

@Suite(.serialized)
struct RunCommandTests {
  private func json(_ line: String, _ directory: TemporaryDirectory = Commands.directory()) throws -> (JSON, Int32) {
    let result = Commands.shell(line, in: directory)
    #expect(result.errors.isEmpty, "\(result.errors)")
    return (try JSON(parsing: result.output), result.status)
  }

  private func keys(_ json: JSON?) -> [String] {
    guard case .object(let members)? = json?.content else { return [] }
    return members.map(\.name)
  }

  private func numbers(_ json: JSON?) -> [Double] {
    guard case .array(let items)? = json?.content else { return [] }
    return items.compactMap { if case .number(let number) = $0.content { number } else { nil } }
  }

  private func texts(_ json: JSON?) -> [String] {
    guard case .array(let items)? = json?.content else { return [] }
    return items.compactMap { if case .text(let text) = $0.content { text } else { nil } }
  }

  @Test func jsonHasTheKeysOfTheFormats() throws {
    let (json, status) = try json("deq run three.deq.json --json")
    #expect(status == 0)
    #expect(keys(json) == ["outcome", "steps", "evaluations", "residual", "fixedPoint", "distanceEstimate"])
    #expect(
      keys(json["residual"]) == ["residual_relative", "residual_absolute", "residual_sup", "thompson", "hilbert"])
    #expect(json["outcome"]?.content == .text("converged"))
    #expect(json["residual"]?["thompson"]?.content == .null)
    // The fixed point to 12 digits, computed independently.
    for (found, expected) in zip(numbers(json["fixedPoint"]), [0.569073084516, -0.151178678818, 0.081303835190]) {
      #expect(abs(found - expected) < 1e-9)
    }
  }

  @Test func aCycleTellsItsPeriodAndIsNotReached() throws {
    let (json, status) = try json("deq run cycle.deq.json --json")
    #expect(status == 1)
    #expect(keys(json) == ["outcome", "steps", "evaluations", "residual", "fixedPoint", "distanceEstimate", "period"])
    #expect(json["outcome"]?.content == .text("cycle"))
    #expect(json["period"]?.content == .number(2))
  }

  private func number(_ json: JSON?) -> Double? {
    if case .number(let number)? = json?.content { number } else { nil }
  }

  /// z + exp(-z) has no fixed point: at any residual a Newton step is 1 long, and ρ = 1 - exp(-z).
  @Test func aResidualThatSaysNothingIsSaidToDoSo() throws {
    let file = CaseFile.path("solvers", "log_growth.deq.json")
    let (json, _) = try json("deq run \(file) --solver anderson --json")
    #expect(json["outcome"]?.content == .text("converged"))
    #expect(abs(try #require(number(json["distanceEstimate"])) - 1) <= 1e-5)
    let text = Commands.shell("deq run \(file) --solver anderson", in: Commands.directory()).output
    #expect(text.contains("the residual says nothing about the distance: ρ(J) = 0.99999999"))
    let usual = Commands.shell("deq run three.deq.json", in: Commands.directory()).output
    #expect(usual.contains("\ndistance            about ") && usual.contains(", by a Newton step"))
  }

  @Test func aStepThatUnderflowsIsAnOutcome() {
    let file = CaseFile.path("hostile", "forward_backward_step0.deq.json")
    let run = Commands.shell("deq run \(file) --solver forward-backward", in: Commands.directory())
    #expect(run.status == 1 && run.output.hasPrefix("failed: forward-backward needs an explicit step"))
    let diagnosis = Commands.shell("deq run \(file) --diagnose", in: Commands.directory())
    #expect(diagnosis.status == 1 && diagnosis.output.contains("\nwhy "))
    let race = Commands.shell("deq race \(file)", in: Commands.directory())
    #expect(race.status <= 1 && !race.output.isEmpty)
  }

  @Test func singularSystemsAreSaid() throws {
    let file = CaseFile.path("solvers", "anderson-log-z-plus-1.deq.json")
    let text = Commands.shell("deq run \(file) --solver newton", in: Commands.directory())
    #expect(text.status == 1 && text.output.contains("I - J was singular to working precision in "))
    let (json, _) = try json("deq run \(file) --solver newton --json")
    #expect(try #require(number(json["singularSystems"])) >= 1)
  }

  @Test func whereNoMethodHelpsTheNetworkIsToChange() throws {
    let file = CaseFile.path("solvers", "anderson-log-z-plus-1.deq.json")
    let output = Commands.shell("deq run \(file) --diagnose", in: Commands.directory()).output
    #expect(output.contains("If there is none, no method can help: the network has to change."))
    #expect(output.contains("\ntry                 a scale by 0.8"))
  }

  @Test func aRunThatFailsSaysWhyAndOnRequestWhatHelps() throws {
    let plain = Commands.shell("deq run cycle.deq.json", in: Commands.directory())
    // z to 1 - z from (0.25, 0.75) swings by a quarter around a half.
    #expect(plain.output.contains("The iterates repeat every 2 steps; unit 0 swings most, by ±0.25"))
    #expect(!plain.output.contains("\ntry "))
    let asked = Commands.shell("deq run cycle.deq.json --diagnose --json", in: Commands.directory())
    let json = try JSON(parsing: asked.output)
    #expect(texts(json["diagnosis"]).count == 1 && !texts(json["suggestions"]).isEmpty)
    let good = Commands.shell("deq run three.deq.json --diagnose --json", in: Commands.directory())
    #expect(try JSON(parsing: good.output)["diagnosis"] == nil)
  }

  @Test func overflowIsStillOneJSONDocument() throws {
    let (json, status) = try json("deq run overflow.deq.json --json")
    #expect(status == 1)
    #expect(json["outcome"]?.content == .text("diverged"))
  }

  @Test(arguments: [
    ("--solver anderson", 0), ("--solver '{\"method\": \"damped\", \"factor\": 0.5}' --max-steps 2000", 0),
    ("--tolerance 1e-13 --measure residual_sup", 0), ("--max-steps 3", 1), ("--set start.fill=0.5", 0),
    ("--set network.operators[1].bias.values=[0,0,0] --set start.fill=0", 0),
  ])
  func optionsAreApplied(_ options: String, _ status: Int32) {
    let result = Commands.shell("deq run three.deq.json \(options)", in: Commands.directory())
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.isEmpty)
  }

  @Test func settingsReallyChangeTheSession() throws {
    let (json, _) = try json(
      "deq run three.deq.json --json --set network.operators[1].bias.values=[0,0,0] --set start.fill=0")
    #expect(numbers(json["fixedPoint"]) == [0, 0, 0])
    let limited = try self.json("deq run three.deq.json --json --max-steps 3")
    #expect(limited.0["steps"]?.content == .number(3))
    #expect(limited.0["outcome"]?.content == .text("maxSteps"))
  }

  @Test(arguments: [
    "--colour", "--solver pickard", "--tolerance=-1", "--tolerance nan", "--tolerance inf", "--tolerance x",
    "--max-steps 0",
    "--measure mean", "--set start", "--set nothing.at.all=1", "--set start.fill=[", "--set start.colour=1",
    "--solver '{\"method\": \"damped\", \"faktor\": 1}'", "extra",
  ])
  func aWrongOptionIs64(_ options: String) {
    let result = Commands.shell("deq run three.deq.json \(options)", in: Commands.directory())
    #expect(result.status == 64, "\(options): \(result.errors)")
    #expect(result.output.isEmpty)
    #expect(!result.errors.isEmpty)
  }

  @Test func aReaderThatGoesAwayIsNoCrash() {
    let directory = Commands.directory()
    let first = Commands.shell("deq run dense.deq.json | head -1; echo ${PIPESTATUS[0]} >&2", in: directory)
    #expect(first.lines.count == 1)
    #expect(first.lines.first?.hasPrefix("converged after") == true)
    #expect(["0", "141"].contains(first.errors.split(separator: "\n").last.map(String.init)))
    let closed = Commands.shell("deq run dense.deq.json --json | true; echo ${PIPESTATUS[0]}", in: directory)
    #expect(["0", "141"].contains(closed.lines.last.map(String.init)), "\(closed.output) \(closed.errors)")
    let gone = Commands.shell("deq run three.deq.json >&-", in: directory)
    #expect([0, 73].contains(gone.status))
  }

  @Test func theTraceHasARowAStep() throws {
    let directory = Commands.directory()
    let result = Commands.shell("deq run three.deq.json --trace t.csv --states --seconds", in: directory)
    #expect(result.status == 0)
    let rows = try SessionText.read(directory.file("t.csv")).split(separator: "\r\n")
    #expect(
      rows.first == """
        step,evaluations,residual_relative,residual_absolute,residual_sup,thompson,hilbert,ratio_euclidean,ratio_sup,\
        ratio_thompson,ratio_hilbert,z_0,z_1,z_2,seconds
        """)
    #expect(rows.count == 59)
    let piped = Commands.shell("deq run three.deq.json --trace /dev/stdout | head -1", in: directory)
    #expect(piped.lines.count == 1, "\(piped.errors)")
  }

  @Test func replayNeedsSomethingRecorded() {
    let result = Commands.shell("deq replay three.deq.json --verify", in: Commands.directory())
    #expect(result.status == 1)
    #expect(result.output.contains("nothing recorded"))
  }

  /// Recording again keeps what was done and corrects what came out.
  @Test func aReplayIsRecordedAgain() throws {
    let directory = Commands.directory()
    let spoil = "sed 's/p-/p-1/' ok.deq.json > bad.deq.json"
    let result = Commands.shell(
      "deq run three.deq.json --record ok.deq.json && \(spoil); deq replay bad.deq.json --verify;"
        + " deq replay bad.deq.json --record again.deq.json && cmp ok.deq.json again.deq.json", in: directory)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("different: ") && result.output.contains("first at step"))
  }

  @Test func helpTeachesAndTheVersionIsSaid() {
    let directory = Commands.directory()
    for command in ["", "run", "replay", "export", "explore"] {
      let help = Commands.shell("deq \(command) --help", in: directory)
      #expect(help.status == 0)
      #expect(help.output.contains("deq "))
      #expect(help.output.contains("OPTIONS") || help.output.contains("SUBCOMMANDS"))
    }
    #expect(Commands.shell("deq --version", in: directory).output.hasPrefix("deq "))
    #expect(Commands.shell("deq frobnicate", in: directory).status != 0)
  }

  @Test func withoutATerminalTheExplorerSaysWhatToDo() {
    let result = Commands.shell("deq explore three.deq.json", in: Commands.directory())
    #expect(result.status == 64)
    #expect(result.errors.contains("not a terminal"))
    #expect(result.errors.contains("deq run"))
  }
}
