import FixedPoint
import Sessions
import TestSupport
import Testing

@Suite(.serialized)
struct CertifyCommandTests {
  private func certify(_ options: String) -> Commands.Result {
    Commands.shell("deq certify \(options)", in: Commands.directory())
  }

  private func keys(_ json: JSON?) -> [String] {
    guard case .object(let members)? = json?.content else { return [] }
    return members.map(\.name)
  }

  private func items(_ json: JSON?) -> [JSON] {
    guard case .array(let items)? = json?.content else { return [] }
    return items
  }

  @Test func jsonHasTheKeysOfTheFormats() throws {
    let result = certify("three.deq.json --json")
    #expect(result.status == 0 && result.errors.isEmpty)
    let json = try JSON(parsing: result.output)
    #expect(keys(json) == ["conclusion", "certificates", "coefficients"])
    #expect(keys(json["conclusion"]) == ["verdict", "scope", "by", "fixedPoints", "outside", "local", "text"])
    let certificates = items(json["certificates"])
    #expect(certificates.compactMap { $0["id"] } == TheoremCatalog.all.map { JSON($0.id) })
    for certificate in certificates {
      #expect(
        keys(certificate) == [
          "id", "theorem", "verdict", "unique", "claim", "scope", "rate", "rateScope", "metric", "metricName",
          "metricWeights", "iteration", "domain", "hypotheses", "witness", "fixedPoints", "reason", "derivation",
        ])
      #expect(keys(certificate["scope"]) == ["kind", "box", "invariant"])
      for hypothesis in items(certificate["hypotheses"]) {
        #expect(
          keys(hypothesis) == ["text", "value", "relation", "bound", "allowance", "margin", "holds", "status"])
      }
    }
    #expect(
      keys(json["coefficients"]) == [
        "radial", "strong", "hilbert", "spectral_radius", "norm_2", "norm_inf", "perron_root_abs", "monotonicity",
        "matrix_measure_inf", "metzler_abscissa",
      ])
  }

  /// The golden three-unit map: its figures were computed independently.
  @Test func coefficientsAreThoseOfTheMap() throws {
    let json = try JSON(parsing: certify("three.deq.json --json").output)
    let expected = [
      ("spectral_radius", 0.6730779), ("norm_2", 0.84315), ("norm_inf", 1.1), ("perron_root_abs", 1.03218),
      ("monotonicity", 0.362917),
    ]
    for (name, value) in expected {
      guard case .number(let found)? = json["coefficients"]?[name]?.content else {
        Issue.record("\(name) is missing")
        continue
      }
      #expect(abs(found - value) < 1e-5, "\(name)")
    }
    #expect(json["coefficients"]?["strong"]?.content == .null, "z has a negative entry")
  }

  @Test func requirementsDecideTheExitCode() {
    #expect(certify("three.deq.json --require unique").status == 0)
    #expect(certify("three.deq.json --require lipschitz-2 --require monotone").status == 0)
    let missing = certify("three.deq.json --require lipschitz-inf --json")
    #expect(missing.status == 1)
    #expect(missing.errors == "three.deq.json: lipschitz-inf is not proved\n")
    #expect(certify("three.deq.json --only lipschitz-1 --require unique").status == 1)
  }

  @Test func weightsThatSplitTheFixedPointAreNotCertified() {
    let weights = "'network.operators[0].weight={\"values\": [[3, 0, 0], [0, 3, 0], [0, 0, 3]]}'"
    #expect(certify("three.deq.json --set \(weights) --require unique").status == 1)
  }

  @Test(arguments: ["--only nothing", "--require nothing", "--margin nothing", "--only monotone --require lipschitz-1"])
  func unknownNamesAre64(_ options: String) {
    #expect(certify("three.deq.json \(options)").status == 64)
  }

  /// The margin of a gain is a factor of the weights; the field called gain is named beside it.
  @Test func aMarginSaysItsUnit() throws {
    let layer = """
      {"format": "deq-session/1", "network": {"state": {"shape": [5]}, "operators": [
        {"op": "dense", "weight": {"ensemble": "gaussian", "seed": 3, "gain": 0.9}},
        {"op": "activation", "kind": "tanh"}]}}
      """
    let directory = Commands.directory()
    directory.write(layer, to: "layer.deq.json")
    let command = "deq certify layer.deq.json --only lipschitz-2 --margin gain"
    let margin = items(try JSON(parsing: Commands.shell(command + " --json", in: directory).output)["margins"]).first
    guard case .number(let factor)? = margin?["upTo"]?.content, case .number(let gain)? = margin?["gain"]?.content
    else {
      Issue.record("no margin")
      return
    }
    #expect(abs(gain - 0.9 * factor) < 1e-15 && abs(factor - 0.622_242_80) < 1e-7)
    let text = Commands.shell(command, in: directory).output
    #expect(text.contains("holds up to gain 0.622242"))
    #expect(text.contains(" times the weights: the field gain at 0.560018"))
  }

  @Test func marginsAreAskedFor() throws {
    let json = try JSON(parsing: certify("three.deq.json --only lipschitz-2 --margin gain --json").output)
    guard case .number(let gain)? = items(json["margins"]).first?["upTo"]?.content else {
      Issue.record("no margin")
      return
    }
    #expect(gain >= 1 / 0.84316)
  }

  @Test func theCampaignIsDeterministicAndFindsNothing() throws {
    let first = Commands.shell("deq soundness --count 8 --starts 10 --seed 5", in: Commands.directory())
    let second = Commands.shell("deq soundness --count 8 --starts 10 --seed 5", in: Commands.directory())
    #expect(first.status == 0 && first.output == second.output)
    #expect(try JSON(parsing: first.output)["networks"]?.content == .number(8))
  }
}
