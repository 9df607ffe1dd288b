import Glibc
import Screen
import TestSupport
import Testing

@testable import Explorer

/// The screen at the top of the README is what the program shows. `DEQ_PICTURES=write` writes it anew.
struct ReadmeTests {
  private static let root =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

  @Test func theReadmeShowsTheProgram() async throws {
    let session = try SessionText.read(Self.root + "/sessions/06-certificates-disagree.deq.json")
    var explorer = ExplorerScript(["06-certificates-disagree.deq.json": session])
    explorer.size = Size(width: 100, height: 30)
    let outcome = await explorer.run(opening: "06-certificates-disagree.deq.json", "press $\npass 1500\npress y")
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    let picture = outcome.model.frame().canvas.text
    let readme = try SessionText.read(Self.root + "/README.md")
    if unsafe getenv("DEQ_PICTURES") != nil {
      let parts = readme.split(separator: "```", maxSplits: 2, omittingEmptySubsequences: false)
      try #require(parts.count == 3)
      SessionText.write("\(parts[0])```\n\(picture)\n```\(parts[2])", to: Self.root + "/README.md")
      return
    }
    #expect(readme.contains("```\n\(picture)\n```"))
  }
}
