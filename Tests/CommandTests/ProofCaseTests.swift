import FixedPoint
import Sessions
import TestSupport
import Testing

/// What the commands say of maps on which proofs were once wrong, or silent about where they hold.
@Suite(.serialized)
struct ProofCaseTests {
  private func run(_ line: String) -> Commands.Result {
    Commands.shell(line, in: TemporaryDirectory())
  }

  private func certified(_ name: String) throws -> JSON {
    try JSON(parsing: run("deq certify \(CaseFile.path("proofs", name)) --json").output)
  }

  private func numbers(_ json: JSON?) -> [[Double]] {
    guard case .array(let points)? = json?.content else { return [] }
    return points.map { point in
      guard case .array(let entries) = point.content else { return [] }
      return entries.compactMap { if case .number(let number) = $0.content { number } else { nil } }
    }
  }

  /// z²/2 + 1/4 has the fixed points 1 ∓ 1/√2; every box around the one that Picard reaches holds one.
  @Test func theGateDoesNotPassAMapWithTwoFixedPoints() throws {
    let file = CaseFile.path("proofs", "quadratic.deq.json")
    let gate = run("deq certify \(file) --require unique")
    #expect(gate.status == 1)
    #expect(gate.errors.contains("0.292893") && gate.errors.contains("1.70711"))
    #expect(gate.output.hasPrefix("more than one fixed point (all of R^n)"))
    #expect(run("deq certify \(file) --require lipschitz-1").status == 1)
    #expect(run("deq certify \(file) --require lipschitz-1 --in-box").status == 0)
    let conclusion = try #require(try certified("quadratic.deq.json")["conclusion"])
    #expect(conclusion["verdict"] == "more-than-one" && conclusion["scope"]?["kind"] == "everywhere")
    let points = numbers(conclusion["fixedPoints"]).compactMap(\.first)
    #expect(points.count == 2)
    #expect(zip(points, [1 - 0.5.squareRoot(), 1 + 0.5.squareRoot()]).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func rootsNameTheirRegion() throws {
    let file = CaseFile.path("proofs", "quadratic.deq.json")
    let json = try JSON(parsing: run("deq roots \(file) --json").output)
    #expect(json["complete"] == true && json["region"]?["kind"] == "local-box")
    #expect(json["region"]?["invariant"] == true && numbers(json["region"]?["box"]).count == 1)
    guard case .array(let outside)? = json["outside"]?.content else {
      Issue.record("nothing is said of the rest")
      return
    }
    #expect(outside.count == 1)
    let text = run("deq roots \(file)").output
    #expect(!text.contains("exactly 1") && text.hasPrefix("only in the box") && text.contains("1.70710678"))
    let whole = try JSON(parsing: run("deq roots \(file) --box=0,3 --json").output)
    #expect(numbers(JSON([whole["fixedPoints"] ?? .null])).count == 1 && whole["undecided"] == 0)
  }

  @Test(arguments: ["exp-quarter", "two-fps-require-unique"])
  func othersWithTwoDoNotPassEither(_ name: String) throws {
    let result = run("deq certify \(CaseFile.path("proofs", name + ".deq.json")) --require unique")
    #expect(result.status == 1)
    let conclusion = try #require(try certified(name + ".deq.json")["conclusion"])
    #expect(conclusion["verdict"] == "more-than-one" && numbers(conclusion["fixedPoints"]).count == 2)
  }

  /// Bratu's problem at 15 nodes has a second solution far from the box in which the first is alone.
  @Test func aBoxAroundBratusFirstSolutionIsNotTheMap() throws {
    let file = CaseFile.path("proofs", "bratu15.deq.json")
    #expect(run("deq certify \(file) --require unique").status == 1)
    let conclusion = try #require(try certified("bratu15.deq.json")["conclusion"])
    #expect(conclusion["verdict"] == "open" && conclusion["local"]?["scope"]?["kind"] == "local-box")
  }

  /// The only fixed point of z >= 0 is 0, which is no point of the open cone.
  @Test(arguments: ["cone-tanh2", "cone-log1p"]) func theBorderIsNoPartOfTheOpenCone(_ name: String) throws {
    let json = try certified(name + ".deq.json")
    guard case .array(let certificates)? = json["certificates"]?.content else { return }
    for certificate in certificates where certificate["unique"] == true {
      #expect(certificate["scope"]?["kind"] != "open-cone", "\(certificate["id"] ?? .null)")
    }
    #expect(json["conclusion"]?["verdict"] == "exactly-one")
    #expect(json["conclusion"]?["scope"]?["kind"] != "open-cone")
  }

  /// Constant maps, and one whose row sums are 1 - 2⁻⁵⁴: bounds that are too large refute nothing.
  @Test(arguments: ["refuted-cancel", "refuted-tanh2layer", "refuted-third"])
  func aBoundThatIsTooLargeRefutesNothing(_ name: String) throws {
    guard case .array(let certificates)? = try certified(name + ".deq.json")["certificates"]?.content else { return }
    for certificate in certificates where certificate["verdict"] == "refuted" {
      #expect(certificate["id"] == "positive-concave" && certificate["witness"]?["kind"] == "point")
    }
    for certificate in certificates {
      guard case .array(let hypotheses)? = certificate["hypotheses"]?.content else { continue }
      let isViolated = hypotheses.contains { $0["status"] == "violated" }
      #expect(!isViolated || certificate["verdict"] == "refuted")
    }
  }

  /// Each of these sines has three fixed points or far more, counted to 80 digits.
  @Test(arguments: [
    "sinbig-1e+15-1000000000001877", "sinbig-1e+11-100000001061", "sin-hugeweight-w1e+18-b0.0-g1.0",
    "sin-hugeweight-w1e+20-b0.3-g1.0",
  ])
  func aSineOfAHugeArgumentIsNotUnique(_ name: String) {
    let file = CaseFile.path("proofs", name + ".deq.json")
    #expect(run("deq certify \(file) --require unique").status == 1)
  }

  /// c + sin(z + B) at the sine's maximum: the fixed point to 15 digits lies in the proved cube.
  @Test func aSineAtItsMaximumIsEnclosed() throws {
    let file = CaseFile.path("proofs", "sinmax-1e+12-1000000000894.deq.json")
    let json = try JSON(parsing: run("deq roots \(file) --json").output)
    guard case .array(let points)? = json["fixedPoints"]?.content, points.count == 1,
      let center = numbers(JSON([points[0]["center"] ?? .null])).first?.first,
      case .number(let radius)? = points[0]["radius"]?.content
    else {
      Issue.record("one fixed point is expected")
      return
    }
    #expect(abs(center - 6.08773079627811e-5) <= radius)
  }

  @Test func aRateSaysWhereItHolds() throws {
    for name in ["rate-107.deq.json", "rate-169.deq.json"] {
      guard case .array(let certificates)? = try certified(name)["certificates"]?.content else { continue }
      for certificate in certificates where certificate["rate"]?.content != .null {
        #expect(certificate["rateScope"]?["kind"] != nil && certificate["iteration"]?["method"] != nil)
      }
    }
  }

  /// relu(2 z - 1): a box around 0 has a proof at every gain; the map has one only below gain 1/2.
  @Test func aMarginIsOneOfTheMap() {
    let directory = TemporaryDirectory()
    directory.write(
      """
      {"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": [
        {"op": "dense", "weight": {"values": [[2]]}}, {"op": "inject", "bias": {"values": [-1]}},
        {"op": "activation", "kind": "relu"}]}, "start": {"fill": 0.2}}
      """, to: "s.deq.json")
    let text = Commands.shell("deq certify s.deq.json --only lipschitz-1 --margin gain", in: directory).output
    #expect(text.contains("holds up to gain 0.49999") || text.contains("holds up to gain 0.5"), "\(text)")
  }
}
