import FixedPoint
import Sessions
import Training

/// The files that a training writes: tried before the first batch, kept apart from what it reads, and never put in the
/// place of what is not of the training unless that is asked for.
struct TrainFiles {
  let csv: String?
  let save: String?
  let checkpoint: String?
  let part: String?

  /// Each with the option that names it, companions included.
  var all: [(option: String, path: String)] {
    var files: [(String, String)] = []
    if let checkpoint {
      files += zip(["--checkpoint", "--checkpoint, for the epochs beside it,"], Checkpoint.files(at: checkpoint))
      files.append(("--checkpoint, for its lock,", WriteLock.place(of: checkpoint)))
    }
    if let csv { files.append(("--csv", csv)) }
    if let part { files.append(("--part", part)) }
    if let save {
      files.append(("--save", save))
      files.append(("--save, for what it writes beside the session,", SessionFile.companion(of: save)))
    }
    return files
  }

  /// Two options that name one file, with its path; `nil` if there are none.
  func conflict(with inputs: [(option: String, path: String)]) -> (first: String, second: String, path: String)? {
    var known = inputs
    for file in all {
      if let other = known.first(where: { FileSystem.isOne($0.path, file.path) }) {
        return (file.option, other.option, file.path)
      }
      known.append(file)
    }
    return nil
  }

  /// Tries whether everything can be written.
  /// - Throws: ``SessionError`` of kind `unwritable` with the first file that cannot be.
  func requireWritable() throws(SessionError) {
    for file in all { try FileSystem.requireWritable(file.path) }
  }
}

// MARK: What is there already

extension TrainFiles {
  /// - Throws: ``SessionError`` of kind `unwritable` with a file that is there, before a training that begins.
  func requireNothing(_ plan: TrainingPlan) throws(SessionError) {
    if let checkpoint, FileSystem.holdsFile(checkpoint) {
      throw FileSystem.kept(checkpoint, Self.reason(checkpoint, plan))
    }
    let epochs = checkpoint.map { Checkpoint.files(at: $0)[1] }
    for file in all where FileSystem.holdsFile(file.path) && !file.option.contains("lock") {
      if file.path == epochs, Checkpoint.areEpochs(file.path) { continue }
      throw FileSystem.kept(file.path, "it is there already (\(Self.word(file.option)); --force replaces it)")
    }
  }

  private static func word(_ option: String) -> String { String(option.prefix { $0 != "," }) }

  private static func reason(_ path: String, _ plan: TrainingPlan) -> String {
    guard let known = try? Checkpoint.read(path) else {
      return "another file is there, which --force replaces"
    }
    guard known.plan == plan else { return "the checkpoint of another training is there, which --force replaces" }
    return "it has this training after \(known.epochCount) epochs: --resume \(path) goes on, --force begins anew"
  }

  /// - Throws: ``SessionError`` of kind `unwritable` with a file that is not of the training that goes on.
  func requireOwn(_ course: TrainingCourse, seconds: Bool) throws(SessionError) {
    func refuse(_ path: String, _ option: String) -> SessionError {
      FileSystem.kept(path, "it is not of this training (\(option); --force replaces it)")
    }
    if let csv, FileSystem.holdsFile(csv) {
      let text = String(decoding: try FileSystem.read(csv), as: UTF8.self)
      guard TrainingTable(course, seconds: seconds).agrees(with: text) else { throw refuse(csv, "--csv") }
    }
    if let save {
      for path in [save, SessionFile.companion(of: save)] where FileSystem.holdsFile(path) {
        let readout = (try? Readout.beside(save)) ?? nil
        guard readout?.origin == course.run.origin else { throw refuse(path, "--save") }
      }
    }
    if let part, FileSystem.holdsFile(part) {
      let known = try? TrainingPart(reading: part)
      guard known?.shard == course.shard, known?.plan == course.plan else { throw refuse(part, "--part") }
    }
  }
}
