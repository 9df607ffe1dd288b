import Sessions
import TestSupport
import Testing

@Suite(.serialized)
struct BifurcateCommandTests {
  private static let path = "--path network.operators[1].by"

  private func shell(_ options: String) -> (result: Commands.Result, directory: TemporaryDirectory) {
    let directory = TemporaryDirectory()
    directory.write(SweepFiles.bistable, to: "session.deq.json")
    return (Commands.shell("deq bifurcate session.deq.json \(options)", in: directory), directory)
  }

  private func items(_ json: JSON?) -> [JSON] {
    guard case .array(let items)? = json?.content else { return [] }
    return items
  }

  @Test func theSplitIsFound() throws {
    let (result, directory) = shell("\(Self.path) --from 0 --to 1 --json --csv out.csv")
    #expect(result.status == 0 && result.errors.isEmpty)
    let branches = items(try JSON(parsing: result.output)["branches"])
    #expect(branches.count == 2)
    for event in branches.flatMap({ items($0["events"]) }) {
      guard case .number(let parameter)? = event["parameter"]?.content else { continue }
      #expect(event["kind"] == "branch-point" && abs(parameter - 0.5) < 1e-9)
    }
    let lines = try SessionText.read(directory.file("out.csv")).split(separator: "\r\n")
    #expect(lines[0] == "branch,parameter,spectral_radius,stable,event,z_0,z_1")
    #expect(lines[1] == "1,0,0,TRUE,,1.2,1.2" && lines.count { $0.contains("branch-point") } == 2)
  }

  @Test func thePictureHasTheBranchesAndTheEvent() throws {
    let (result, directory) = shell("\(Self.path) --from 0 --to 1 --svg out.svg --unit 0")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let svg = try SessionText.read(directory.file("out.svg"))
    #expect(svg.contains("B branch point (pitchfork)") && svg.contains("stroke-dasharray") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains("z0 of the fixed points") && !svg.contains("nan"))
    #expect(shell("\(Self.path) --from 0 --to 1 --unit 0").result.status == 64)
    #expect(shell("\(Self.path) --from 0 --to 1 --svg out.svg --unit 2").result.status == 64)
  }

  @Test func mistakesAreUsageErrors() {
    #expect(shell("\(Self.path) --from 1 --to 0").result.status == 64)
    #expect(shell("--path network.operators[9].by --from 0 --to 1").result.status == 64)
    #expect(shell("--path network.operators[2].kind --from 0 --to 1").result.status == 64)
    #expect(shell("\(Self.path) --from 0").result.status == 64)
  }

  private func bifurcate(_ room: String, _ name: String, _ options: String) -> Commands.Result {
    Commands.shell("deq bifurcate '\(CaseFile.path(room, name))' \(options)", in: TemporaryDirectory())
  }

  @Test func whatIsUnusualIsSaid() {
    let infinite = bifurcate(
      "solvers", "bifurcate-hang-asymptote.deq.json", "--path network.operators[0].by --from 0 --to 2")
    #expect(infinite.status == 0 && infinite.output.contains("leaves to infinity as by -> 1\n"))
    let line = bifurcate("hostile", "bif_line1.deq.json", "--path network.operators[0].by --from 0 --to 4")
    #expect(line.output.contains("at by = 1.000000000 every point of a line is a fixed point"))
    let border = bifurcate(
      "studies", "hardfold.deq.json", "--path 'network.operators[1].bias.values[0]' --from=-2 --to 2")
    #expect(border.output.contains("fold at 1.00000000000 (border collision: spectral radius 0 to 2.000)"))
  }

  @Test func aBoxOfOnesOwn() throws {
    let options = "--path network.operators[0].by --from 0 --to 2 --json --box=-3,3"
    let result = bifurcate("solvers", "bifurcate-hang-asymptote.deq.json", options)
    #expect(result.status == 0)
    let ends = items(try JSON(parsing: result.output)["branches"]).flatMap { items($0["ends"]) }
    #expect(ends.map { $0["reason"] }.count { $0 == "box" } == 2)
    #expect(shell("\(Self.path) --from 0 --to 1 --box=3,1").result.status == 64)
  }

  @Test func aWholeNumberFieldIsAUsageError() {
    let result = bifurcate("studies", "zero.deq.json", "--path network.operators[0].weight.seed --from 1 --to 5")
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.errors.contains("expected a number that may take any value, found a whole-number field"))
  }

  @Test func rangesMayBeNegative() {
    let (result, _) = shell("\(Self.path) --from -1 --to -0.2")
    #expect(result.status == 0 && result.output.contains("parameter -1"))
  }
}
