extension ExplorerModel {
  /// The screens, in the order of their tabs.
  public enum Place: Int, Sendable, Hashable, CaseIterable {
    case gallery, build, watch, spectrum, phase, certificates, race, compare, sweep, train

    /// Stands in the tab.
    var title: String {
      switch self {
      case .gallery: "Gallery"
      case .build: "Build"
      case .watch: "Watch"
      case .spectrum: "Spectrum"
      case .phase: "Phase"
      case .certificates: "Certificates"
      case .race: "Race"
      case .compare: "Compare"
      case .sweep: "Sweep"
      case .train: "Train"
      }
    }

    /// The title where there is less room.
    var shortTitle: String {
      switch self {
      case .gallery: "Open"
      case .spectrum: "Spec"
      case .certificates: "Certs"
      case .compare: "Comp"
      case .build, .watch, .phase, .race, .sweep, .train: title
      }
    }

    /// What there is to see, as a sentence's beginning for help and palette.
    var summary: String {
      switch self {
      case .gallery: "Gallery: the sessions on offer"
      case .build: "Build: operators, weights, input and start"
      case .watch: "Watch: the iteration, step by step"
      case .spectrum: "Spectrum: eigenvalues and coefficients"
      case .phase: "Phase: trajectories and basins of attraction"
      case .certificates: "Certificates: is there one fixed point, and why"
      case .race: "Race: every method on this problem"
      case .compare: "Compare: two runs, step by step"
      case .sweep: "Sweep: the session over one or two parameters"
      case .train: "Train: a network on data, live"
      }
    }

    /// Further keys of its tab.
    var letters: [Character] {
      switch self {
      case .gallery: ["o"]
      case .watch: ["w"]
      case .certificates: ["c"]
      case .race: ["x"]
      case .build, .spectrum, .phase, .compare, .sweep, .train: []
      }
    }

    /// The key of its tab.
    var digit: Character { self == .train ? "0" : Character(String(rawValue + 1)) }

    /// Whether there is something to see without an open session.
    var standsAlone: Bool { self == .gallery || self == .train }
  }
}
