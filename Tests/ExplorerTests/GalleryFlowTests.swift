import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct GalleryFlowTests {
  @Test func listsSessionsWithSizeAndOutcome() async {
    await expectFlow(
      """
      expect screen contains 6 sessions
      expect screen contains Three units
      expect screen contains +    58 converged
      expect screen contains o     5 cycle of 2
      expect screen contains diverged
      expect screen contains ! cannot be used
      expect screen contains Certificates disagree.
      expect screen lacks notes.txt
      """, in: .all)
  }

  @Test func searchesAndOpens() async {
    await expectFlow(
      """
      press /
      type overfl
      expect screen contains Overflow
      expect screen lacks Three units
      press Enter
      expect status Overflow
      expect status step 0/0
      expect title deq: Overflow
      press o
      expect screen contains Three units
      """, in: .all)
  }

  @Test func leavesTheSearchWithEscapeAndWithControlC() async {
    await expectFlow(
      """
      press /
      type qqq
      expect screen contains no session matches
      press Esc
      expect screen contains Three units
      press /
      type q
      press ^C
      expect screen contains Three units
      press down Enter
      expect status Dense map
      """, in: .all)
  }

  @Test func movesAlongTheListByKeysWheelAndMouse() async {
    let outcome = await expectFlow(
      """
      press j j k G
      expect screen contains f-broken.deq.json: network.operators[0].op
      press g
      wheel down
      wheel down
      expect screen contains c-cycle.deq.json
      click on "Three units"
      expect screen contains a-three.deq.json
      click on "Three units"
      expect status Three units
      """, in: .all)
    #expect(outcome.model.gallery.list.cursor == 0)
  }

  @Test func aMalformedSessionLeavesTheGalleryWithOneClearLine() async {
    let outcome = await expectFlow(
      """
      press G Enter
      expect screen contains 6 sessions
      expect screen contains f-broken.deq.json: network.operators[0].op: expected one of dense
      press g Enter
      expect status Three units
      """, in: .all)
    #expect(outcome.model.place == .watch)
  }

  @Test func aMalformedSessionDoesNotCloseTheOpenOne() async {
    await expectFlow(
      """
      press g Enter space space o G Enter d
      expect screen contains cannot be used
      press w
      expect status step 2/2
      """, in: .all)
  }

  @Test func anEmptyFolderAndAMissingOneSayWhatIsWrong() async {
    await expectFlow("expect screen contains no sessions here", in: ExplorerScript([:]))
    var missing = ExplorerScript([:])
    missing.services = .files(gallery: missing.directory.path + "/nowhere")
    await expectFlow("expect screen contains cannot read the folder", in: missing)
  }

  @Test func aSelectionBelowTheWindowStaysInSight() async {
    let many = Dictionary(
      uniqueKeysWithValues: (10..<60).map {
        ("\($0).deq.json", SpecimenSessions.cycle.replacing("of two", with: "\($0)"))
      })
    let outcome = await expectFlow(
      """
      press End
      expect screen contains › Cycle 59
      resize 80x24
      expect screen contains › Cycle 59
      press o k k
      expect screen contains › Cycle 57
      """, in: ExplorerScript(many))
    #expect(outcome.model.gallery.selected?.name == "57")
  }

  @Test func aListThatArrivesDuringASearchDoesNotEndIt() async {
    await expectFlow(
      """
      press Enter o
      press /
      type positive
      press Enter
      expect status Positive
      """, in: .all)
    var model = ExplorerModel(size: Size(width: 80, height: 24), profile: Profile())
    _ = model.update(.listed(paths: ["a.deq.json", "b.deq.json"], problem: nil))
    _ = model.update(.event(.key(.character("/"))))
    _ = model.update(.event(.key(.character("b"))))
    _ = model.update(.listed(paths: ["a.deq.json", "b.deq.json", "c.deq.json"], problem: nil))
    #expect(model.gallery.isSearching)
    #expect(model.gallery.selected?.path == "b.deq.json")
  }

  @Test func recentFilesStandBelowTheFoldersAndMissingOnesAreLeftOut() async throws {
    let elsewhere = TemporaryDirectory()
    elsewhere.write(SpecimenSessions.cycle, to: "far.deq.json")
    elsewhere.write(SpecimenSessions.positive, to: "gone.deq.json")
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    let recent = try #require(explorer.folders.recent)
    recent.note(elsewhere.file("gone.deq.json"))
    elsewhere.remove("gone.deq.json")
    let far = elsewhere.file("far.deq.json")
    await expectFlow(
      """
      expect screen lacks recent files
      press O
      type \(far)
      press Enter
      expect status Cycle of two
      press o
      expect screen contains recent files
      expect screen contains 1 session
      press j
      expect screen contains › Cycle of two
      wheel up
      expect screen contains › Three units
      click on "Cycle of two"
      click on "Cycle of two"
      expect status Cycle of two
      """, in: explorer)
    #expect(recent.list().count == 1)
  }

  @Test func aPathThatIsTypedAndNotThereIsSaid() async {
    await expectFlow(
      """
      press O
      type /nowhere/x.deq.json
      press Enter
      expect screen contains /nowhere/x.deq.json: cannot read
      """, in: ExplorerScript([:]))
  }

  @Test func longNotesScroll() async {
    let notes = (1...40).map { "Sentence number \($0) of the notes." }.joined(separator: " ")
    let session = SpecimenSessions.threeUnits.replacing("Certificates disagree.", with: notes)
    var explorer = ExplorerScript.one(session)
    explorer.size = Size(width: 80, height: 24)
    await expectFlow(
      """
      expect screen contains number 1 of
      expect screen lacks number 40 of
      press PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn
      expect screen contains number 40 of
      press PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp
      expect screen contains number 1 of
      """, in: explorer)
  }

  @Test(arguments: Template.allCases) func everyTemplateConvergesOrIsBlank(_ template: Template) throws {
    let problem = try Problem(template.document, directory: ".")
    let solution = LiveSolution(problem)
    #expect(solution.outcome == .converged, "\(template)")
    #expect(solution.isCut == false)
  }

  @Test func aNewSessionAsksForUnsavedChangesFirst() async {
    await expectFlow(
      """
      press Enter space N
      type a note
      press Enter
      press o n Enter
      expect screen contains has changes that are not saved
      press d
      expect status untitled
      expect screen contains 1 dense
      press o n Enter
      expect status untitled
      """, in: .all)
  }

  @Test func openingAnotherSessionAsksForUnsavedChanges() async {
    await expectFlow(
      """
      press Enter space N
      type a note
      press Enter
      press o j Enter
      expect screen contains Three units has changes that are not saved
      press Esc w
      expect status Three units
      expect status step 1/1
      press o Enter d
      expect status Dense map
      expect status step 0/0
      press space N
      type a note
      press Enter
      press o g Enter s
      expect status Three units
      press o j Enter
      expect status Dense map
      expect status step 1/1
      """, in: .all)
  }
}
