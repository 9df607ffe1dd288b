public import FixedPoint

extension Recording {
  /// Records a run that came from these actions; `document` is the session before the first of them.
  public init<Map: FixedPointMap>(
    of run: Run<Map>, actions: [RecordedAction], in document: SessionDocument, data: [DataDigest] = []
  ) {
    self.init(
      origin: .current, session: Self.fingerprint(of: document), data: data, actions: actions,
      checks: Self.checks(of: run),
      outcome: run.outcome.map { RecordedOutcome($0) })
  }

  /// Records a run that was started and left alone: `deq run`.
  public init<Map: FixedPointMap>(of run: Run<Map>, in document: SessionDocument, data: [DataDigest] = []) {
    self.init(of: run, actions: [RecordedAction(step: 0, .run)], in: document, data: data)
  }

  /// Every step up to a hundred of them, else every k-th such that there are at most a hundred, and the last.
  static func checks<Map: FixedPointMap>(of run: Run<Map>) -> [Check] {
    let steps = checkedSteps(of: run.stepCount)
    let areFew = steps.count * run.map.dimension <= mostStates
    return steps.map { step in
      let check = check(of: run, at: step)
      return areFew || step == steps.first || step == steps.last ? check : check.withoutState
    }
  }

  /// The steps of a run of so many that have a check.
  static func checkedSteps(of count: Int) -> [Int] {
    let stride = max(1, (count + 99) / 100)
    let regular = Array(Swift.stride(from: stride, through: count, by: stride))
    return regular.last == count || count == 0 ? regular : regular + [count]
  }

  /// Above so many numbers, only the first and the last check keep their states.
  private static let mostStates = 1024

  static func check<Map: FixedPointMap>(of run: Run<Map>, at step: Int) -> Check {
    let residual = run.trace[step - 1].residualRelative
    let iterate = run.iterate(at: step)
    return Check(
      step: step, residualRelative: residual?.isFinite == true ? residual : nil, digest: Fingerprint.of(iterate),
      state: iterate.allSatisfy(\.isFinite) ? iterate : nil)
  }

  /// Of all that determines the numbers: the canonical text without title, notes and recording.
  static func fingerprint(of document: SessionDocument) -> UInt64 {
    Fingerprint.of(SessionFile.text(of: document.plain))
  }
}
