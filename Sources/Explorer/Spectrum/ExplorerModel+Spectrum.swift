import FixedPoint
import Screen

extension ExplorerModel {
  /// Keeps the study of the run's derivative going as far as something on the screen shows it; leaving ends it.
  mutating func studyIfShown() -> [Effect] {
    guard let current = watch, !isTooSmall else { return [] }
    let needs = needs(of: current)
    guard !needs.isEmpty else { return [] }
    var study = current.study.flatMap { $0.isOf(current.experiment) ? $0 : nil } ?? newStudy(of: current)
    study.follow(current.run, generation: surveyCount + 1)
    surveyCount = max(surveyCount, study.generation)
    let tasks = study.next(for: current.run, at: current.cursor, needs)
    watch?.study = study
    return tasks.map(Effect.spectrum)
  }

  private mutating func newStudy(of watch: Watch) -> RunStudy {
    surveyCount += 1
    return RunStudy(generation: surveyCount, watch.experiment)
  }

  /// A run that goes on by itself is followed at the cursor; the steps between are filled in when it rests.
  private func needs(of watch: Watch) -> RunStudy.Needs {
    switch place {
    case .spectrum: watch.playback == nil ? [.spectrum, .course] : .spectrum
    case .watch: WatchLayout(body.size, watch).panes.reduce(into: []) { $0.formUnion(Self.needs(of: $1.pane)) }
    case .gallery, .build, .phase, .certificates, .race, .compare, .sweep, .train: []
    }
  }

  private static func needs(of pane: WatchPane) -> RunStudy.Needs {
    switch pane {
    case .spectrum: .spectrum
    case .activity: .activity
    case .residual, .contraction, .activations, .trajectories, .state, .certificates: []
    }
  }

  /// Takes in a result; those of an earlier map or course are dropped.
  mutating func note(_ result: SpectrumResult) -> [Effect] {
    if watch?.study?.generation == result.generation { watch?.study?.note(result.finding) }
    return []
  }

  mutating func performSpectrum(_ command: SpectrumCommand) -> [Effect] {
    guard let current = watch else { return [] }
    let screen = current.spectrum
    switch command {
    case .nextEigenvalue: selectEigenvalue(screen.selection + 1)
    case .previousEigenvalue: selectEigenvalue(screen.selection - 1)
    case .otherPlane: watch?.spectrum.focus(on: screen.plane == .jacobian ? .logarithmic : .jacobian)
    case .nextPane:
      let next = nextPane(after: screen.focus)
      watch?.spectrum.focus(on: next)
    case .zoom: watch?.spectrum.isZoomed.toggle()
    case .toggleScale: watch?.spectrum.toggleScale()
    case .leave:
      if screen.isZoomed { watch?.spectrum.isZoomed = false } else { place = .watch }
    }
    return []
  }

  private mutating func selectEigenvalue(_ index: Int) {
    let count = watch?.eigenvalueCount ?? 0
    watch?.spectrum.select(index, of: count)
  }

  /// The next pane among those on the screen, or among all where one fills it.
  private func nextPane(after pane: SpectrumPane) -> SpectrumPane {
    guard let screen = watch?.spectrum, !screen.isZoomed else { return pane.next }
    let seen = SpectrumLayout(body.size, screen).panes.map(\.pane)
    return sequence(first: pane.next, next: \.next).first { seen.contains($0) } ?? pane
  }

  mutating func handleInSpectrum(_ mouse: Mouse) -> [Effect] {
    guard let current = watch else { return [] }
    let layout = SpectrumLayout(body.size, current.spectrum)
    switch mouse.action {
    case .wheelDown: return performSpectrum(.nextEigenvalue)
    case .wheelUp: return performSpectrum(.previousEigenvalue)
    case .press where mouse.button == .left: return press(at: mouse.at, layout, current)
    case .drag where mouse.button == .left:
      guard let grip = current.spectrum.grip else { return [] }
      return layout.step(nearest: mouse.at, on: grip, in: current).map { perform(.moveCursor(to: $0)) } ?? []
    case .press, .drag: return []
    case .release:
      watch?.spectrum.grip = nil
      return []
    }
  }

  private mutating func press(at point: Point, _ layout: SpectrumLayout, _ current: Watch) -> [Effect] {
    let pane = layout.pane(at: point)
    if let pane { watch?.spectrum.focus(on: pane) }
    watch?.spectrum.grip = layout.grip(at: point)
    if let grip = layout.grip(at: point) {
      return layout.step(nearest: point, on: grip, in: current).map { perform(.moveCursor(to: $0)) } ?? []
    }
    if let pane, let rect = layout.rect(of: pane), let here = current.linearization?.1 {
      let dots = Look(profile: shownProfile).dots
      if let index = here.eigenvalue(at: point, of: pane, current.spectrum, in: rect, dots) { selectEigenvalue(index) }
    }
    return []
  }
}

extension Linearization {
  /// The eigenvalue under, or nearest to, a cell of a pane that shows eigenvalues.
  fileprivate func eigenvalue(
    at point: Point, of pane: SpectrumPane, _ screen: SpectrumScreen, in rect: Rect, _ dots: Dots
  ) -> Int? {
    switch pane {
    case .jacobian, .logarithmic:
      spectrum(of: pane).plot(selected: nil).mark(nearest: point, in: SpectrumView.plane(in: rect), dots)
    case .list:
      spectrum(of: screen.plane).table(selected: screen.selection, height: rect.height).row(at: point, in: rect)
    case .singular, .course: nil
    }
  }
}
