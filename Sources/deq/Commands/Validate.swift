import ArgumentParser
import Sessions

/// `deq validate`: everything that is wrong with session files.
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check session files, and say everything that is wrong with them.",
    discussion: """
      Every error is a line on standard error: file: path: what (line, column). Exits with 0 if all files are good, with
      65 if one is not, with 66 if one cannot be read.

        deq validate sessions/*.deq.json
        deq validate --schema > deq-session-1.schema.json
      """)

  @Argument(help: ArgumentHelp("The session files (*.deq.json).", valueName: "file"))
  var files: [String] = []

  @Flag(name: .long, help: "Print the format as a JSON Schema (draft 2020-12).")
  var schema = false

  @OptionGroup var data: DataOptions

  func validate() throws {
    if files.isEmpty == !schema {
      throw ValidationError(schema ? "--schema: no files are expected beside it" : "a session file is expected")
    }
  }

  func run() throws {
    data.select()
    try Exit.reporting { () throws(SessionError) in
      if schema { try StandardOutput.print(SessionSchema.json) }
      let errors = files.flatMap { SessionFile.errors(in: $0) }
      for error in errors { StandardError.print(error.message) }
      if errors.contains(where: { $0.kind == .syntax || $0.kind == .content }) { return Exit.badFile }
      return errors.isEmpty ? .success : Exit.cannotRead
    }
  }
}
