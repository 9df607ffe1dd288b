import ArgumentParser
import Sessions

/// `deq explore`, and `deq` alone: the explorer.
struct Explore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The terminal explorer; without a file it opens the gallery of sessions.",
    discussion: """
      Press space for a step, r to run, ← and → to look back and forth, ? for all keys.
      NO_COLOR, TERM and a locale without UTF-8 are respected; ^P switches the mouse off and on.
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String?

  @Flag(name: .long, inversion: .prefixedNo, help: "React to the mouse; without it the terminal selects text.")
  var mouse = true

  func run() throws {
    try Exit.reporting { () throws(SessionError) in try ExplorerLaunch(file: file, mouse: mouse).run() }
  }
}
