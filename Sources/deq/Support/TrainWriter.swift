import FixedPoint
import Sessions
import Training

/// Writes the files of a training; one that fails is said once, and the training goes on.
struct TrainWriter {
  private let files: TrainFiles
  /// What was said of files that failed.
  private var failures: [String] = []
  /// What is in a file now, as a sentence each, in the order of the files.
  private var sentences: [String: String] = [:]

  init(_ files: TrainFiles) { self.files = files }

  var hasFailed: Bool { !failures.isEmpty }

  /// What is kept where.
  var kept: [String] { [files.checkpoint, files.save, files.csv].compactMap { $0.flatMap { sentences[$0] } } }

  mutating func write(_ table: TrainingTable) {
    keep(files.csv, "the epochs are in") { path throws(SessionError) in try table.write(to: path) }
  }

  /// None is written of a training that has diverged.
  mutating func write(_ checkpoint: Checkpoint?) {
    guard let checkpoint else { return }
    keep(files.checkpoint, "deq train --resume", " goes on from there") { path throws(SessionError) in
      try checkpoint.write(to: path)
    }
  }

  mutating func write(_ part: TrainingPart) {
    keep(files.part, "the runs are in") { path throws(SessionError) in try part.write(to: path) }
  }

  mutating func write(_ run: TrainingRun) {
    guard let path = files.save else { return }
    let model = run.model(writtenTo: path)
    guard model.isFinite else { return StandardError.print("\(path) is not written: the run has diverged") }
    if keep(path, "the model is in", "", { path throws(SessionError) in try model.write(to: path) }) {
      StandardError.print("the head and large tensors are in \(SessionFile.companion(of: path))")
    }
  }

  @discardableResult
  private mutating func keep(
    _ path: String?, _ before: String, _ after: String = "", _ write: (String) throws(SessionError) -> Void
  ) -> Bool {
    guard let path else { return false }
    do throws(SessionError) {
      try write(path)
      sentences[path] = "\(before) \(path)\(after)"
      return true
    } catch {
      sentences[path] = nil
      if !failures.contains(error.message) {
        failures.append(error.message)
        StandardError.print(error.message)
      }
      return false
    }
  }
}
