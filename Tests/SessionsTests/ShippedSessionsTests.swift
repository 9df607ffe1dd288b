import FixedPoint
import Testing

@testable import Sessions

/// The sessions that are shipped do what their notes promise.
@Suite("Shipped sessions")
struct ShippedSessionsTests {
  private static let directory =
    FileSystem.directory(
      of: FileSystem.directory(of: FileSystem.directory(of: #filePath))) + "/sessions"

  static let names = [
    "01-dense-tanh", "02-dense-normalized", "03-nonnegative-normalized", "04-power-scaled", "05-three-fixed-points",
    "06-certificates-disagree", "07-sparse-coding", "08-cycle", "09-divergence", "10-slow-then-anderson",
  ]

  private func document(_ name: String) throws(SessionError) -> SessionDocument {
    try SessionFile.read("\(Self.directory)/\(name).deq.json")
  }

  /// The shipped session redone as it was recorded.
  private func replayed(_ name: String) throws -> Experiment {
    var replay = try Replay(try document(name), directory: Self.directory)
    try replay.finish()
    return replay.experiment
  }

  /// The shipped session after an edit, run to its end.
  private func run(_ name: String, _ edits: [(String, JSON)] = []) throws -> Run<Network> {
    var document = try document(name)
    for (path, value) in edits { document = try document.setting(path: path, to: value) }
    var experiment = try Experiment(document, directory: Self.directory)
    try experiment.perform(.run)
    while experiment.advance() {}
    return experiment.run
  }

  @Test("Each is canonical, teaches in a few sentences, and is recorded", arguments: names)
  func form(name: String) throws {
    let path = "\(Self.directory)/\(name).deq.json"
    let document = try document(name)
    #expect(try FileSystem.read(path) == SessionFile.text(of: document))
    #expect(document.title?.isEmpty == false)
    let sentences = (document.notes ?? "").split(separator: ". ").count
    #expect(2...5 ~= sentences)
    #expect(document.recording?.checks.isEmpty == false)
    #expect(document.recording?.session == Recording.fingerprint(of: document))
  }

  @Test("Each replays identically, or equivalently elsewhere", arguments: names)
  func replay(name: String) throws {
    let document = try document(name)
    let report = try Replay.verify(document, directory: Self.directory)
    let isElsewhere = document.recording?.origin.computesLike(.current) == false
    #expect(report.verdict == .identical || (isElsewhere && report.verdict == .equivalent), "\(report)")
    #expect(!report.isEdited)
  }

  @Test("One flipped last bit of a weight is seen, and the first differing step named", arguments: names)
  func flipped(name: String) throws {
    let document = try document(name)
    guard case .tensor(let weight) = document.network.operators[0].fields[0].value else { throw Unexpected() }
    var edited = document
    switch weight {
    case .values(var tensor):
      guard let position = tensor.values.firstIndex(where: { $0 != 0 }) else { throw Unexpected() }
      tensor.values[position] = tensor.values[position].nextUp
      edited.network.operators[0].fields[0].value = .tensor(.values(tensor))
    case .ensemble(var ensemble, let shape):
      // The last bit of the gain reaches the last bits of the entries; where a constraint takes it back, the seed does.
      if ensemble.constraint == .rowStochastic { ensemble.seed += 1 } else { ensemble.gain = ensemble.gain.nextUp }
      edited.network.operators[0].fields[0].value = .tensor(.ensemble(ensemble, shape: shape))
    default: throw Unexpected()
    }
    let report = try Replay.verify(edited, directory: Self.directory)
    #expect(report.verdict == .different)
    #expect(report.isEdited)
    #expect(report.firstDifference != nil)
  }

  @Test("Each ends as its notes say")
  func outcomes() throws {
    for name in Self.names {
      let expected: Outcome =
        switch name {
        case "08-cycle": .cycle(period: 4)
        case "09-divergence": .diverged
        default: .converged
        }
      #expect(try replayed(name).run.outcome == expected, "\(name)")
    }
  }

  @Test("Dense: all units are positive, and a gain of 8 takes several times as many steps")
  func dense() throws {
    #expect(try run("01-dense-tanh").iterate.allSatisfy { $0 > 0 })
    let ratios = try run("01-dense-tanh").trace.suffix(10).compactMap(\.ratioEuclidean)
    #expect(ratios.allSatisfy { $0 > 0.3 && $0 < 0.8 })
    let louder = try run("01-dense-tanh", [("network.operators[0].weight.gain", 8)])
    #expect(louder.stepCount > 3 * (try run("01-dense-tanh")).stepCount)
  }

  @Test("Normalised: half as many steps, and the largest unit is exactly 1")
  func normalized() throws {
    let run = try run("02-dense-normalized")
    #expect(2 * run.stepCount <= (try self.run("01-dense-tanh")).stepCount)
    #expect(run.iterate.max() == 1)
  }

  @Test("Non-negative: the Hilbert ratio settles, and larger weights need fewer steps")
  func nonnegative() throws {
    let run = try run("03-nonnegative-normalized")
    #expect(run.trace[3...8].allSatisfy { abs(($0.ratioHilbert ?? 0) - 0.17) < 0.005 })
    let louder = try self.run("03-nonnegative-normalized", [("network.operators[0].weight.gain", 1)])
    #expect(louder.outcome == .converged)
    #expect(louder.stepCount < run.stepCount)
  }

  @Test("Power: the Thompson ratio stays below the power")
  func power() throws {
    #expect(try run("04-power-scaled").trace.dropFirst().allSatisfy { ($0.ratioThompson ?? 1) < 0.3 })
  }

  @Test("Three fixed points: each start goes where the notes say")
  func threeFixedPoints() throws {
    let starts: [(JSON, [Double])] = [
      ([1, 1], [1.2, 1.2]), ([1.3, 1.1], [2.1575040240772685, 0.24249597592273123]),
      ([1.1, 1.3], [0.24249597592273123, 2.1575040240772685]),
    ]
    for (start, expected) in starts {
      let run = try run("05-three-fixed-points", [("start", ["values": start])])
      for (value, expected) in zip(run.iterate, expected) { #expect(abs(value - expected) < 1e-9) }
    }
  }

  @Test("Certificates disagree: the golden trace")
  func golden() throws {
    let run = try run("06-certificates-disagree")
    #expect(run.stepCount == 56)
    #expect(abs(run.trace[0].residualAbsolute - 3.657236174488e-01) < 1e-12)
  }

  @Test("Sparse coding: two atoms are left, the others exactly 0")
  func sparse() throws {
    let run = try run("07-sparse-coding")
    #expect(run.stepCount == 389)
    #expect(run.iterate.indices.filter { run.iterate[$0] != 0 } == [3, 11])
  }

  @Test("The cycle is damped away, the divergence scaled away")
  func cured() throws {
    let damped = try run("08-cycle", [("solver", ["method": "damped", "factor": 0.3])])
    #expect(damped.outcome == .converged)
    #expect(damped.iterate.allSatisfy { abs($0) < 1e-8 })
    let scaled = try run("09-divergence", [("network.operators[1].by", 0.9)])
    #expect(scaled.outcome == .converged)
    #expect(abs((scaled.trace.last?.ratioSup ?? 0) - 0.9) < 1e-3)
    #expect(try run("09-divergence").trace.suffix(20).allSatisfy { abs(($0.ratioSup ?? 0) - 1.3) < 1e-3 })
  }

  @Test("Slow: plain iteration needs almost a thousand steps, Anderson a few from wherever it starts")
  func slow() throws {
    let plain = try run("10-slow-then-anderson")
    #expect(900...1000 ~= plain.stepCount)
    #expect(abs((plain.trace.last?.ratioEuclidean ?? 0) - 0.9807852804032304) < 1e-6)
    #expect(try replayed("10-slow-then-anderson").run.stepCount < 230)
    var experiment = try replayed("10-slow-then-anderson")
    try experiment.perform(.rewind(to: 10))
    try experiment.perform(.branch)
    try experiment.perform(.run)
    while experiment.advance() {}
    #expect(experiment.run.outcome == .converged)
    #expect(experiment.run.stepCount < 40)
  }
}
