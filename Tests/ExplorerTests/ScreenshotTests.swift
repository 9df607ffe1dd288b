import Glibc
import Screen
import TestSupport
import Testing

@testable import Explorer

/// Documentation/screens.md shows every screen as the program shows it. `make screenshots` writes it anew.
struct ScreenshotTests {
  private static let root =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

  private static let sessions = [
    "01-dense-tanh", "05-three-fixed-points", "06-certificates-disagree", "08-cycle", "11-monotone-operator",
    "14-positive-concave",
  ].map { $0 + ".deq.json" }

  /// What is done before the picture of each screen is taken.
  private static func keys(_ place: ExplorerModel.Place) -> String {
    switch place {
    case .gallery: "press j j"
    case .watch: "press $\npass 1500\npress y left left"
    case .certificates: "press $\npass 1500\npress 6 j j j"
    case .race: "press 7 j j j"
    case .sweep: "press 9 right up"
    case .train: "press 0 space\npass 800\npress space"
    case .build, .spectrum, .phase, .compare: "press $\npass 1500\npress \(place.digit)"
    }
  }

  @Test func theScreensAreThoseOfTheProgram() async throws {
    var text = """
      # The screens

      Each at 120x40, taken from the program by `make screenshots` and compared with it by the tests.

      """
    for place in ExplorerModel.Place.allCases {
      let picture = try await picture(of: place)
      text += "\n## \(place.digit) \(place.summary)\n\n```\n\(picture)\n```\n"
    }
    let path = Self.root + "/Documentation/screens.md"
    if unsafe getenv("DEQ_PICTURES") != nil { SessionText.write(text, to: path) }
    #expect(try SessionText.read(path) == text)
  }

  private func picture(of place: ExplorerModel.Place) async throws -> String {
    var files: [String: String] = [:]
    for name in Self.sessions { files[name] = try SessionText.read(Self.root + "/sessions/" + name) }
    var explorer = ExplorerScript(files)
    explorer.size = Size(width: 120, height: 40)
    let session = place == .gallery ? nil : "06-certificates-disagree.deq.json"
    let outcome = await explorer.run(opening: session, Self.keys(place))
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    // A folder of another name that is as long.
    return outcome.model.frame().canvas.text.replacing(#/\/tmp\/deq-tests-\w{6}/#, with: "/home/you/my/sessions")
  }
}
