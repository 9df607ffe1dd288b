/// A part of the screen on which a training is watched.
enum TrainPane: Sendable, CaseIterable {
  case loss, error, steps, radius, certificates, sample

  var title: String {
    switch self {
    case .loss: "loss"
    case .error: "error"
    case .steps: "steps"
    case .radius: "spectral radius"
    case .certificates: "certificates"
    case .sample: "sample"
    }
  }

  var next: TrainPane {
    let all = Self.allCases
    let index = all.firstIndex(of: self) ?? 0
    return all[(index + 1) % all.count]
  }
}
