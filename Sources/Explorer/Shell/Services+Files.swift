import FixedPoint
import Glibc
public import Sessions

extension Services {
  /// The services of the real program: sessions are files, and the gallery shows one folder.
  /// Settings, unsaved work and the list of recent files are kept in `personal`; `ledger` knows the files that were opened before.
  public static func files(
    gallery folder: String, personal: PersonalFolders = .nowhere, ledger: FileLedger = FileLedger()
  ) -> Services {
    let recent = personal.recent
    return Services(
      listSessions: { Self.result { () throws(SessionError) in try SessionFile.list(in: folder) } },
      listRecent: { recent?.list(except: (try? SessionFile.list(in: folder)) ?? []) ?? [] },
      preview: { path in
        switch Self.result({ () throws(SessionError) in try Gallery.Summary(previewing: path) }) {
        case .success(let summary): .ready(summary)
        case .failure(let failure): .failed(failure.text)
        }
      },
      open: { path in
        ledger.note(path)
        return Self.result { () throws(SessionError) in
          let experiment = try Experiment.opening(path)
          recent?.note(path)
          return experiment
        }
      },
      certify: { analysis, light in
        TheoremCatalog.all.filter { $0.isLight == light }.map { $0.certificate(of: analysis) }
      },
      race: { race, solver in
        let clock = ContinuousClock()
        let begin = clock.now
        return race.result(of: solver, repetitions: 3) { begin.duration(to: clock.now) / .seconds(1) }
      },
      datasets: (try? DatasetCatalog.standard().entries().map(\.name)) ?? [],
      processors: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
      training: .files(ledger) { recent?.note($0) },
      journal: personal.journal,
      ledger: ledger,
      placeForRecording: SessionFile.placeForRecording(of:),
      save: { document, path, replacing in
        Self.writing(path, replacing, ledger) { () throws(SessionError) in
          try SessionFile.write(document, to: path)
          ledger.note(path)
          recent?.note(path)
        }
      },
      export: { request in
        Self.writing(request.path, request.replacing, ledger) { () throws(SessionError) in try request.perform() }
      },
      keepCopy: { text in
        Self.result { () throws(SessionError) in try personal.keepCopy(text) }
      },
      remember: { memory in
        Self.result { () throws(SessionError) in try personal.remember(memory) }
      })
  }

  /// Writes a file, unless it would take the place of one that it must not replace.
  private static func writing<Value>(
    _ path: String, _ replacing: Replacement, _ ledger: FileLedger, _ work: () throws(SessionError) -> Value
  ) -> Result<Value, WriteFailure> {
    if let obstacle = ledger.obstacle(to: replacing, at: path) { return .failure(.wouldReplace(obstacle)) }
    return result(work).mapError { .failed($0) }
  }

  static func result<Value>(_ work: () throws(SessionError) -> Value) -> Result<Value, Failure> {
    do throws(SessionError) {
      return .success(try work())
    } catch {
      return .failure(Failure(error.message))
    }
  }
}

extension Experiment {
  /// A session file as it was left: its recorded actions are redone.
  /// - Throws: `SessionError` that names the file.
  public static func opening(_ path: String) throws(SessionError) -> Experiment {
    let (document, _) = try Problem.open(path)
    do throws(SessionError) {
      return try opened(document, directory: SessionFile.directory(of: path))
    } catch {
      throw error.inFile(path)
    }
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
