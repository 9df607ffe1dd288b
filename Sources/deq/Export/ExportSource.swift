import Explorer
import FixedPoint
import Sessions

/// What is exported: a session and its run, redone as it was recorded, or made now.
struct ExportSource {
  let file: String
  let document: SessionDocument
  let experiment: Experiment

  var run: Run<Network> { experiment.run }

  /// - Throws: `SessionError` that names the file.
  init(_ file: String) throws(SessionError) {
    self.file = file
    document = try SessionFile.read(file)
    do throws(SessionError) {
      experiment = try .finished(document, directory: SessionFile.directory(of: file))
    } catch {
      throw error.inFile(file)
    }
    if let remark { StandardError.print("\(file): \(remark)") }
  }

  /// What is exported, where that is not the recorded run.
  private var remark: String? {
    guard let opening = experiment.opening, opening.report.verdict == .different else { return nil }
    let what =
      opening.isFollowed
      ? "what is exported is the recording redone now" : "what is exported is a run of what the file says"
    return opening.report.reasons + "; " + what
  }
}
