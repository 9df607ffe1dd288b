import LinearAlgebra
import Screen

/// How the spectrum screen is looked at.
struct SpectrumScreen: Sendable, Equatable {
  /// The pane that takes the keys of its own.
  private(set) var focus = SpectrumPane.jacobian
  /// Which of the two complex planes is shown where there is room for one.
  private(set) var plane = SpectrumPane.jacobian
  var isZoomed = false
  /// The eigenvalue under the cursor, by modulus, the largest first.
  private(set) var selection = 0
  /// How the singular values are drawn.
  private(set) var singularScale = Scale.log10
  /// How the quantities over the steps are drawn.
  private(set) var courseScale = Scale.linear
  /// What the mouse holds between a press and the release.
  var grip: SpectrumGrip?

  mutating func focus(on pane: SpectrumPane) {
    focus = pane
    if pane == .jacobian || pane == .logarithmic { plane = pane }
  }

  mutating func select(_ index: Int, of count: Int) { selection = max(0, min(index, count - 1)) }

  mutating func toggleScale() {
    if focus == .course { courseScale = courseScale.other } else { singularScale = singularScale.other }
  }
}

/// The panes of the spectrum screen, in the order in which the key goes through them.
enum SpectrumPane: Int, Sendable, CaseIterable {
  case jacobian, logarithmic, singular, course, list

  var next: SpectrumPane { SpectrumPane(rawValue: (rawValue + 1) % SpectrumPane.allCases.count) ?? .jacobian }
  var hasValueAxis: Bool { self == .singular || self == .course }
}

/// Something on the spectrum screen that shows steps and can be scrubbed on.
enum SpectrumGrip: Sendable { case timeline, course }

extension Scale {
  /// Linear for logarithmic, and the other way round.
  var other: Scale { self == .linear ? .log10 : .linear }

  /// Stands in a pane's caption.
  var word: String { self == .linear ? "linear" : "log" }
}
