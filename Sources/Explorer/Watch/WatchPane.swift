/// The panes of the watch screen, in the order in which the key goes through them.
public enum WatchPane: Int, Sendable, CaseIterable {
  case residual, contraction, activations, trajectories, state, activity, spectrum, certificates

  var next: WatchPane { WatchPane(rawValue: (rawValue + 1) % WatchPane.allCases.count) ?? .residual }

  /// Whether a value axis can be linear or logarithmic.
  var hasScale: Bool { [.residual, .contraction, .trajectories].contains(self) }

  /// Whether it is laid out along the steps.
  var showsSteps: Bool { [.residual, .contraction, .activations, .trajectories, .activity].contains(self) }

  var title: String {
    switch self {
    case .residual: "residual"
    case .contraction: "contraction"
    case .activations: "activations"
    case .trajectories: "trajectories"
    case .state: "state z"
    case .activity: "sparsity"
    case .spectrum: "spectrum of J"
    case .certificates: "certificates"
    }
  }
}
