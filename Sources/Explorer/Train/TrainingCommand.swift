public import Sessions

/// What can be asked of the train screen.
public enum TrainingCommand: Sendable, Equatable {
  // Choosing what to train.
  case next
  case previous
  case first
  case last
  /// Between the recipes and the plan, or from pane to pane.
  case nextPart
  case change(BuildCommand.Step)
  /// From a recipe to its plan; there, types a value or chooses one.
  case enter
  case restoreDefault
  case edit(path: String, value: JSON)
  /// Between the recipes and the training.
  case toggleRecipes
  case leave

  // The training.
  /// Starts, pauses, goes on.
  case toggle
  /// Starts the selected recipe; what was trained before is let go of.
  case begin
  case stop
  case scaleRate(Double)
  case nextSample
  case previousSample
  case zoom

  // What comes of it.
  case ask(TrainingFile)
  case write(TrainingFile, path: String, replacing: Replacement = .nothing)
  /// Goes on from a checkpoint; what was trained before is let go of.
  case resume(path: String)
  case resumeAnyway(path: String)
  /// Opens the trained layer as a session.
  case open
  case openAnyway
  case discardAndQuit
}

/// A file that a training writes, or goes on from.
public enum TrainingFile: Sendable, Equatable {
  /// The trained layer as a session, with the head beside it.
  case model
  /// A row an epoch.
  case table
  /// All that is needed to go on, written after each epoch.
  case checkpoint

  /// What was typed, with the ending that such files have.
  func path(named text: String) -> String {
    switch self {
    case .model: text.hasSuffix(".json") ? text : text + ".deq.json"
    case .table: text.contains(".") ? text : text + ".csv"
    case .checkpoint: text.hasSuffix(".safetensors") ? text : text + ".safetensors"
    }
  }
}
