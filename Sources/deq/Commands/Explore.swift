import ArgumentParser
import Sessions

/// `deq explore`, and `deq` alone: the explorer.
struct Explore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The terminal explorer; without a file it opens the gallery of sessions.",
    discussion: """
      Press space for a step, r to run, ← and → to look back and forth, ? for all keys.
      Settings are kept in $XDG_CONFIG_HOME/deq/config.json; options come before them.
      NO_COLOR, TERM and a locale without UTF-8 are respected; ^P switches the mouse off and on.
      """)

  @Argument(help: ArgumentHelp("The session file (*.deq.json).", valueName: "file"))
  var file: String?

  @OptionGroup var appearance: AppearanceOptions
  @OptionGroup var data: DataOptions

  func run() throws {
    data.select()
    try Exit.reporting { () throws(SessionError) in try ExplorerLaunch(file: file, appearance: appearance).run() }
  }
}
