import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct PaletteFlowTests {
  @discardableResult
  private func watch(_ script: String) async -> ExplorerScript.Outcome {
    await expectFlow(script, opening: "one.deq.json", in: .one(SpecimenSessions.threeUnits))
  }

  @Test func searchesEveryCommandAndTakesOne() async {
    let outcome = await watch(
      """
      press :
      expect screen contains every command
      expect screen contains Back one step (now: this is the start)
      type tenst
      expect screen contains L PgDn
      expect screen lacks Change the method
      press Enter
      expect status step 10/10
      expect screen lacks every command
      press : Esc
      """)
    #expect(outcome.model.overlay == nil)
  }

  @Test func goesToTheScreenOfACommandFirst() async {
    let outcome = await watch(
      """
      press :
      type against time
      expect screen contains Race · View
      press Enter
      """)
    #expect(outcome.model.place == .race)
    #expect(outcome.model.watch?.race?.axis == .time)
  }

  @Test func saysWhatHasNoKeyAndTakesItAllTheSame() async {
    let outcome = await watch(
      """
      press :
      type theme light
      expect screen contains no key
      press Enter
      press :
      type method anderson
      press Enter
      expect status anderson
      """)
    #expect(outcome.model.settings.theme == .light)
  }

  @Test func saysWhyACommandCannotBeTakenNow() async {
    await watch(
      """
      press :
      type leave the later
      expect screen contains (now: no later steps)
      press Enter
      expect screen contains no later steps
      """)
    await expectFlow(
      """
      press :
      type one step
      expect screen contains (now: no session is open)
      press Enter
      expect screen contains no session is open
      """, in: .all)
  }

  @Test func setsAFieldThatIsTypedAsOne() async {
    let outcome = await watch(
      """
      press :
      type network.operators[1].bias.values[0]=0.25
      expect screen contains Enter sets this field of the session
      press Enter
      press :
      type solver=
      press Enter
      expect screen contains the value is not JSON
      press Esc
      """)
    #expect(outcome.model.watch?.experiment.document.json["network"]?.lineText.contains("[0.25, -0.1, 0.2]") == true)
  }

  @Test(arguments: ExplorerModel.Place.allCases) func offersEverythingFromEverywhere(_ place: ExplorerModel.Place) {
    let titles = BindingCatalog.palette(on: place).map(\.title)
    #expect(Set(titles).count == titles.count)
    let left = Set((BindingCatalog.all + BindingCatalog.keyless).map(\.title)).subtracting(titles)
    for title in left {
      let binding = BindingCatalog.all.first { $0.title == title }
      #expect(binding?.keys == [Key(.escape)] && binding?.place != .only(place), "\(title)")
    }
  }

  /// Taken from the palette of any screen, every entry changes the model, asks for an effect, or says why not.
  @Test(arguments: ExplorerModel.Place.allCases) func everyEntryAnswers(_ place: ExplorerModel.Place) async {
    let outcome = await watch("press space space left\npress \(place.digit)")
    var model = outcome.model
    model.isFinished = false
    model.toast = nil
    for (index, binding) in BindingCatalog.palette(on: place).enumerated() where binding.command != .show(place) {
      var next = model
      var palette = CommandPalette(on: place)
      palette.list.select(index, height: 10)
      next.overlay = .palette(palette)
      let effects = next.update(.event(.key(Key(.enter))))
      #expect(
        !effects.isEmpty || Self.isIdle(binding) || Self.differs(model, next), "\(binding.title)")
    }
  }

  private static func differs(_ old: ExplorerModel, _ new: ExplorerModel) -> Bool {
    new.toast != nil || new.overlay != nil || new.isFinished || new.place != old.place || new.settings != old.settings
      || new.frame() != old.frame()
  }

  /// What changes nothing at the end of a list, or where it is so already.
  private static func isIdle(_ binding: Binding) -> Bool {
    switch binding.command {
    case .faster, .slower, .showMeasure, .setTheme, .setSolver, .gallery(.scrollNotes): true
    // The first row of the build screen says what f is, and has no value to change.
    case .build(.change): true
    default: binding.category == .move
    }
  }
}
