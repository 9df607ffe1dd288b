import FixedPoint
import Testing

@testable import Sessions

/// The shipped sessions in which one certificate proves what others cannot.
///
/// Some theorems contain others: the row sums are a case of the Perron root, that of the matrix measure, and all of them,
/// like the monotone form, of the diagonal Lyapunov form where the map is Φ(Wz + p) + q; positive concave maps contract in
/// Thompson's metric. Enumeration decides small maps wherever a box is known. So each session names the whole set that
/// proves it.
@Suite("Sessions of certificates")
struct CertificateSessionsTests {
  private static let directory =
    FileSystem.directory(
      of: FileSystem.directory(of: FileSystem.directory(of: #filePath))) + "/sessions"

  static let cases: [(name: String, ids: Set<String>)] = [
    ("11-monotone-operator", ["monotone", "lyapunov-diagonal"]),
    ("12-perron-frobenius", ["perron-frobenius", "matrix-measure-inf"]),
    ("13-matrix-measure", ["matrix-measure-inf"]),
    ("14-positive-concave", ["positive-concave", "subhomogeneous-thompson"]),
    ("15-diagonal-lyapunov", ["lyapunov-diagonal", "krawczyk"]),
  ]

  private func document(_ name: String) throws -> SessionDocument {
    try SessionFile.read("\(Self.directory)/\(name).deq.json")
  }

  private func analysis(_ document: SessionDocument) throws -> Analysis {
    Analysis(network: try Problem(document, directory: Self.directory).network)
  }

  private func proofs(_ document: SessionDocument) throws -> [Certificate] {
    let analysis = try analysis(document)
    return TheoremCatalog.all.map { $0.certify(analysis) }.filter(\.isUnique)
  }

  private func run(_ document: SessionDocument, _ solver: JSON? = nil) throws -> Run<Network> {
    let document = try solver.map { try document.setting(path: "solver", to: $0) } ?? document
    var experiment = try Experiment(document, directory: Self.directory)
    try experiment.perform(.run)
    while experiment.advance() {}
    return experiment.run
  }

  @Test("Exactly these certificates prove uniqueness", arguments: cases)
  func proving(_ session: (name: String, ids: Set<String>)) throws {
    #expect(Set(try proofs(try document(session.name)).map(\.id)) == session.ids)
  }

  @Test("Each is canonical, teaches in a few sentences, and replays", arguments: cases.map(\.name))
  func form(_ name: String) throws {
    let document = try document(name)
    #expect(try FileSystem.read("\(Self.directory)/\(name).deq.json") == SessionFile.text(of: document))
    #expect(2...5 ~= (document.notes ?? "").split(separator: ". ").count)
    let report = try Replay.verify(document, directory: Self.directory)
    let isElsewhere = document.recording?.origin.computesLike(.current) == false
    #expect(report.verdict == .identical || (isElsewhere && report.verdict == .equivalent), "\(report)")
  }

  @Test("Monotone: plain iteration cycles, damping and Anderson arrive")
  func monotone() throws {
    let document = try document("11-monotone-operator")
    #expect(try run(document).outcome == .converged)
    #expect(try run(document).stepCount == 210)
    #expect(try run(document, ["method": "picard"]).outcome == .cycle(period: 5))
    #expect(try run(document, ["method": "anderson"]).stepCount <= 20)
  }

  @Test("Perron-Frobenius: plain iteration keeps the rate, which a weight in no loop does not change")
  func perronFrobenius() throws {
    let document = try document("12-perron-frobenius")
    #expect(try run(document).stepCount == 24)
    let proof = try #require(try proofs(document).first { $0.id == PerronFrobenius.id })
    #expect(proof.scope.kind == .everywhere && abs((proof.rate ?? 0) - 0.616_309) < 1e-5)
    let larger = try document.setting(path: "network.operators[0].weight.values[0][2]", to: -21)
    let same = try #require(try proofs(larger).first { $0.id == PerronFrobenius.id })
    #expect(same.scope.kind == .everywhere && abs((same.rate ?? 0) - (proof.rate ?? 1)) < 1e-9)
  }

  @Test("Matrix measure: plain iteration diverges, the averaged one arrives")
  func matrixMeasure() throws {
    let document = try document("13-matrix-measure")
    #expect(try run(document, ["method": "picard"]).outcome == .diverged)
    #expect(try run(document).outcome == .converged)
    #expect(try run(document).stepCount == 39)
    let proof = try #require(try proofs(document).first)
    guard case .averaged(let factor) = proof.iteration else { throw Unexpected() }
    #expect(abs(factor - 1 / 3.1) < 1e-9)
  }

  @Test("Positive concave: one positive fixed point, others outside the cone")
  func positiveConcave() throws {
    let document = try document("14-positive-concave")
    #expect(try run(document).iterate.allSatisfy { $0 > 0 })
    let points = try analysis(document).fixedPoints.map(\.point)
    #expect(points.filter { $0.allSatisfy { $0 > 0 } }.count == 1)
    #expect(points.contains { $0.contains { $0 < 0 } })
    for proof in try proofs(document) { #expect(proof.scope.kind == .openCone, "\(proof.id)") }
  }

  @Test("Lyapunov: plain iteration does not arrive, the damped one does")
  func lyapunov() throws {
    let document = try document("15-diagonal-lyapunov")
    #expect(try run(document, ["method": "picard"]).outcome != .converged)
    #expect(try run(document).outcome == .converged)
    #expect(try run(document).stepCount == 84)
  }

  private struct Unexpected: Error {}
}
