import FixedPoint
import Screen

/// Every binding of the explorer, in the order of importance within each place: footers show the first ones.
public enum BindingCatalog {
  public static let all: [Binding] = gallery + watch + certificates + race + session + everywhere

  static let gallery: [Binding] = [
    Binding(
      "Open the selected session", .openSelected, keys: [Key(.enter), .character("l")], label: "open", in: .gallery,
      .file, when: hasSelection),
    Binding("Search the sessions", .search, keys: [.character("/")], label: "search", in: .gallery, .view),
    Binding("Next session", .selectNext, keys: [Key(.down), .character("j")], label: "next", in: .gallery, .move),
    Binding(
      "Previous session", .selectPrevious, keys: [Key(.up), .character("k")], label: "previous", in: .gallery, .move),
    Binding("First session", .selectFirst, keys: [Key(.home), .character("g")], in: .gallery, .move),
    Binding("Last session", .selectLast, keys: [Key(.end), .character("G")], in: .gallery, .move),
    Binding("Back to the open session", .watch, keys: [.character("w")], in: .gallery, .file, when: hasSession),
  ]

  static let watch: [Binding] = [
    Binding(
      "One step", .step, keys: [Key(.character(" ")), .character("l"), Key(.right)], label: "step", in: .watch, .run,
      when: canStep),
    Binding("Run or pause", .togglePlay, keys: [.character("r")], label: "run", in: .watch, .run, when: canStep),
    Binding(
      "Back one step", .back, keys: [Key(.left), .character("h")], label: "back", in: .watch, .run, when: isPastStart),
    Binding("Ten steps", .stepMany(10), keys: [.character("L"), Key(.pageDown)], in: .watch, .run, when: canStep),
    Binding(
      "Back ten steps", .stepMany(-10), keys: [.character("H"), Key(.pageUp)], in: .watch, .run, when: isPastStart),
    Binding(
      "To the start", .jumpToStart, keys: [.character("0"), Key(.home)], label: "start", in: .watch, .run,
      when: isPastStart),
    Binding(
      "To the end: run until it stops", .jumpToEnd, keys: [.character("$"), Key(.end), .character("G")], label: "end",
      in: .watch, .run, when: canStep),
    Binding(
      "Diagnosis: why it did not converge, and what may help", .diagnose, keys: [.character("d")], label: "diagnosis",
      in: .watch, .view, when: hasFailed),
    Binding("Faster", .faster, keys: [.character("+"), .character("]")], label: "faster", in: .watch, .run),
    Binding("Slower", .slower, keys: [.character("-"), .character("[")], in: .watch, .run),
    Binding(
      "Branch: leave the later steps aside", .branch, keys: [.character("b")],
      label: "branch", in: .watch, .change, when: hasLaterSteps),
    Binding(
      "Change the method", .chooseSolver, keys: [.character("m")], label: "method", in: .watch, .change,
      when: isNotPlaying),
    Binding(
      "Change the start", .chooseStart, keys: [.character("i")], label: "start from", in: .watch, .change,
      when: isNotPlaying),
    Binding(
      "Change the tolerance", .askTolerance, keys: [.character("t")], label: "tolerance", in: .watch, .change,
      when: isNotPlaying),
    Binding(
      "Change what the tolerance measures", .chooseStoppingMeasure, keys: [.character("T")], in: .watch, .change,
      when: isNotPlaying),
    Binding(
      "Change the limit of steps", .askMaxSteps, keys: [.character("M")], in: .watch, .change, when: isNotPlaying),
    Binding(
      "Reset: back to the start, nothing run", .reset, keys: [.character("R")], in: .watch, .change, when: hasSteps),
    Binding(
      "The certificates: is there exactly one fixed point, and why", .certificates, keys: [.character("c")],
      label: "certificates", in: .watch, .view),
    Binding(
      "Race: every method on this problem, side by side", .race, keys: [.character("x")], label: "race", in: .watch,
      .view, when: isNotPlaying),
    Binding(
      "Backward: the adjoint solve at the fixed point", .backward, keys: [.character("B")], label: "backward",
      in: .watch, .view, when: hasConverged),
    Binding(
      "Next measure in the residual plot", .nextMeasure, keys: [.character("y")], label: "measure", in: .watch, .view),
    Binding(
      "Freeze the residual curve to compare with; again lets it go", .freezeRun, keys: [.character("f")],
      label: "freeze", in: .watch, .view, when: hasSteps),
    Binding("Choose the measure of the residual plot", .chooseMeasure, keys: [.character("Y")], in: .watch, .view),
    Binding("Next pane", .nextPane, keys: [Key(.tab)], label: "pane", in: .watch, .view),
    Binding("Zoom the pane", .zoom, keys: [.character("z")], label: "zoom", in: .watch, .view),
    Binding("Scroll the units down", .scrollDown, keys: [Key(.down), .character("j")], in: .watch, .view),
    Binding("Scroll the units up", .scrollUp, keys: [Key(.up), .character("k")], in: .watch, .view),
    Binding(
      "Save the session with what was done", .save, keys: [.character("s"), .control("s")], label: "save", in: .watch,
      .file),
    Binding("Save under another name", .askSave, keys: [.character("S")], in: .watch, .file),
    Binding(
      "Export: trace, plots, recording or Python script", .askExport, keys: [.character("e")], label: "export",
      in: .watch, .file, when: hasSteps
    ),
    Binding("The gallery of sessions", .gallery, keys: [.character("o")], label: "gallery", in: .watch, .file),
  ]

  static let certificates: [Binding] = [
    Binding(
      "Next theorem", .nextTheorem, keys: [Key(.down), .character("j")], label: "next", in: .certificates, .move),
    Binding(
      "Previous theorem", .previousTheorem, keys: [Key(.up), .character("k")], label: "previous", in: .certificates,
      .move),
    Binding(
      "Margin: how far this proof reaches along gain, shift or power", .chooseMargin, keys: [.character("m")],
      label: "margin", in: .certificates, .view),
    Binding(
      "Scroll the evidence down", .scrollEvidence(4), keys: [Key(.pageDown), .character("d")], label: "scroll",
      in: .certificates, .move),
    Binding(
      "Scroll the evidence up", .scrollEvidence(-4), keys: [Key(.pageUp), .character("U")], in: .certificates, .move),
    Binding(
      "Back to the run", .leaveCertificates, keys: [Key(.escape), .character("c"), .character("w")], label: "back",
      in: .certificates, .file),
  ]

  static let race: [Binding] = [
    Binding(
      "Go on by this method", .takeEntrant, keys: [Key(.enter)], label: "take it", in: .race, .change),
    Binding(
      "This method on or off", .toggleEntrant, keys: [.character(" ")], label: "on/off", in: .race, .view),
    Binding(
      "This method alone, or all", .toggleOtherEntrants, keys: [.character("a")], label: "alone/all", in: .race, .view),
    Binding(
      "Residual against evaluations or against time", .toggleRaceAxis, keys: [.character("t")], label: "time axis",
      in: .race, .view),
    Binding(
      "Freeze this method's curve to compare with; again lets it go", .freezeEntrant, keys: [.character("f")],
      label: "freeze", in: .race, .view),
    Binding("Next method", .nextEntrant, keys: [Key(.down), .character("j")], label: "next", in: .race, .move),
    Binding(
      "Previous method", .previousEntrant, keys: [Key(.up), .character("k")], label: "previous", in: .race, .move),
    Binding(
      "Back from the race to the run", .leaveRace, keys: [Key(.escape), .character("x"), .character("w")],
      label: "back", in: .race, .file),
  ]

  /// Wherever a session is open.
  static let session: [Binding] = [
    Binding(
      "Set a field of the session, such as a gain or a shift", .askEdit, keys: [.character("E")], label: "set field",
      in: .session, .change, when: isNotPlaying)
  ]

  static let everywhere: [Binding] = [
    Binding(
      "The keys of this screen", .help, keys: [.character("?"), Key(.function(1))], label: "keys", in: .everywhere,
      .general),
    Binding("Next theme: dark, light, monochrome", .nextTheme, keys: [.character("C")], in: .everywhere, .general),
    Binding(
      "Mouse on or off (off lets the terminal select text)", .toggleMouse, keys: [.character("u")], in: .everywhere,
      .general),
    Binding("Plain or graphic characters", .toggleGlyphs, keys: [.character("A")], in: .everywhere, .general),
    Binding("Stop the program, as the shell's Ctrl-Z does", .suspend, keys: [.control("z")], in: .everywhere, .general),
    Binding("Quit", .quit, keys: [.character("q"), .control("c")], label: "quit", in: .everywhere, .general),
  ]

  /// The bindings that hold on a screen: its own, then those of every screen.
  public static func bindings(in place: ExplorerModel.Place) -> [Binding] {
    switch place {
    case .gallery: gallery + everywhere
    case .watch: watch + session + everywhere
    case .certificates: certificates + session + everywhere
    case .race: race + session + everywhere
    }
  }

  /// What a key means on a screen.
  static func binding(for key: Key, in place: ExplorerModel.Place) -> Binding? {
    bindings(in: place).first { $0.keys.contains(key) }
  }
}

extension BindingCatalog {
  typealias Availability = @Sendable (ExplorerModel) -> Binding.Availability

  static func needs(_ reason: String, _ holds: @escaping @Sendable (ExplorerModel) -> Bool) -> Availability {
    { holds($0) ? .enabled : .disabled(reason) }
  }

  static let hasSelection = needs("no session matches") { $0.gallery.selected != nil }
  static let hasSession = needs("no session is open") { $0.watch != nil }
  static let canStep = needs("the run has ended") { model in
    model.watch.map { $0.run.outcome == nil || !$0.isAtEnd } ?? false
  }
  static let isPastStart = needs("this is the start") { ($0.watch?.cursor ?? 0) > 0 }
  static let hasSteps = needs("nothing has been run") { ($0.watch?.run.stepCount ?? 0) > 0 }
  static let hasLaterSteps = needs("no later steps") { $0.watch.map { !$0.isAtEnd } ?? false }
  static let hasFailed = needs("the run has not failed") { $0.watch?.hasFailed == true }
  static let hasConverged = needs("the run has not converged") { $0.watch?.run.fixedPoint != nil }
  static let isNotPlaying = needs("pause first") { $0.watch?.playback == nil }
}
