import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct NoteFlowTests {
  @Test func notesAreWrittenShownGoneThroughAndSaved() async throws {
    let explorer = ExplorerScript.one(SpecimenSessions.threeUnits)
    await expectFlow(
      """
      press L N
      expect screen contains Note at step 10
      type here it turns
      press Enter
      expect screen contains ◆ here it turns
      press ^ N
      type the start
      press Enter L L
      expect screen lacks here it turns
      press {
      expect status step 10/
      expect screen contains ◆ here it turns
      press {
      expect screen contains ◆ the start
      press {
      expect screen contains no further note
      press N ^U Enter }
      expect status step 10/
      press s
      expect file one.deq.json contains here it turns
      expect file one.deq.json lacks the start
      press q
      """, opening: "one.deq.json", in: explorer)
  }

  @Test func withoutNotesTheKeysSaySo() async {
    await expectFlow(
      "press }\nexpect screen contains no notes yet\npress q", opening: "one.deq.json",
      in: .one(SpecimenSessions.threeUnits))
  }
}
