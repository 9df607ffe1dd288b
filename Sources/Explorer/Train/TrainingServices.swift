import FixedPoint
public import Sessions
public import Training

/// What the train screen needs of the world.
public struct TrainingServices: Sendable {
  public var load: @Sendable (TrainingPlan) -> Result<TrainingCourse, Failure>
  public var resume: @Sendable (_ path: String) -> Result<TrainingCourse, Failure>
  /// Trains for a while by a clock of its own, at least a batch.
  public var advance: @Sendable (TrainingCourse, _ sample: Int?) -> Result<TrainingSlice, Failure>
  public var write: @Sendable (TrainingOutput, _ path: String, Replacement) -> Result<Void, WriteFailure>
}

extension TrainingServices {
  /// The services of the real program; `ledger` knows the files that it may replace.
  static func files(_ ledger: FileLedger, noting note: @escaping @Sendable (_ path: String) -> Void) -> TrainingServices
  {
    TrainingServices(
      load: { plan in
        Services.result { () throws(SessionError) in try TrainingCourse(plan, on: try content(of: plan)) }
      },
      resume: { path in
        Services.result { () throws(SessionError) in
          let checkpoint = try Checkpoint.read(path)
          for file in Checkpoint.files(at: path) { ledger.note(file) }
          return try TrainingCourse(checkpoint, on: try content(of: checkpoint.plan))
        }
      },
      advance: { course, sample in TrainingSlice.of(course, sample: sample, by: TrainingRun.seconds) },
      write: { output, path, replacing in
        if let obstacle = output.obstacle(to: replacing, at: path, ledger) { return .failure(.wouldReplace(obstacle)) }
        let result = Services.result { () throws(SessionError) in try output.write(to: path) }
        if case .success = result {
          for file in output.files(at: path) { ledger.note(file) }
          if case .model = output { note(path) }
        }
        return result.mapError { .failed($0) }
      })
  }

  private static func content(of plan: TrainingPlan) throws(SessionError) -> DatasetCatalog.Content {
    do throws(SessionError) {
      return try DatasetCatalog.standard().load(plan.data.name)
    } catch {
      var error = error
      if error.file == nil, error.path.isEmpty { error.path = "data.name" }
      throw error
    }
  }
}

extension TrainingSlice {
  /// How long a slice goes on, in seconds: a pause answers after at most one batch more.
  public static let duration = 0.08

  /// Trains for ``duration`` by a clock, at least a batch, and looks at a sample.
  public static func of(
    _ course: TrainingCourse, sample: Int?, by clock: () -> Double
  ) -> Result<TrainingSlice, Failure> {
    Services.result { () throws(SessionError) in
      var course = course
      var batches: [BatchReport] = []
      let begin = clock()
      repeat {
        try course.advance(
          while: { batch in
            batches.append(batch)
            return clock() - begin < duration
          }, by: clock)
      } while !course.isDone && clock() - begin < duration
      return TrainingSlice(course: course, batches: batches, probe: sample.map { course.run.probe($0) })
    }
  }
}

extension TrainingOutput {
  /// All that is written for a path.
  fileprivate func files(at path: String) -> [String] {
    switch self {
    case .model: [path, SessionFile.companion(of: path)]
    case .table: [path]
    case .checkpoint: Checkpoint.files(at: path)
    }
  }

  fileprivate func obstacle(
    to replacing: Replacement, at path: String, _ ledger: FileLedger
  ) -> FileLedger.Obstacle? {
    files(at: path).lazy.compactMap { ledger.obstacle(to: replacing, at: $0) }.first
  }

  fileprivate func write(to path: String) throws(SessionError) {
    switch self {
    case .model(let run, let sample): try run.model(sample: sample, writtenTo: path).write(to: path)
    case .table(let table): try table.write(to: path)
    case .checkpoint(let checkpoint):
      let lock = try WriteLock(of: path)
      defer { withExtendedLifetime(lock) {} }
      try checkpoint.write(to: path)
    }
  }
}
