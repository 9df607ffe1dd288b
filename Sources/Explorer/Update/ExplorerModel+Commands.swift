import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Carries out a command that is known to be available.
  mutating func perform(_ command: Command) -> [Effect] {
    switch command {
    case .step, .back, .stepMany, .moveCursor, .jumpToStart, .jumpToEnd, .togglePlay, .faster, .slower:
      return performRun(command)
    case .reset, .branch, .setSolver, .setStart, .setStopping, .setField:
      return performChange(command)
    case .showMeasure, .nextMeasure, .freezeRun, .nextPane, .zoom, .scrollUp, .scrollDown, .nextTheorem,
      .previousTheorem,
      .scrollEvidence, .leaveCertificates,
      .nextTheme, .toggleMouse, .toggleGlyphs:
      performView(command)
      return []
    case .chooseSolver, .chooseStart, .chooseMeasure, .chooseStoppingMeasure, .askTolerance, .askMaxSteps, .askEdit,
      .help, .askSave,
      .askExport, .chooseMargin:
      openOverlay(command)
      return []
    case .diagnose: return diagnose()
    case .backward: return solveBackward()
    case .take(let remedy): return take(remedy)
    case .findMargin(let parameter): return findMargin(parameter)
    case .nextEntrant, .previousEntrant, .toggleEntrant, .toggleOtherEntrants, .toggleRaceAxis, .freezeEntrant,
      .takeEntrant,
      .leaveRace:
      return performRace(command)
    case .phase(let command): return performPhase(command)
    case .compare(let command): return performCompare(command)
    case .show(let place): return show(place)
    case .openSelected, .open, .selectNext, .selectPrevious, .selectFirst,
      .selectLast,
      .search:
      return performGallery(command)
    case .save, .saveAs, .export, .suspend, .quit, .quitWithoutSaving, .saveThen:
      return performFile(command)
    }
  }

  mutating func performView(_ command: Command) {
    switch command {
    case .showMeasure(let measure): watch?.measure = measure
    case .nextMeasure: watch?.showNextMeasure()
    case .freezeRun: watch?.toggleFrozen()
    case .nextPane: watch?.focusNextPane()
    case .zoom: watch?.isZoomed.toggle()
    case .scrollDown: scroll(by: 1)
    case .scrollUp: scroll(by: -1)
    case .nextTheorem: watch?.certification?.select(1)
    case .scrollEvidence(let rows): watch?.certification?.scroll(rows)
    case .leaveCertificates: place = .watch
    case .previousTheorem: watch?.certification?.select(-1)
    case .nextTheme: settings.theme = settings.theme.next
    case .toggleMouse:
      settings.mouse.toggle()
      say(.note, settings.mouse ? "mouse on" : "mouse off: the terminal selects text")
    case .toggleGlyphs: settings.plainGlyphs.toggle()
    default: break
    }
  }

  private mutating func scroll(by rows: Int) {
    guard let current = watch else { return }
    let pane = WatchLayout(body.size, current).panes.first { $0.pane == .state }
    let shown = pane.map { StatePane.rows(in: $0.rect.inset) } ?? 1
    watch?.stateOffset = max(0, min(current.stateOffset + rows, current.run.map.dimension - shown))
  }
}

extension Watch {
  fileprivate mutating func showNextMeasure() { measure = measure.next }
  fileprivate mutating func focusNextPane() { focus = focus.next }
}

extension Measure {
  /// The next one in the order of the formats.
  var next: Measure {
    let all = Measure.allCases
    let index = all.firstIndex(of: self) ?? 0
    return all[(index + 1) % all.count]
  }
}
