import Screen
import TestSupport
import Testing

/// Days with the explorer, one a file in Scripts: see ``ExplorerScript`` for the lines. Before the first empty line
/// stands what the day begins with: `open NAME`, `window 80x24`, `terminal mono ascii`, `greet`.
struct KeyScriptTests {
  private static let folder =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/Scripts"

  private static let names = TemporaryDirectory.names(in: folder).filter { $0.hasSuffix(".keys") }

  @Test func thereAreADozenDays() { #expect(Self.names.count >= 12) }

  @Test(arguments: names) func goesAsWritten(_ name: String) async throws {
    let text = try SessionText.read(Self.folder + "/" + name)
    let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    try #require(parts.count == 2, "an empty line ends what the day begins with")
    var explorer = ExplorerScript.all
    var session: String?
    for line in parts[0].split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      switch words[0] {
      case "#": break
      case "open": session = words[1]
      case "window": explorer.size = ExplorerScript.size(words[1])
      case "terminal": explorer.profile = Profile(colors: .mono, glyphs: .ascii)
      case "greet": explorer.greets = true
      default: Issue.record("no such line: \(line)")
      }
    }
    let outcome = await explorer.run(opening: session, parts[1])
    for failure in outcome.failures { Issue.record("\(failure)") }
  }
}
