import FixedPoint
import Screen
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
    let titles = BindingCatalog.all.map(\.title)
    #expect(Set(titles).count == titles.count)
    for (index, binding) in BindingCatalog.all.enumerated() {
      #expect(!BindingCatalog.all[..<index].contains { $0.command == binding.command }, "\(binding.title)")
    }
  }

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
    model.size = Size(width: 120, height: 60)
    _ = model.perform(.help)
    let rows = model.frame().canvas.text
    for binding in BindingCatalog.bindings(in: place) { #expect(rows.contains(binding.title), "\(binding.title)") }
  }

  /// Models between which every binding of a place is available: at the start, in the middle and at an end of a run.
  private static func models(_ place: ExplorerModel.Place) async -> [ExplorerModel] {
    let explorer = ExplorerScript.all
    let watching = [
      "press Enter", "press Enter L L H down down", "press Enter $\npass 400", "press Enter space z j j j",
      "press Enter - - r", "press j Enter space j j", "press G k k k Enter $\npass 400",
    ]
    let scripts =
      switch place {
      case .gallery: ["", "press Enter o", "press G", "press j j"]
      case .watch: watching
      case .certificates: ["press Enter c j j", "press Enter c PgDn"]
      case .race: ["press Enter x j j", "press Enter x space"]
      case .phase:
        [
          "press Enter 5", "press Enter L h 5 p . space + left", "press Enter L h 5 p v space H",
          "press G k Enter 5 p g",
          "press j j Enter 5",
        ]
      case .compare: ["press Enter 8", "press Enter L h h b 8 Enter Enter", "press Enter L L 8 h"]
      case .build, .spectrum: ["press Enter \(place.digit)"]
      }
    var models: [ExplorerModel] = []
    for script in scripts {
      models.append(await explorer.run(script).model)
      models[models.count - 1].isFinished = false
    }
    return models
  }

  private static func differs(_ old: ExplorerModel, _ new: ExplorerModel) -> Bool {
    old.frame() != new.frame() || old.isFinished != new.isFinished || old.watch?.speed != new.watch?.speed
      || old.watch?.playback != new.watch?.playback || old.settings != new.settings
  }
}
