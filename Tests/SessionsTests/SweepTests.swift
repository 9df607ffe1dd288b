import FixedPoint
import Glibc
import LinearAlgebra
import Sessions
import TestSupport
import Testing

struct SweepTests {
  private func cells(_ files: SweepFiles) throws -> [SweepCell] { try files.part().cells }

  private static func axis(_ path: String, _ values: String) -> String {
    "\"axes\": [{\"path\": \"\(path)\", \"values\": [\(values)]}]"
  }

  @Test func anAffineMapIsFoundAsItIs() throws {
    let slopes = [-1.25, -1, -0.5, 0.25, 0.75, 2]
    let files = SweepFiles(
      SweepFiles.affine,
      Self.axis("network.operators[0].by", slopes.map { "\($0)" }.joined(separator: ","))
        + ", \"starts\": 3, \"certificates\": [\"lipschitz-inf\"]")
    for (slope, cell) in zip(slopes, try cells(files)) {
      let contracts = abs(slope) < 1
      #expect(cell.outcome.name == (contracts ? "converged" : slope == -1 ? "cycle" : "diverged"))
      #expect(cell.fixedPoints == (contracts ? 1 : 0))
      #expect(cell.spectralRadius == (contracts ? abs(slope) : nil))
      #expect((cell.certificates[0].verdict == .proved) == contracts)
      if contracts { #expect(abs((cell.certificates[0].rate ?? 9) - abs(slope)) < 1e-14) }
      #expect((cell.lyapunov == nil) == (contracts || slope == 2), "an orbit that overflows has no exponent")
      if let exponent = cell.lyapunov { #expect(abs(exponent - log(abs(slope))) < 1e-12) }
    }
  }

  @Test func theExponentIsThatOfTheDampedIteration() throws {
    let session = SweepFiles.affine.replacing(
      "{\"op\": \"scale\", \"by\": 0.5}", with: "{\"op\": \"scale\", \"by\": -4}"
    ).replacing(
      "\"format\": \"deq-session/1\",",
      with: "\"format\": \"deq-session/1\", \"solver\": {\"method\": \"damped\", \"factor\": 0.5},")
    let damped = try cells(SweepFiles(session, Self.axis("solver.factor", "0.25, 0.5")))
    #expect(damped[0].outcome.name == "converged" && damped[0].lyapunov == nil, "(1 - 0.25) + 0.25 · (-4) is -0.25")
    #expect(abs((damped[1].lyapunov ?? 9) - log(1.5)) < 1e-12, "(1 - 0.5) + 0.5 · (-4) is -1.5")
  }

  /// z = tanh(W z): below the critical gain 0 is the one fixed point, with ρ(J) = ρ(W), which is 0.51 at gain 0.6.
  @Test func aFixedPointAtZeroCounts() throws {
    let sweep = try Sweep(reading: CaseFile.path("studies", "zero.json"))
    let network = try CaseFile.problem("studies", "zero.deq.json").network
    let weight = try #require(network.oneAffinePart)
    let radius = try weight.spectralRadius() / 0.5
    for (index, gain) in [0.3, 0.6, 0.9].enumerated() {
      let cell = try sweep.cell(at: index)
      #expect(cell.outcome.name == "converged" && cell.fixedPoints == 1 && cell.lyapunov == nil)
      #expect(abs((cell.spectralRadius ?? 9) - gain * radius) < 1e-9)
    }
    #expect(abs(0.6 * radius - 0.51) < 0.005)
  }

  /// The logistic map at r = 3.83 has an attracting cycle of 3: the exponent is a third of its multiplier's logarithm.
  @Test func theExponentOfACycleIsOverWholePeriods() throws {
    let session = try SessionText.read(CaseFile.path("studies", "logi.deq.json"))
    let files = SweepFiles(session, Self.axis("network.operators[2].by", "-3.83"))
    let cell = try #require(try cells(files).first)
    var x = 0.4
    for _ in 0..<30_000 { x = 3.83 * x * (1 - x) }
    var multiplier = 1.0
    for _ in 0..<3 {
      multiplier *= 3.83 * (1 - 2 * x)
      x = 3.83 * x * (1 - x)
    }
    #expect(cell.outcome.period == 3)
    #expect(abs((cell.lyapunov ?? 9) - log(abs(multiplier)) / 3) < 1e-9)
    #expect(abs((cell.lyapunov ?? 9) + 0.369_673_7) < 1e-7)
    #expect((cell.lyapunovError ?? 9) < 1e-9)
  }

  /// At r = 4 the exponent is log 2: the mean of 800 steps is off by what its error says.
  @Test func theExponentOfAChaoticOrbitHasItsError() throws {
    let session = try SessionText.read(CaseFile.path("studies", "logi.deq.json"))
    let cell = try #require(try cells(SweepFiles(session, Self.axis("network.operators[2].by", "-4"))).first)
    let error = try #require(cell.lyapunovError)
    #expect(error > 1e-5 && error < 0.1)
    #expect(abs((cell.lyapunov ?? 9) - log(2)) < 4 * error)
  }

  /// On a kink the larger of both slopes counts: z = a leaky-relu(z) with slope 0.2 at 0.
  @Test func theRadiusOnAKinkIsThatOfTheLargerSide() throws {
    let session = try SessionText.read(CaseFile.path("studies", "leaky.deq.json")).replacing(
      "[0.1]", with: "[0]")
    let cell = try #require(try cells(SweepFiles(session, Self.axis("network.operators[1].by", "0.75"))).first)
    #expect(cell.fixedPoints == 1 && abs((cell.spectralRadius ?? 9) - 0.75) < 1e-12)
  }

  @Test func startsFindTheAttractingFixedPoints() throws {
    let files = SweepFiles(
      SweepFiles.bistable, Self.axis("network.operators[1].by", "0.4, 0.8") + ", \"starts\": 12")
    #expect(try cells(files).map(\.fixedPoints) == [1, 2])
  }

  @Test func theLastAxisVariesFastestAndEndsAreExact() throws {
    let files = SweepFiles(
      SweepFiles.bistable,
      """
      "axes": [{"path": "network.operators[1].by", "from": 0.1, "to": 0.3, "count": 3},
               {"path": "network.operators[2].shift", "from": 0.01, "to": 0.7, "count": 4, "scale": "log"}]
      """)
    let spec = try files.sweep().spec
    let values = (0..<12).map { spec.values(ofCell: $0) }
    #expect(spec.cellCount == 12)
    #expect(values[0] == [0.1, 0.01] && values[3] == [0.1, 0.7] && values[4][1] == 0.01 && values[11] == [0.3, 0.7])
    guard case .number(let second) = values[1][1].content, case .number(let third) = values[2][1].content else {
      Issue.record("the axis has numbers")
      return
    }
    #expect(abs(third / second - second / 0.01) < 1e-12)
  }

  @Test func textsAndFlagsAreValuesToo() throws {
    let files = SweepFiles(SweepFiles.bistable, Self.axis("network.operators[2].kind", "\"tanh\", \"relu\""))
    let part = try files.part()
    #expect(SweepTable(part).line(1).hasPrefix("relu,"))
  }

  @Test(arguments: [
    ("\"axes\": []", "axes"),
    ("\"axes\": [{\"path\": \"start.fill\", \"values\": []}]", "axes[0].values"),
    ("\"axes\": [{\"path\": \"start.fill\", \"from\": 0, \"to\": 1, \"count\": 1}]", "axes[0].count"),
    ("\"axes\": [{\"path\": \"start.fill\", \"from\": 0, \"to\": 1, \"count\": 3, \"scale\": \"log\"}]", "axes[0]"),
    ("\"axes\": [{\"path\": \"start..fill\", \"values\": [1]}]", "axes[0].path"),
    ("\"axes\": [{\"path\": \"network.operators[7].by\", \"values\": [1]}]", "axes[0].network.operators[7].by"),
    ("\"axes\": [{\"path\": \"network.operators[0].by\", \"values\": [\"x\"]}]", "axes[0].network.operators[0].by"),
    (
      "\"axes\": [{\"path\": \"network.operators[0].by\", \"values\": [1]}], \"certificates\": [\"none\"]",
      "certificates[0]"
    ),
    ("\"axes\": [{\"path\": \"network.operators[0].by\", \"values\": [1]}], \"wrong\": 1", "wrong"),
  ])
  func whatIsWrongIsNamed(_ members: String, _ path: String) throws {
    let files = SweepFiles(SweepFiles.affine, members)
    let error = #expect(throws: SessionError.self) { _ = try files.sweep() }
    #expect(error?.path == path && error?.file == files.directory.file("spec.json"))
    #expect(error?.kind == .content)
  }

  /// Proved at 0.5; at 1 the condition is not met; at 1.5 a point violates it.
  @Test func aBoundaryIsWhereAVerdictChanges() throws {
    let files = SweepFiles(
      SweepFiles.affine,
      """
      "axes": [{"path": "network.operators[0].by", "from": 0.5, "to": 1.5, "count": 3},
               {"path": "start.fill", "values": [1, 2]}], "certificates": ["lipschitz-inf"]
      """)
    let table = SweepTable(try files.part())
    #expect(
      table.cells.indices.map { table.boundary($0) }
        == [[], [], ["lipschitz-inf"], ["lipschitz-inf"], ["lipschitz-inf"], ["lipschitz-inf"]])
  }

  @Test func theDigestCoversTheSessionAndItsFiles() throws {
    let session = SweepFiles.bistable.replacing(
      "{\"values\": [[1, -1], [-1, 1]]}", with: "{\"file\": \"weight.csv\"}")
    let files = SweepFiles(session, Self.axis("network.operators[1].by", "0.4"))
    files.directory.write("1,-1\n-1,1\n", to: "weight.csv")
    let first = try files.sweep().digest
    #expect(try files.sweep().digest == first)
    files.directory.write("1,-1\n-1,2\n", to: "weight.csv")
    #expect(try files.sweep().digest != first)
  }
}
