import FixedPoint
import Screen

extension BindingCatalog {
  static let spectrum: [Binding] = [
    Binding(
      "Next eigenvalue by modulus", .spectrum(.nextEigenvalue), keys: [Key(.down), .character("j")],
      label: "eigenvalue", in: .spectrum, .move, when: hasEigenvalues),
    Binding(
      "Previous eigenvalue by modulus", .spectrum(.previousEigenvalue), keys: [Key(.up), .character("k")],
      in: .spectrum, .move, when: hasEigenvalues),
    Binding(
      "The plane of J, or that of the log-Jacobian", .spectrum(.otherPlane), keys: [.character("p")], label: "J/log J",
      in: .spectrum, .view),
    Binding("Next pane of the spectrum", .spectrum(.nextPane), keys: [Key(.tab)], label: "pane", in: .spectrum, .view),
    Binding(
      "Zoom the pane of the spectrum", .spectrum(.zoom), keys: [.character("z")], label: "zoom", in: .spectrum, .view),
    Binding(
      "Linear or logarithmic axis of the plot in focus", .spectrum(.toggleScale), keys: [.character("a")],
      label: "axis",
      in: .spectrum, .view, when: hasSpectrumAxis),
    Binding(
      "Back from the spectrum to the run", .spectrum(.leave), keys: [Key(.escape)], label: "back", in: .spectrum, .file),
  ]

  private static let hasEigenvalues = needs("no eigenvalues here") { ($0.watch?.eigenvalueCount ?? 0) > 0 }
  private static let hasSpectrumAxis = needs("no value axis in this pane") {
    $0.watch?.spectrum.focus.hasValueAxis == true
  }
}
