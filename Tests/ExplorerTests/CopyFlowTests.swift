import FixedPoint
import Glibc
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct CopyFlowTests {
  @Test func copiesWhatTheScreenPointsAt() async throws {
    let outcome = await expectFlow(
      """
      press space space ^O
      expect screen contains Copy
      press Enter
      expect screen contains copied the value, also to
      press Tab ^O Enter
      press Tab ^O Enter
      press 6 j ^O Enter
      expect copied :
      press 1 ^O Enter
      expect copied Three units
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    let run = try #require(outcome.model.watch).run
    #expect(Double(outcome.copied[0]) == run.trace[1][.residualRelative])
    #expect(Double(outcome.copied[1]) == run.trace[1][.euclidean])
    // z1 = f(0) = tanh(b), bit for bit.
    #expect(try JSON(parsing: outcome.copied[2]) == JSON([0.3, -0.1, 0.2].map { tanh($0) }))
  }

  @Test func copiesThePathAndKeepsItInAFileToo() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let outcome = await expectFlow(
      """
      press :
      type copy path
      press Enter
      expect screen contains copied the path, also to \(explorer.personal.path)/copied.txt
      """, opening: "one.deq.json", in: explorer)
    #expect(outcome.copied == [explorer.directory.file("one.deq.json")])
    #expect(try SessionText.read(explorer.personal.file("copied.txt")) == outcome.copied[0] + "\n")
  }

  @Test func saysWhyThereIsNothingToCopy() async {
    let outcome = await expectFlow(
      """
      press ^O
      type value
      press Enter
      expect screen contains the value: there is no value here
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.copied.isEmpty)
  }

  @Test(arguments: [
    ("plain/a-b_1.json", "plain/a-b_1.json"), ("", "''"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#),
    ("$HOME`x`", "'$HOME`x`'"), ("a[0]=1", "'a[0]=1'"), ("~/x", "'~/x'"), ("é", "'é'"), ("a\nb", #"$'a\012b'"#),
    ("\u{1B}]0;'\\\u{7}", #"$'\033]0;\047\134\007'"#), ("a\u{202E}b", #"$'a\342\200\256b'"#),
  ])
  func quotesForTheShell(_ word: String, _ quoted: String) { #expect(ShellCommand.quoted(word) == quoted) }

  @Test func aRunByTwoMethodsSaysWhatItsLineDoesOtherwise() async {
    let outcome = await expectFlow(
      """
      press L m
      type anderson
      press Enter space ^O
      type command
      press Enter
      expect screen contains it begins with the method that was taken at step 10
      """, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
    #expect(outcome.copied.last?.hasSuffix("--solver anderson --max-steps 11") == true)
  }

  @Test func aTerminalWithoutAClipboardGetsAFile() {
    var model = ExplorerModel(size: Size(width: 120, height: 30), profile: Profile())
    _ = model.update(.copied(.path, reached: false, .success("/s/copied.txt")))
    #expect(model.toast?.text == "this terminal has no clipboard: the path is in /s/copied.txt")
    _ = model.update(.copied(.path, reached: false, .failure(Failure("/s: cannot write"))))
    #expect(model.toast?.text == "/s: cannot write")
  }
}
