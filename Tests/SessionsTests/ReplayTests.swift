import FixedPoint
import Glibc
import Testing

@testable import Sessions

@Suite("Verifying replays")
struct ReplayTests {
  private func recorded() throws -> SessionDocument {
    let document = try SessionFile.parse(Array(ExperimentTests.golden.utf8))
    var experiment = try Experiment(document, directory: ".")
    try experiment.perform(.run)
    while experiment.advance() {}
    return experiment.saved
  }

  @Test("A recording made of a plain run is that of an experiment left alone")
  func plainRun() throws {
    let document = try SessionFile.parse(Array(ExperimentTests.golden.utf8))
    let problem = try Problem(document, directory: ".")
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    #expect(Recording(of: run, in: document) == (try recorded()).recording)
  }

  @Test("One flipped last bit of a weight is different, from the first step that saw it")
  func flipped() throws {
    var document = try recorded()
    guard case .tensor(.values(var weight)) = document.network.operators[0].fields[0].value else { throw Unexpected() }
    // From the start at 0 the weights first count in row 2, about z_1 = tanh(b).
    weight.values[4] = weight.values[4].nextUp
    document.network.operators[0].fields[0].value = .tensor(.values(weight))
    let report = try Replay.verify(document, directory: ".")
    #expect(report.verdict == .different)
    #expect(report.isEdited)
    let expected = try firstDifference(between: try recorded(), and: document)
    #expect(report.firstDifference?.step == expected)
    #expect(report.firstDifference?.recorded != nil)
  }

  @Test("The first unit that differs is named with both values")
  func namesTheUnit() throws {
    var document = try recorded()
    guard case .tensor(.values(var bias)) = document.network.operators[1].fields[0].value else { throw Unexpected() }
    let index = bias.values.count - 1
    bias.values[index] += 0.5
    document.network.operators[1].fields[0].value = .tensor(.values(bias))
    // From the start at 0 the bias first counts in z_1 = tanh(b), which row 2 is about.
    let before = try #require(document.recording?.checks[1].state)
    let report = try Replay.verify(document, directory: ".")
    let unit = try #require(report.firstDifference?.unit)
    #expect(report.firstDifference?.step == 2)
    #expect(unit.index == index)
    #expect(unit.recorded == before[index])
    #expect(abs(unit.found - tanh(bias.values[index])) < 1e-15)
  }

  @Test("Large recordings keep the states of their ends alone")
  func boundsTheStates() throws {
    let document = SessionDocument(
      network: NetworkSource(
        stateShape: Shape([200]),
        operators: [OperatorSource("scale", [FieldSource("by", .number(0.5))]), OperatorSource("inject", [])]))
    let problem = try Problem(document, directory: ".")
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    let checks = Recording(of: run, in: document).checks
    #expect(checks.count > 2)
    #expect(checks.indices.filter { checks[$0].state != nil } == [0, checks.count - 1])
  }

  @Test("Notes at steps are kept in their order and survive a replay; an empty one takes the old one away")
  func notes() throws {
    var experiment = try Experiment(try recorded(), directory: ".")
    for (step, text) in [(5, "b"), (0, "a"), (9, "c"), (5, "B"), (9, "")] { experiment.annotate(step, text) }
    let read = try SessionFile.parse(SessionFile.text(of: experiment.saved))
    let notes = [StepNote(step: 0, text: "a"), StepNote(step: 5, text: "B")]
    #expect(read.recording?.annotations == notes)
    var replay = try Replay(read, directory: ".")
    try replay.finish()
    #expect(replay.experiment.notes == notes)
    #expect(replay.experiment.saved == read)
  }

  /// The first row whose iterate or relative residual is not the same, by going through two whole runs.
  private func firstDifference(between left: SessionDocument, and right: SessionDocument) throws -> Int? {
    let runs = try [left, right].map { document in
      let problem = try Problem(document, directory: ".")
      var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
      run.runToEnd()
      return run
    }
    return (1...runs[0].stepCount).first { step in
      runs[0].iterate(at: step) != runs[1].iterate(at: step)
        || runs[0].trace[step - 1].residualRelative != runs[1].trace[step - 1].residualRelative
    }
  }

  @Test("A flipped bit of a bias differs at step 1 or 2, and a damaged digest exactly where it is")
  func damaged() throws {
    var document = try recorded()
    let check = document.recording?.checks[16]
    document.recording?.checks[16] = Check(
      step: 17, residualRelative: check?.residualRelative, digest: (check?.digest ?? 0) ^ 1)
    let report = try Replay.verify(document, directory: ".")
    #expect(report.verdict == .different)
    #expect(report.firstDifference?.step == 17)
    #expect(!report.isEdited)
  }

  @Test("Elsewhere, small differences are equivalent and large ones are not")
  func elsewhere() throws {
    var document = try recorded()
    document.recording?.origin.kernel = "another"
    let checks = document.recording?.checks ?? []
    func changed(_ check: Check, by factor: Double) -> Check {
      let state = check.state?.map { $0 * factor } ?? []
      return Check(
        step: check.step, residualRelative: check.residualRelative.map { $0 * (1 + 1e-12) },
        digest: Fingerprint.of(state), state: state)
    }
    document.recording?.checks = checks.map { changed($0, by: 1 + 1e-12) }
    #expect(try Replay.verify(document, directory: ".").verdict == .equivalent)
    for factor in [-1, 1 + 1e-8] {
      document.recording?.checks[30] = changed(checks[30], by: factor)
      let report = try Replay.verify(document, directory: ".")
      #expect(report.verdict == .different && report.firstDifference?.step == 31)
    }
    document.recording?.checks = checks.map(\.withoutState)
    document.recording?.checks[0] = Check(step: 1, residualRelative: 0.5, digest: 0)
    #expect(try Replay.verify(document, directory: ".").verdict == .different)
  }

  @Test("A recording that says another outcome or length is different")
  func outcome() throws {
    var document = try recorded()
    document.recording?.outcome = RecordedOutcome(.stalled)
    #expect(try Replay.verify(document, directory: ".").verdict == .different)
    document = try recorded()
    document.recording?.checks.removeLast()
    #expect(try Replay.verify(document, directory: ".").verdict == .different)
    document = try recorded()
    document.recording?.checks.append(Check(step: 99, residualRelative: nil, digest: 0))
    let report = try Replay.verify(document, directory: ".")
    #expect(report.verdict == .different)
    #expect(
      report.firstDifference
        == ReplayReport.Difference(step: 99, recorded: nil, found: nil, reachedStep: false, unit: nil))
  }

  @Test("Nothing recorded is said")
  func nothing() throws {
    var document = try recorded()
    document.recording = nil
    #expect(try Replay.verify(document, directory: ".").verdict == .nothingRecorded)
  }

  @Test(
    "Hexadecimal floats as C prints them",
    arguments: [
      (0.375, "0x1.8p-2"), (1, "0x1p+0"), (0, "0x0p+0"), (-0.0, "-0x0p+0"), (0.1, "0x1.999999999999ap-4"),
      (1e-10, "0x1.b7cdfd9d7bdbbp-34"), (.leastNonzeroMagnitude, "0x0.0000000000001p-1022"),
      (.greatestFiniteMagnitude, "0x1.fffffffffffffp+1023"),
    ])
  func hexadecimal(number: Double, text: String) {
    #expect(hexadecimalFloatText(number) == text)
    #expect(Double(text)?.bitPattern == number.bitPattern)
  }

  @Test("FNV-1a by its published test vectors")
  func fingerprint() {
    #expect(Fingerprint.of([UInt8]()) == 0xCBF2_9CE4_8422_2325)
    #expect(Fingerprint.of(Array("a".utf8)) == 0xAF63_DC4C_8601_EC8C)
    #expect(Fingerprint.of(Array("foobar".utf8)) == 0x8594_4171_F739_67E8)
    #expect(Fingerprint.of([1.0] as [Double]) == Fingerprint.of([0, 0, 0, 0, 0, 0, 0xF0, 0x3F] as [UInt8]))
  }
}

extension ReplayTests {
  /// Newton's method in logarithms needs a positive image; here it breaks down at once.
  @Test("A breakdown is tried again, though one looked back afterwards")
  func breakdownThenRewind() throws {
    let text = #"""
      {"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": [{"op": "scale", "by": -1}]},
       "solver": {"method": "newton-log"}}
      """#
    var experiment = try Experiment(try SessionFile.parse(Array(text.utf8)), directory: ".")
    try experiment.perform(.run)
    while experiment.advance() {}
    try experiment.perform(.rewind(to: 0))
    #expect(experiment.saved.recording?.outcome?.name == "failed")
    #expect(try Replay.verify(experiment.saved, directory: ".").verdict == .identical)
  }
}
