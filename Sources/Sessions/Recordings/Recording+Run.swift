public import FixedPoint

extension Recording {
  /// Records a run that came from these actions; `document` is the session before the first of them.
  public init<Map: FixedPointMap>(of run: Run<Map>, actions: [RecordedAction], in document: SessionDocument) {
    self.init(
      origin: .current, session: Self.fingerprint(of: document), actions: actions, checks: Self.checks(of: run),
      outcome: run.outcome.map { RecordedOutcome($0) })
  }

  /// Records a run that was started and left alone: `deq run`.
  public init<Map: FixedPointMap>(of run: Run<Map>, in document: SessionDocument) {
    self.init(of: run, actions: [RecordedAction(step: 0, .run)], in: document)
  }

  /// Every step up to a hundred of them, else every k-th such that there are at most a hundred, and the last.
  static func checks<Map: FixedPointMap>(of run: Run<Map>) -> [Check] {
    let stride = max(1, (run.stepCount + 99) / 100)
    let steps = (1...max(1, run.stepCount)).filter { $0 <= run.stepCount && ($0 % stride == 0 || $0 == run.stepCount) }
    return steps.map { check(of: run, at: $0) }
  }

  static func check<Map: FixedPointMap>(of run: Run<Map>, at step: Int) -> Check {
    let residual = run.trace[step - 1].residualRelative
    return Check(
      step: step, residualRelative: residual?.isFinite == true ? residual : nil,
      digest: Fingerprint.of(run.iterate(at: step)))
  }

  /// Of all that determines the numbers: the canonical text without title, notes and recording.
  static func fingerprint(of document: SessionDocument) -> UInt64 {
    Fingerprint.of(SessionFile.text(of: document.plain))
  }
}
