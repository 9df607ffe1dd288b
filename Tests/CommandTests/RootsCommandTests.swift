import FixedPoint
import Sessions
import TestSupport
import Testing

@Suite(.serialized)
struct RootsCommandTests {
  private static let bistable = """
    {"format": "deq-session/1", "network": {"state": {"shape": [2]}, "operators": [
      {"op": "dense", "weight": {"values": [[1, -1], [-1, 1]]}},
      {"op": "activation", "kind": "tanh", "shift": 1.2}]}}
    """

  private func roots(_ options: String) -> Commands.Result {
    let directory = Commands.directory()
    directory.write(Self.bistable, to: "bistable.deq.json")
    return Commands.shell("deq roots \(options)", in: directory)
  }

  private func keys(_ json: JSON?) -> [String] {
    guard case .object(let members)? = json?.content else { return [] }
    return members.map(\.name)
  }

  private func items(_ json: JSON?) -> [JSON] {
    guard case .array(let items)? = json?.content else { return [] }
    return items
  }

  @Test func jsonHasTheMembersOfTheFormats() throws {
    let result = roots("bistable.deq.json --json")
    #expect(result.status == 0 && result.errors.isEmpty)
    let json = try JSON(parsing: result.output)
    #expect(keys(json) == ["complete", "region", "fixedPoints", "undecided", "outside"])
    #expect(json["complete"] == true && json["undecided"] == 0)
    let points = items(json["fixedPoints"])
    #expect(points.count == 3)
    for point in points { #expect(keys(point) == ["center", "radius", "spectralRadius", "stability", "stable"]) }
    #expect(points.map { $0["stable"] } == [true, false, true])
  }

  @Test func theAnswerDoesNotDependOnTheThreads() {
    let single = roots("bistable.deq.json --json --threads 1")
    let several = roots("bistable.deq.json --json --threads 5")
    #expect(single.status == 0 && single.output == several.output)
  }

  @Test func aBoxOfOnesOwnIsSearched() throws {
    let result = roots("bistable.deq.json --json --box=2,3\\;0,1")
    let json = try JSON(parsing: result.output)
    #expect(result.status == 0 && items(json["fixedPoints"]).count == 1)
    let empty = roots("bistable.deq.json --box=5,6")
    #expect(empty.status == 0 && empty.output.contains("0 fixed points, complete there; there may be others"))
  }

  @Test func whatIsNotCompleteExitsWith1() throws {
    let spent = roots("bistable.deq.json --json --budget 1 --box=-1000,1000")
    #expect([0, 1].contains(spent.status))
    let unbounded = roots("overflow.deq.json --json")
    #expect(unbounded.status == 1 && unbounded.errors.contains("--box"))
    #expect(try JSON(parsing: unbounded.output)["complete"] == false)
  }

  @Test(arguments: ["--box 1", "--box=3,1", "--box=a,b", "--box=0,inf", "--budget 0", "--threads 0"])
  func wrongOptionsAreUsageErrors(_ options: String) {
    let result = roots("bistable.deq.json \(options)")
    #expect(result.status == 64 && result.output.isEmpty)
  }

  @Test func anIntervalForEveryEntryOrOneForAll() {
    let result = roots("bistable.deq.json --box=0,1\\;0,1\\;0,1")
    #expect(result.status == 64 && result.errors.contains("one interval, or 2"))
  }

  /// 87 units, gain beyond what one box settles: refused with the reason instead of searched for ever.
  @Test(.timeLimit(.minutes(1)))
  func aStateThatIsTooLargeIsRefused() {
    let layer = """
      {"format": "deq-session/1", "network": {"state": {"shape": [40]}, "operators": [
        {"op": "dense", "weight": {"ensemble": "gaussian", "seed": 1, "gain": 3}},
        {"op": "activation", "kind": "tanh"}]}}
      """
    let directory = Commands.directory()
    directory.write(layer, to: "large.deq.json")
    let refused = Commands.shell("deq roots large.deq.json", in: directory)
    #expect(refused.status == 1 && refused.output.hasPrefix("not complete"))
    #expect(refused.errors.contains("40 entries are too many to be searched (up to 24)"))
    let forced = Commands.shell("deq roots large.deq.json --budget 4", in: directory)
    #expect(forced.status == 1 && forced.errors.isEmpty)
  }

  @Test func aMissingFileIs66() { #expect(roots("absent.deq.json").status == 66) }
}
