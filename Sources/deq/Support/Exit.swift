import ArgumentParser
import Glibc
import Sessions

/// The exit codes of the formats, and the one line that goes with a failure.
enum Exit {
  static let notReached = ExitCode(1)
  static let usage = ExitCode(64)
  static let badFile = ExitCode(65)
  static let cannotRead = ExitCode(66)
  static let cannotWrite = ExitCode(73)
  /// An error of the program itself, which asks to be reported.
  static let internalError = ExitCode(70)

  static let interrupted = ended(by: SIGINT)

  /// As shells report a program that a signal has ended.
  static func ended(by signal: Int32) -> ExitCode { ExitCode(128 + signal) }

  /// Does the work of a command; what a file has against it goes to standard error as one line.
  static func reporting(_ work: () throws(SessionError) -> ExitCode) throws {
    let code: ExitCode
    do throws(SessionError) {
      code = try work()
    } catch {
      StandardError.print(error.file == nil ? "deq: " + error.message : error.message)
      code = Exit.code(for: error)
    }
    if code != .success { throw code }
  }

  private static func code(for error: SessionError) -> ExitCode {
    switch error.kind {
    case .syntax, .content: error.file == nil ? usage : badFile
    case .unreadable: cannotRead
    case .unwritable: cannotWrite
    case .contradiction: internalError
    }
  }
}
