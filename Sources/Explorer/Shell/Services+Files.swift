import FixedPoint
public import Sessions

extension Services {
  /// The services of the real program: sessions are files, the gallery shows one folder, and what is opened or saved is
  /// noted among the recent files.
  public static func files(gallery folder: String, recent: RecentFiles? = nil) -> Services {
    Services(
      listSessions: { Self.result { () throws(SessionError) in try SessionFile.list(in: folder) } },
      listRecent: { recent?.list(except: (try? SessionFile.list(in: folder)) ?? []) ?? [] },
      preview: { path in
        switch Self.result({ () throws(SessionError) in try Gallery.Summary(previewing: path) }) {
        case .success(let summary): .ready(summary)
        case .failure(let failure): .failed(failure.text)
        }
      },
      open: { path in
        Self.result { () throws(SessionError) in
          let experiment = try Experiment.opening(path)
          recent?.note(path)
          return experiment
        }
      },
      certify: { analysis, light in
        TheoremCatalog.all.filter { $0.isLight == light }.map { $0.certify(analysis) }
      },
      race: { race, solver in
        let clock = ContinuousClock()
        let begin = clock.now
        return race.result(of: solver, repetitions: 3) { begin.duration(to: clock.now) / .seconds(1) }
      },
      save: { document, path in
        Self.result { () throws(SessionError) in
          try SessionFile.write(document, to: path)
          recent?.note(path)
        }
      },
      datasets: [],
      export: { run, path in
        Self.result { () throws(SessionError) in
          try TraceTable.write(run, to: path)
          return run.stepCount
        }
      })
  }

  private static func result<Value>(_ work: () throws(SessionError) -> Value) -> Result<Value, Failure> {
    do throws(SessionError) {
      return .success(try work())
    } catch {
      return .failure(Failure(error.message))
    }
  }
}

extension Experiment {
  /// A session file as it was left: its recorded actions are redone. One whose recording is a plain run, or was left
  /// behind by an edit of the file, starts at its beginning: there is nothing to come back to.
  /// - Throws: `SessionError` that names the file.
  public static func opening(_ path: String) throws(SessionError) -> Experiment {
    let (document, _) = try Problem.open(path)
    let directory = SessionFile.directory(of: path)
    guard let recording = document.recording, recording.actions.map(\.action) != [.run] else {
      return try Experiment(document, directory: directory)
    }
    let replay = try Replay.finished(document, directory: directory)
    return try replay.leadsToFile ? replay.experiment : Experiment(document, directory: directory)
  }

  /// A session with all that its recording says done again.
  /// - Throws: `SessionError` if there is no recording, or if it cannot be done.
  public static func replayed(_ document: SessionDocument, directory: String) throws(SessionError) -> Experiment {
    try Replay.finished(document, directory: directory).experiment
  }
}

extension Replay {
  fileprivate static func finished(_ document: SessionDocument, directory: String) throws(SessionError) -> Replay {
    var replay = try Replay(document, directory: directory)
    try replay.finish()
    return replay
  }
}

extension Gallery.Summary {
  /// Runs a session to see how it ends.
  /// - Throws: `SessionError` that names the file.
  init(previewing path: String) throws(SessionError) {
    let (document, problem) = try Problem.open(path)
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    self.init(
      title: document.title ?? "", notes: document.notes ?? "", shape: problem.network.stateShape,
      method: document.solver.method, residuals: run.trace.map { $0[problem.stopping.measure] }, outcome: run.outcome)
  }
}
