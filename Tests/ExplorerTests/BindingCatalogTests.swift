import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct BindingCatalogTests {
  private static let places = ExplorerModel.Place.allCases

  @Test(arguments: places) func noKeyMeansTwoThings(_ place: ExplorerModel.Place) async {
    var seen: Set<Key> = []
    for key in BindingCatalog.bindings(in: place).flatMap(\.keys) {
      #expect(seen.insert(key).inserted, "\(key) in \(place)")
    }
  }

  @Test(arguments: places) func everyBindingIsReachable(_ place: ExplorerModel.Place) async {
    for binding in BindingCatalog.bindings(in: place) {
      #expect(!binding.keys.isEmpty, "\(binding.title)")
      for key in binding.keys { #expect(BindingCatalog.binding(for: key, in: place)?.command == binding.command) }
    }
  }

  @Test func titlesAndCommandsAreUnique() async {
    let all = BindingCatalog.all + BindingCatalog.keyless
    #expect(Set(all.map(\.title)).count == all.count)
    for (index, binding) in all.enumerated() {
      #expect(!all[..<index].contains { $0.command == binding.command }, "\(binding.title)")
    }
  }

  /// Arrows, h j k l and their capitals, g and G, ^ and $, Home and End, pages, Tab, Enter and Esc move, take and leave
  /// whatever a screen has, and the signs + - = [ ] < > make it more or less. Any
  /// other key that means another thing on another screen is the first of its binding, and that has words in the footer.
  @Test func noKeyChangesItsMeaningUnlessTheFooterSaysSo() {
    let own = BindingCatalog.all.filter { if case .only = $0.place { true } else { false } }
    for binding in own {
      for key in binding.keys where !Self.conventional.contains(key) {
        let others = own.filter { $0.keys.contains(key) && $0.command != binding.command }
        guard let other = others.first else { continue }
        #expect(
          binding.keys.first == key && binding.label != nil,
          "\(key.name): \(binding.title), and elsewhere: \(other.title)")
      }
    }
  }

  private static let conventional: Set<Key> = Set(
    [.up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .tab, .backTab, .enter, .escape].map { Key($0) }
      + "hjklHJKLgG^$+-=[]<>".map { .character($0) })

  @Test func lettersComeBeforeFunctionKeys() async {
    for binding in BindingCatalog.all {
      if case .function = binding.keys.first?.code { Issue.record("\(binding.title) has only a function key first") }
    }
  }

  /// Every binding, taken where it can be, changes the model, asks for an effect or says something.
  @Test(arguments: places) func everyCommandIsHandled(_ place: ExplorerModel.Place) async {
    let models = await Self.models(place)
    for binding in BindingCatalog.bindings(in: place) where binding.command != .show(place) {
      let outcomes = models.filter { binding.availability($0) == .enabled }.map { model in
        var next = model
        let effects = next.perform(binding)
        return !effects.isEmpty || Self.differs(model, next)
      }
      #expect(outcomes.contains(true), "\(binding.title)")
    }
  }

  @Test(arguments: places) func everyFooterLabelDoesWhatItSays(_ place: ExplorerModel.Place) async {
    for model in await Self.models(place) {
      let footer = Footer(model)
      let bindings = Footer.bindings(in: model)
      #expect(footer.items.count == bindings.count)
      for (item, binding) in zip(footer.items, bindings) {
        #expect(binding.keys.first?.name == item.key)
        #expect(binding.availability(model) == .enabled, "\(binding.title)")
      }
      let shown = footer.places(width: 80).map { footer.items[$0.index].label }
      #expect(shown.contains("keys") && shown.contains("quit"), "\(shown)")
    }
  }

  @Test(arguments: places) func helpListsEveryBinding(_ place: ExplorerModel.Place) async {
    guard var model = await Self.models(place).first else { return }
    model.size = Size(width: 120, height: 90)
    _ = model.perform(.help)
    let rows = model.frame().canvas.text
    for binding in BindingCatalog.bindings(in: place) { #expect(rows.contains(binding.title), "\(binding.title)") }
  }

  /// Models between which every binding of a place is available: at the start, in the middle and at an end of a run.
  private static func models(_ place: ExplorerModel.Place) async -> [ExplorerModel] {
    await made[place]?.value ?? []
  }

  /// Made once for all tests.
  private static let made = Dictionary(
    uniqueKeysWithValues: places.map { place in (place, Task { await make(place) }) })

  private static func make(_ place: ExplorerModel.Place) async -> [ExplorerModel] {
    let explorer = ExplorerScript.all
    let watching = [
      "press Enter L Enter D n v f >", "press Enter L > v a V Enter",
      "press Enter", "press Enter L L H down down", "press Enter $\npass 400", "press Enter space z j j j",
      "press Enter N x Enter L N y Enter L {",
      "press Enter - - r", "press j Enter space j j", "press G k k k Enter $\npass 400",
    ]
    let scripts =
      switch place {
      case .gallery: ["", "press Enter o", "press G", "press j j"]
      case .build:
        [
          "press Enter 2", "press Enter 2 Tab Tab j u right right", "press Enter 2 Tab j v j", "press Enter 2 G + u",
          "press j Enter 2 Tab j j", "press Enter 2 Tab D Tab j j j + +",
        ]
      case .watch: watching
      case .certificates: ["press Enter c j j", "press Enter c PgDn"]
      case .race: ["press Enter x j j", "press Enter x space"]
      case .spectrum:
        ["press Enter 4", "press Enter 4 L L H j", "press Enter 4 L Tab Tab", "press Enter $\npass 800\npress 4"]
      case .phase:
        [
          "press Enter 5", "press Enter L h 5 p . space + left", "press Enter L h 5 p v space H",
          "press G k Enter 5 p g",
          "press j j Enter 5",
        ]
      case .sweep:
        ["press Enter 9 right up", "press j j Enter 9 v n left", "press j j Enter 9 Tab j j"]
      case .compare: ["press Enter 8", "press Enter L h h b 8 Enter Enter", "press Enter L L 8 h"]
      case .train:
        [
          "press 0 j j", "press 0 Tab j j right", "press 0 space\npass 400", "press 0 space\npass 400\npress space",
          "press 0 space\npass 400\npress n Tab j",
        ]
      }
    var models: [ExplorerModel] = []
    // A change, and one that was undone.
    let changed = place == .gallery ? [] : ["press Enter L R \(place.digit)", "press Enter L R u \(place.digit)"]
    if place == .gallery { models += await Self.withLongNotes }
    for script in scripts + changed {
      models.append(await explorer.run(script).model)
      models[models.count - 1].isFinished = false
    }
    return models
  }

  /// A gallery whose notes are longer than their place, as they are at first and scrolled.
  private static var withLongNotes: [ExplorerModel] {
    get async {
      let notes = Array(repeating: "A sentence of the notes.", count: 300).joined(separator: " ")
      let explorer = ExplorerScript.one(
        SpecimenSessions.threeUnits.replacing("Certificates disagree.", with: notes))
      var models = [await explorer.run("").model, await explorer.run("press PgDn PgDn").model]
      for index in models.indices { models[index].isFinished = false }
      return models
    }
  }

  private static func differs(_ old: ExplorerModel, _ new: ExplorerModel) -> Bool {
    old.frame() != new.frame() || old.isFinished != new.isFinished || old.watch?.speed != new.watch?.speed
      || old.watch?.playback != new.watch?.playback || old.settings != new.settings
      || old.watch?.experiment.actions != new.watch?.experiment.actions
  }
}
