import FixedPoint
import Screen
import Sessions

/// Every binding of the explorer, in the order of importance within each place: footers show the first ones.
public enum BindingCatalog {
  public static let all: [Binding] = ExplorerModel.Place.allCases.flatMap(own) + run + session + everywhere

  /// The bindings of one screen alone.
  static func own(_ place: ExplorerModel.Place) -> [Binding] {
    switch place {
    case .gallery: gallery
    case .watch: watch
    case .certificates: certificates
    case .race: race
    case .spectrum: spectrum
    case .build: build
    case .phase: phase
    case .compare: compare
    case .sweep: sweep
    case .train: train
    }
  }

  /// Whether the run is stepped on a screen.
  static func isStepping(_ place: ExplorerModel.Place) -> Bool { place == .watch || place == .spectrum }

  /// With the keys that step the run, where it is stepped: on the watch screen they come first.
  private static func stepping(_ place: ExplorerModel.Place) -> [Binding] {
    switch place {
    case .watch: run + own(place)
    case .spectrum: own(place) + run
    case .gallery, .build, .phase, .certificates, .race, .compare, .sweep, .train: own(place)
    }
  }

  /// Wherever a session is open.
  static let session: [Binding] = [
    Binding(
      "Set a field of the session, such as a gain or a shift", .askEdit, keys: [.character("E")], label: "set field",
      in: .session, .change, when: isNotPlaying),
    Binding(
      "Fixed points: all of them, proved, and how many starts reach each", .showFixedPoints, keys: [.character("P")],
      label: "fixed points", in: .session, .view),
    Binding(
      "Undo the last change of the session, or of the run's steps", .undo, keys: [.character("u")],
      label: "undo", in: .session, .change, when: canUndo),
    Binding("Redo what was undone", .redo, keys: [.control("r")], label: "redo", in: .session, .change, when: canRedo),
    Binding(
      "Save the session with what was done", .save, keys: [.character("s"), .control("s")], label: "save", in: .session,
      .file),
    Binding("Save under another name", .askSave, keys: [.character("S")], in: .session, .file),
  ]

  static let everywhere: [Binding] =
    tabs + [
      Binding(
        "Every command of every screen, to search and to take", .openPalette, keys: [.character(":")], label: "palette",
        in: .everywhere, .general),
      Binding(
        "The keys of this screen", .help, keys: [.character("?"), Key(.function(1))], label: "keys", in: .everywhere,
        .general),
      Binding("Next theme: dark, light, monochrome", .nextTheme, keys: [.character("C")], in: .everywhere, .general),
      Binding(
        "Mouse on or off (off lets the terminal select text)", .toggleMouse, keys: [.control("p")], in: .everywhere,
        .general),
      Binding(
        "Copy: a value, the command line, or the path", .chooseClip, keys: [.control("o")], label: "copy",
        in: .everywhere, .file),
      Binding("Plain or graphic characters", .toggleGlyphs, keys: [.character("A")], in: .everywhere, .general),
      Binding(
        "Stop the program, as the shell's Ctrl-Z does", .suspend, keys: [.control("z")], in: .everywhere, .general),
      Binding("Quit", .quit, keys: [.character("q"), .control("c")], label: "quit", in: .everywhere, .general),
    ]

  /// A digit a screen, as the tabs say, and letters that are easy to remember.
  private static let tabs: [Binding] = ExplorerModel.Place.allCases.map { place in
    Binding(
      place.summary, .show(place), keys: [.character(place.digit)] + place.letters.map { .character($0) },
      in: .everywhere, .view, when: canShow(place))
  }

  /// The bindings that hold on a screen: its own, then those of every screen.
  public static func bindings(in place: ExplorerModel.Place) -> [Binding] {
    stepping(place) + (place.standsAlone ? [] : session) + everywhere
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

  private static func canShow(_ place: ExplorerModel.Place) -> Availability {
    switch place {
    case .gallery, .train: { _ in .enabled }
    case .race: { hasSession($0) == .enabled ? isNotPlaying($0) : hasSession($0) }
    case .build, .watch, .spectrum, .phase, .certificates, .compare, .sweep: hasSession
    }
  }

  static let hasSelection = needs("no session matches") { $0.gallery.selected != nil }
  static let hasSession = needs("no session is open") { $0.watch != nil }
  static let canStep = needs("the run has ended") { model in
    model.watch.map { $0.run.outcome == nil || !$0.isAtEnd } ?? false
  }
  static let isPastStart = needs("this is the start") { ($0.watch?.cursor ?? 0) > 0 }
  static let hasSteps = needs("nothing has been run") { ($0.watch?.run.stepCount ?? 0) > 0 }
  static let hasNotes = needs("no notes yet: N writes one") { $0.watch?.experiment.notes.isEmpty == false }
  static let hasLaterSteps = needs("no later steps") { $0.watch.map { !$0.isAtEnd } ?? false }
  static let canBranch: Availability = { isNotPlaying($0) == .enabled ? hasLaterSteps($0) : isNotPlaying($0) }
  static let canReset: Availability = { isNotPlaying($0) == .enabled ? hasSteps($0) : isNotPlaying($0) }
  static let hasFailed = needs("the run has not failed") { $0.watch?.hasFailed == true }
  static let hasConverged = needs("the run has not converged") { $0.watch?.run.fixedPoint != nil }
  static let canUndo = needs("there is nothing to undo") { model in
    model.watch.map { $0.playback == nil && ($0.experiment.canUndo || $0.build?.draft != nil) } ?? false
  }
  static let canRedo = needs("nothing was undone") {
    $0.watch.map { $0.playback == nil && $0.experiment.canRedo } ?? false
  }
  static let isNotPlaying = needs("pause first") { $0.watch?.playback == nil }
}
