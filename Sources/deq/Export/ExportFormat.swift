import ArgumentParser
import Sessions

/// One kind of file that `deq export` writes: a group of options of the command.
protocol ExportFormat: ParsableArguments {
  /// Whether the command line asks for this file.
  var isWanted: Bool { get }

  /// - Returns: `Exit.notReached` where the run does not have what is asked for, which has then been said.
  /// - Throws: `SessionError`; a file that was there before is then untouched.
  func write(_ source: ExportSource) throws(SessionError) -> ExitCode
}
