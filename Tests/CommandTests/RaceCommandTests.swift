import FixedPoint
import Sessions
import TestSupport
import Testing

@Suite(.serialized)
struct RaceCommandTests {
  private func race(_ line: String) throws -> (JSON, Int32) {
    let result = Commands.shell("deq race \(line) --json", in: Commands.directory())
    #expect(result.errors.isEmpty, "\(result.errors)")
    return (try JSON(parsing: result.output), result.status)
  }

  private func items(_ json: JSON?) -> [JSON] {
    guard case .array(let items)? = json?.content else { return [] }
    return items
  }

  private func keys(_ json: JSON?) -> [String] {
    guard case .object(let members)? = json?.content else { return [] }
    return members.map(\.name)
  }

  @Test func everyMethodRunsAndOneWins() throws {
    let (json, status) = try race("three.deq.json")
    #expect(status == 0)
    #expect(keys(json) == ["solvers", "winner"])
    let lines = items(json["solvers"])
    #expect(lines.map { $0["solver"]?.content } == MethodCatalog.all.map { .text($0.description.name) })
    let expected = ["solver", "outcome", "steps", "evaluations", "seconds", "residual_relative", "decades"]
    #expect(keys(lines.first) == expected)
    #expect(keys(lines.first?["decades"]).first == "1e-01" && keys(lines.first?["decades"]).last == "1e-12")
    #expect(keys(lines.first?["decades"]).count == 12)
    #expect(json["winner"]?["evaluations"]?.content == .text("newton"))
    let logarithmic = lines.first { $0["solver"]?.content == .text("newton-log") }
    #expect(logarithmic?["outcome"]?.content == .text("failed"))
    #expect(logarithmic?["seconds"]?.content == .null)
    guard case .text(let reason)? = logarithmic?["reason"]?.content else {
      Issue.record("no reason")
      return
    }
    #expect(reason.hasPrefix("needs "))
  }

  @Test(arguments: ["picard", "anderson", "broyden", "{\"method\": \"damped\", \"factor\": 0.25}"])
  func theNumbersAreThoseOfARunAlone(_ solver: String) throws {
    let (json, _) = try race("three.deq.json --tolerance 1e-8 --solvers '\(solver)'")
    let alone = Commands.shell(
      "deq run three.deq.json --tolerance 1e-8 --solver '\(solver)' --json", in: Commands.directory())
    let run = try JSON(parsing: alone.output)
    let line = items(json["solvers"]).first
    for key in ["outcome", "steps", "evaluations"] { #expect(line?[key] == run[key], "\(key)") }
    #expect(line?["residual_relative"] == run["residual"]?["residual_relative"])
  }

  @Test func aMethodAsJSONStandsBesideNames() throws {
    let (json, status) = try race("cycle.deq.json --solvers 'picard, {\"method\": \"damped\", \"factor\": 0.5}'")
    #expect(status == 0)
    let lines = items(json["solvers"])
    #expect(lines.map { $0["solver"]?.content } == [.text("picard"), .text("damped factor=0.5")])
    #expect(lines.first?["period"]?.content == .number(2))
    #expect(json["winner"]?["time"]?.content == .text("damped factor=0.5"))
  }

  @Test func withoutAWinnerItIs1() throws {
    let (json, status) = try race("cycle.deq.json --solvers picard")
    #expect(status == 1)
    #expect(json["winner"]?["evaluations"]?.content == .null && json["winner"]?["time"]?.content == .null)
  }

  @Test(arguments: [
    "--solvers pickard", "--solvers picard,", "--solvers '{\"method\": \"damped\", \"factor\": 5}'",
    "--solvers '{\"method\": \"picard\", \"factor\": 1}'", "--solvers '{'", "--tolerance=-1",
  ])
  func aWrongOptionIs64(_ options: String) {
    let result = Commands.shell("deq race three.deq.json \(options)", in: Commands.directory())
    #expect(result.status == 64, "\(options): \(result.errors)")
    #expect(result.output.isEmpty && !result.errors.isEmpty)
  }

  @Test func theTableMarksTheWinners() {
    let result = Commands.shell("deq race three.deq.json --solvers picard,newton,newton-log", in: Commands.directory())
    #expect(result.status == 0)
    #expect(result.output.contains("E fewest evaluations: newton, "))
    #expect(result.output.contains("newton-log: needs "))
  }
}
