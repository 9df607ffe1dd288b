import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct SettingsFlowTests {
  @Test func settingsAreFoundAgainAtTheNextStart() async {
    let outcome = await expectFlow(
      """
      press C ^P
      expect mouse off
      expect kept "theme": "light"
      expect kept "mouse": false
      restart
      expect mouse off
      expect screen contains ╭
      press A
      restart
      expect screen lacks ╭
      """, in: .all)
    #expect(outcome.model.settings.theme == .light)
  }

  @Test func manyChangesAreKeptInTheirOrder() async throws {
    let explorer = ExplorerScript.all
    let keys = Array(repeating: "C", count: 31).joined(separator: " ")
    await expectFlow("press \(keys)", in: explorer)
    #expect(explorer.folders.knownSettings.settings.theme == .light)
  }

  /// Only what was changed is written: what an option of the command line says is for this time only.
  @Test func whatIsUnknownOrUnchangedStaysAsItWas() async throws {
    let explorer = ExplorerScript.all
    explorer.personal.write(#"{"note": "mine", "theme": "light", "mouse": "often"}"#, to: "config.json")
    await expectFlow(
      """
      expect screen contains "note" is no setting and is ignored; mouse: expected true or
      press A
      """, in: explorer)
    #expect(
      try SessionText.read(#require(explorer.folders.settings).path)
        == #"{"note": "mine", "theme": "light", "mouse": "often", "plainCharacters": true}"# + "\n")
  }

  @Test(arguments: [
    (#"{"theme": "drak"}"#, #"theme: expected one of "dark", "light", "monochrome", found "drak"; "dark" is used"#),
    (#"{"theme": 3}"#, #"theme: expected one of "dark", "light", "monochrome", found 3; "dark" is used"#),
    (#"{"mouse": 1}"#, "mouse: expected true or false, found 1; true is used"),
    (#"{"plainCharacters": null}"#, "plainCharacters: expected true or false, found null; false is used"),
  ])
  func aBadValueIsNamedAndTheDefaultUsed(_ text: String, _ complaint: String) {
    let explorer = ExplorerScript.all
    explorer.personal.write(text, to: "config.json")
    let (settings, found) = explorer.folders.knownSettings
    #expect(settings == Settings())
    #expect(found == complaint + " (\(explorer.personal.file("config.json")))")
  }

  /// A file that cannot be understood is never overwritten: somebody is in the middle of writing it.
  @Test(arguments: ["{\"theme\": ", "[]", "{\"theme\": \"light\", \"theme\": \"dark\"}", "\u{FEFF}{}", "\u{0}"])
  func aBrokenFileHindersNothingAndIsLeftAlone(_ text: String) async throws {
    let explorer = ExplorerScript.all
    explorer.personal.write(text, to: "config.json")
    await expectFlow(
      """
      expect screen contains config.json: 
      press C
      expect screen contains not kept for the next start: 
      press j Enter
      expect status step 0/0
      """, in: explorer)
    #expect(try SessionText.read(#require(explorer.folders.settings).path) == text)
  }

  @Test func foldersAreMadeWhenTheyAreNeeded() throws {
    let root = TemporaryDirectory()
    let file = PersonalFile(path: root.path + "/a/b/config.json")
    #expect(try file.read().isEmpty)
    #expect(root.names.isEmpty, "reading makes nothing")
    try file.set([JSON.Member("x", 1)])
    try file.set([JSON.Member("y", 2), JSON.Member("x", 3)])
    #expect(try file.read() == [JSON.Member("x", 3), JSON.Member("y", 2)])
    let blocked = PersonalFile(path: file.path + "/config.json")
    #expect(throws: SessionError.self) { try blocked.set([]) }
  }

  /// Source: XDG Base Directory Specification 0.8.
  @Test(arguments: [
    (["HOME": "/home/a"], "/home/a/.config/deq", "/home/a/.local/state/deq"),
    (["HOME": "/home/a", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s"], "/c/deq", "/s/deq"),
    (
      ["HOME": "/home/a", "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": "s"], "/home/a/.config/deq",
      "/home/a/.local/state/deq"
    ),
    (["XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s"], "/c/deq", "/s/deq"),
  ])
  func theEnvironmentNamesTheFolders(_ variables: [String: String], _ configuration: String, _ state: String) {
    let folders = PersonalFolders { variables[$0] }
    #expect(folders == PersonalFolders(configuration: configuration, state: state))
  }

  @Test func eachFolderIsKnownForItself() {
    let state = PersonalFolders { ["XDG_STATE_HOME": "/s"][$0] }
    #expect(state == PersonalFolders(configuration: nil, state: "/s/deq"))
    #expect(state.settings == nil && state.recent?.path == "/s/deq/recent" && state.journal != nil)
    #expect(state.knownSettings.settings == Settings() && state.knownSettings.complaint == nil)
    let configuration = PersonalFolders { ["XDG_CONFIG_HOME": "/c"][$0] }
    #expect(configuration == PersonalFolders(configuration: "/c/deq", state: nil))
    #expect(configuration.settings?.path == "/c/deq/config.json")
    #expect(configuration.journal == nil && configuration.recent == nil && configuration.greeting == nil)
    #expect(!configuration.isFirstTime)
    #expect(PersonalFolders { _ in nil } == .nowhere)
  }

  @Test func greetsOnceAndOnlyOnce() async {
    var explorer = ExplorerScript.all
    explorer.greets = true
    await expectFlow(
      """
      expect screen contains to begin with
      expect screen contains Open the selected session
      resize 100x30
      expect screen contains to begin with
      press j
      expect screen lacks to begin with
      restart
      expect screen lacks to begin with
      """, in: explorer)
  }

  @Test func theGreetingOfASessionTellsItsKeysAndTheKeyCounts() async {
    var explorer = ExplorerScript.all
    explorer.greets = true
    await expectFlow(
      """
      expect screen contains One step
      expect screen contains Run or pause
      press space
      expect status step 1/1
      expect screen lacks to begin with
      """, opening: "a-three.deq.json", in: explorer)
  }
}
