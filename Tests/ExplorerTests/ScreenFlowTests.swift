import FixedPoint
import Screen
import TestSupport
import Testing

@testable import Explorer

struct ScreenFlowTests {
  @discardableResult
  private func watch(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) async
    -> ExplorerScript.Outcome
  {
    await expectFlow(
      script, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits), sourceLocation: sourceLocation)
  }

  @Test func helpOpensSearchesAndExecutes() async {
    await watch(
      """
      press ?
      expect screen contains keys of this screen
      expect screen contains Back one step (now: this is the start)
      type ten st
      expect screen contains Ten steps
      expect screen lacks Change the method
      press Enter
      expect status step 10/10
      press F1 Esc
      expect screen lacks keys of this screen
      """)
  }

  @Test func pasteGoesIntoFieldsOnly() async {
    let outcome = await watch(
      """
      paste rrrqqq
      expect status step 0/0
      press t ^U
      paste 1e-7
      press Enter
      press q
      paste d
      expect screen contains not saved
      press Esc
      """)
    #expect(outcome.model.watch?.run.stopping.tolerance == 1e-7)
  }

  @Test(arguments: ["79x24", "80x23", "79x23", "20x5", "1x1", "0x0"])
  func aWindowTooSmallSaysSoAndRecovers(_ size: String) async {
    await watch(
      """
      press space space
      resize \(size)
      press space r ? m
      resize 80x24
      expect status step 2/2
      expect screen lacks deq needs a larger window
      resize 79x23
      expect screen contains deq needs a larger window
      expect screen contains 80x24 at least
      expect screen contains it is 79x23
      """)
  }

  @Test func aWindowTooSmallLetsOneLeave() async {
    let outcome = await watch(
      """
      press space
      resize 60x10
      press q
      expect screen contains d discard and quit
      press d
      """)
    #expect(outcome.model.overlay == nil)
  }

  @Test(arguments: ["", "press ?", "press m", "press t", "press z", "press space q", "press o", "press o /", "press r"])
  func everyStateSurvivesEverySize(_ state: String) async {
    let sizes = ["1x1", "79x23", "80x24", "200x60", "81x25", "0x0", "120x40"]
    await watch("press space space\n\(state)\n" + sizes.map { "resize \($0)" }.joined(separator: "\n"))
  }

  @Test func themeGlyphsAndMouseCanBeSwitched() async {
    let outcome = await watch(
      """
      press space space
      expect screen contains ╭
      press A
      expect screen lacks ╭
      press A
      expect screen contains ╭
      expect mouse on
      press ^P
      expect mouse off
      expect screen contains mouse off
      click 0 38
      expect status step 2/2
      press ^P
      expect mouse on
      press C C
      """)
    #expect(outcome.model.settings.theme == .monochrome)
  }

  @Test func unknownKeysDoNothing() async {
    let outcome = await watch("press F9 ^T ~ Ins Del Backspace Esc é")
    #expect(outcome.model.watch?.run.stepCount == 0)
    #expect(outcome.model.toast == nil)
    #expect(outcome.model.overlay == nil)
  }

  @Test func menusMarkTheCurrentChoiceAndEscapeLeavesThem() async {
    await watch(
      """
      press m
      expect screen contains › picard
      press Esc
      press i
      expect screen contains › zeros
      press Esc
      expect status step 0/0
      """)
  }

  @Test func controlZAsksTheBackend() async {
    let outcome = await watch("press space ^Z space")
    #expect(outcome.suspensions == 1)
  }

  @Test func zoomFillsTheWindowAndEscapeLeavesIt() async {
    await watch(
      """
      press space space z
      expect screen lacks contraction
      press Tab
      expect screen contains contraction
      press Esc
      expect screen contains activations
      """)
  }

  @Test func disabledCommandsSayWhy() async {
    await watch(
      """
      press b
      expect screen contains no later steps
      press R
      expect screen contains nothing has been run
      press r m
      expect screen contains Change the method: pause first
      """)
  }

  @Test func aToastGoesAwayByItself() async {
    await watch(
      """
      press left
      expect screen contains this is the start
      pass 4100
      expect screen lacks this is the start
      """)
  }

  @Test func theSameScriptGivesTheSameFrames() async {
    let script = """
      press space space r
      pass 400
      press r m
      type and
      press Enter $
      pass 200
      press ? Esc z Tab
      resize 90x30
      """
    let first = await watch(script)
    let second = await watch(script)
    #expect(first.frames.last == second.frames.last)
    #expect(first.screen.contains("converged"))
  }
}
