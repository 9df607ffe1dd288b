import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Carries out a command that is known to be available.
  mutating func perform(_ command: Command) -> [Effect] {
    switch command {
    case .step, .back, .stepMany, .moveCursor, .jumpToStart, .jumpToEnd, .togglePlay, .faster, .slower:
      return performRun(command)
    case .reset, .branch, .setSolver, .setStart, .setStopping, .setField, .undo, .redo:
      return performChange(command)
    case .showMeasure, .nextMeasure, .freezeRun, .nextPane, .zoom, .nextTheorem,
      .previousTheorem,
      .scrollEvidence, .leaveCertificates,
      .nextTheme, .setTheme, .toggleMouse, .toggleGlyphs:
      performView(command)
      return []
    case .chooseSolver, .chooseStart, .chooseMeasure, .chooseStoppingMeasure, .askTolerance, .askMaxSteps, .askEdit,
      .help, .openPalette, .askSave,
      .askExport, .chooseMargin, .chooseClip:
      openOverlay(command)
      return []
    case .askNote, .setNote, .nextNote, .previousNote:
      performNote(command)
      return []
    case .build(let command): return performBuild(command)
    case .gallery(let command): return performGallery(command)
    case .diagnose: return diagnose()
    case .backward: return solveBackward()
    case .take(let remedy): return take(remedy)
    case .findMargin(let parameter): return findMargin(parameter)
    case .nextEntrant, .previousEntrant, .toggleEntrant, .toggleOtherEntrants, .toggleRaceAxis, .freezeEntrant,
      .takeEntrant,
      .leaveRace:
      return performRace(command)
    case .watch(let command): return performWatch(command)
    case .spectrum(let command): return performSpectrum(command)
    case .phase(let command): return performPhase(command)
    case .compare(let command): return performCompare(command)
    case .sweep(let command): return performSweep(command)
    case .training(let command): return performTraining(command)
    case .show(let place): return show(place)
    case .showFixedPoints:
      showFixedPoints()
      return []
    case .openSelected, .open, .selectNext, .selectPrevious, .selectFirst,
      .selectLast,
      .search:
      return performGallery(command)
    case .recover, .discardAbandoned: return performUnsaved(command)
    case .copy(let clip): return copy(clip)
    case .save, .saveKeepingRecording, .saveAs, .export, .suspend, .quit, .quitWithoutSaving, .saveThen:
      return performFile(command)
    }
  }

  mutating func performView(_ command: Command) {
    switch command {
    case .showMeasure(let measure): watch?.measure = measure
    case .nextMeasure: watch?.showNextMeasure()
    case .freezeRun: watch?.toggleFrozen()
    case .nextPane: focusNextPane()
    case .zoom: watch?.isZoomed.toggle()
    case .nextTheorem: watch?.certification?.select(1)
    case .scrollEvidence(let rows): watch?.certification?.scroll(rows)
    case .leaveCertificates: place = .watch
    case .previousTheorem: watch?.certification?.select(-1)
    case .nextTheme: settings.theme = settings.theme.next
    case .setTheme(let name): settings.theme = name
    case .toggleMouse:
      settings.mouse.toggle()
      say(.note, settings.mouse ? "mouse on" : "mouse off: the terminal selects text")
    case .toggleGlyphs: settings.plainGlyphs.toggle()
    default: break
    }
  }
}

extension Watch {
  fileprivate mutating func showNextMeasure() { measure = measure.next }
}

extension Measure {
  /// The next one in the order of the formats.
  var next: Measure {
    let all = Measure.allCases
    let index = all.firstIndex(of: self) ?? 0
    return all[(index + 1) % all.count]
  }
}
