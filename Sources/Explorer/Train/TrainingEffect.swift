public import Sessions
public import Training

/// What the train screen asks of the world.
public enum TrainingEffect: Sendable {
  /// Loads the data of a plan.
  case load(TrainingPlan, ticket: Int)
  /// Reads a checkpoint and its data.
  case resume(path: String, ticket: Int)
  /// Trains for a while, and then looks at a sample if one is asked for.
  case advance(TrainingCourse, sample: Int?, ticket: Int)
  case probe(TrainingRun, sample: Int, ticket: Int)
  case write(TrainingOutput, path: String, replacing: Replacement, TrainingMark)
  case open(TrainingRun, sample: Int)
}

/// How far a training was, to tell what of it was kept.
public struct TrainingMark: Sendable, Equatable {
  /// The ticket that it was started with.
  let training: Int
  let batches: Int
}

/// What a training has for a file.
public enum TrainingOutput: Sendable {
  case model(TrainingRun, sample: Int)
  case table(TrainingTable)
  case checkpoint(Checkpoint)

  var file: TrainingFile {
    switch self {
    case .model: .model
    case .table: .table
    case .checkpoint: .checkpoint
    }
  }
}

/// What the train screen is told.
public enum TrainingMessage: Sendable {
  case loaded(ticket: Int, Result<TrainingCourse, Failure>)
  case advanced(ticket: Int, Result<TrainingSlice, Failure>)
  case probed(ticket: Int, SampleProbe)
  case wrote(TrainingFile, path: String, TrainingMark, Result<Void, WriteFailure>)
  case opened(Result<Experiment, Failure>)
}

/// A while of training.
public struct TrainingSlice: Sendable {
  public let course: TrainingCourse
  public let batches: [BatchReport]
  /// The sample that was asked for, as the model then is.
  public let probe: SampleProbe?
}
