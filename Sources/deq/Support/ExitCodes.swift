import ArgumentParser
import Sessions

/// The exit codes of the formats.
enum Exit {
  static let notReached = ExitCode(1)
  static let usage = ExitCode(64)
  static let badFile = ExitCode(65)
  static let cannotRead = ExitCode(66)
  static let cannotWrite = ExitCode(73)

  /// Says what went wrong in one line on standard error and ends with the code that belongs to it.
  static func failing(_ error: SessionError) -> ExitCode {
    StandardError.print(error.message)
    switch error.kind {
    case .bad: return badFile
    case .unreadable: return cannotRead
    case .unwritable: return cannotWrite
    }
  }
}
