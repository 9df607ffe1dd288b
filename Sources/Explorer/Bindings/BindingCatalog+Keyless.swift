import FixedPoint
import Sessions

extension BindingCatalog {
  /// What the palette offers beside the bindings: choices that need no menu, and that no key is spent on.
  static let keyless: [Binding] =
    clips
    + ThemeName.allCases.map { Binding("Theme: \($0.rawValue)", .setTheme($0), keys: [], in: .everywhere, .general) }
    + Measure.allCases.map { measure in
      Binding("Show \(measure.rawValue): \(measure.meaning)", .showMeasure(measure), keys: [], in: .watch, .view)
    }
    + MethodCatalog.all.map { method in
      Binding(
        "Method \(method.description.name): \(method.description.summary)",
        .setSolver(SolverSource(method.description.name)), keys: [], in: .watch, .change, when: isNotPlaying)
    }
}
