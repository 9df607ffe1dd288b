import FixedPoint
import Screen

/// Every binding of the explorer, in the order of importance within each place: footers show the first ones.
public enum BindingCatalog {
  public static let all: [Binding] = ExplorerModel.Place.allCases.flatMap(own) + session + everywhere

  /// The bindings of one screen alone.
  private static func own(_ place: ExplorerModel.Place) -> [Binding] {
    switch place {
    case .gallery: gallery
    case .watch: watch
    case .certificates: certificates
    case .race: race
    case .phase: phase
    case .compare: compare
    case .build, .spectrum: []
    }
  }

  /// Wherever a session is open.
  static let session: [Binding] = [
    Binding(
      "Set a field of the session, such as a gain or a shift", .askEdit, keys: [.character("E")], label: "set field",
      in: .session, .change, when: isNotPlaying)
  ]

  static let everywhere: [Binding] =
    tabs + [
      Binding(
        "The keys of this screen", .help, keys: [.character("?"), Key(.function(1))], label: "keys", in: .everywhere,
        .general),
      Binding("Next theme: dark, light, monochrome", .nextTheme, keys: [.character("C")], in: .everywhere, .general),
      Binding(
        "Mouse on or off (off lets the terminal select text)", .toggleMouse, keys: [.character("u")], in: .everywhere,
        .general),
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
    own(place) + (place == .gallery ? [] : session) + everywhere
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
    case .gallery: { _ in .enabled }
    case .race: { hasSession($0) == .enabled ? isNotPlaying($0) : hasSession($0) }
    case .build, .watch, .spectrum, .phase, .certificates, .compare: hasSession
    }
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
