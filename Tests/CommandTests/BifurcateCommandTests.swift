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

  @Test func rangesMayBeNegative() {
    let (result, _) = shell("\(Self.path) --from -1 --to -0.2")
    #expect(result.status == 0 && result.output.contains("parameter -1"))
  }
}
