import FixedPoint
import Screen
public import Sessions

/// What a map of parameters can show of its cells.
public enum SweepQuantity: Sendable, Hashable {
  case outcome
  case steps
  case fixedPoints
  case spectralRadius
  case lyapunov
  /// Of the theorem with this id.
  case verdict(String)
  case rate(String)

  /// The quantities of a sweep, in the order of its table.
  public static func all(of spec: SweepSpec) -> [SweepQuantity] {
    [.outcome, .steps, .fixedPoints, .spectralRadius, .lyapunov]
      + spec.certificates.flatMap { [.verdict($0), .rate($0)] }
  }

  /// The quantity of a name, as the sweep's table has it: `spectral_radius`, `monotone`, `monotone_rate`.
  public init?(name: String, of spec: SweepSpec) {
    guard let quantity = Self.all(of: spec).first(where: { $0.name == name }) else { return nil }
    self = quantity
  }

  /// The column of the sweep's table.
  public var name: String {
    switch self {
    case .outcome: "outcome"
    case .steps: "steps"
    case .fixedPoints: "fixed_points"
    case .spectralRadius: "spectral_radius"
    case .lyapunov: "lyapunov"
    case .verdict(let id): id
    case .rate(let id): id + "_rate"
    }
  }

  var title: String {
    switch self {
    case .outcome: "outcome"
    case .steps: "steps"
    case .fixedPoints: "fixed points reached"
    case .spectralRadius: "spectral radius"
    case .lyapunov: "Lyapunov exponent"
    case .verdict(let id): "verdict of \(id)"
    case .rate(let id): "rate of \(id)"
    }
  }

  /// What its values mean, with their unit.
  func meaning(_ spec: SweepSpec) -> String {
    switch self {
    case .outcome: "how the run from the session's start ended"
    case .steps: "of the run from the session's start, log"
    case .fixedPoints: "different ones, from \(spec.starts) start\(spec.starts == 1 ? "" : "s")"
    case .spectralRadius: "rho(J) where the run converged"
    case .lyapunov: "per step, where the run did not converge"
    case .verdict: "what the theorem says"
    case .rate: "contraction per step that is proved"
    }
  }

  /// A cell's value; `nil` where it has none.
  func value(_ cell: SweepCell, _ spec: SweepSpec) -> Double? {
    switch self {
    case .outcome: Self.outcomes.firstIndex { $0.name == cell.outcome.name }.map(Double.init)
    case .steps: Double(cell.steps)
    case .fixedPoints: Double(cell.fixedPoints)
    case .spectralRadius: cell.spectralRadius
    case .lyapunov: cell.lyapunov
    case .verdict(let id):
      statement(id, cell, spec).flatMap { Self.standings.firstIndex(of: $0.standing.onMap).map(Double.init) }
    case .rate(let id): statement(id, cell, spec)?.rate
    }
  }

  private func statement(_ id: String, _ cell: SweepCell, _ spec: SweepSpec) -> NetworkFindings.Statement? {
    spec.certificates.firstIndex(of: id).map { cell.certificates[$0] }
  }
}

// MARK: - Few values

extension SweepQuantity {
  /// Worse ones come later, and are what a place shows that several cells share. Those of one colour are told apart by
  /// its strength, and by their letters.
  private static let outcomes: [(name: String, outcome: Outcome, strength: Double)] = [
    ("converged", .converged, 0.7), ("stalled", .stalled, 0.65), ("maxSteps", .maxSteps, 1),
    ("cycle", .cycle(period: 2), 0.45), ("diverged", .diverged, 0.65),
    ("failed", .failed(.singular(method: "", step: 0)), 0.2),
  ]

  /// What a map tells apart: a proof about the map, one about a part of it, and the rest.
  private static let standings: [Standing] = [
    .provesUnique, .provesUniqueInPart, .conditionNotMet, .doesNotApply, .violated,
  ]

  /// What its values stand for; `nil` where they are numbers.
  var categories: [ParameterMap.Category]? {
    switch self {
    case .outcome:
      Self.outcomes.map {
        ParameterMap.Category($0.outcome.scalar, $0.outcome.shortWord, role: $0.outcome.role, strength: $0.strength)
      }
    case .verdict:
      Self.standings.map { ParameterMap.Category($0.scalar, $0.mapWords, role: $0.role) }
    case .steps, .fixedPoints, .spectralRadius, .lyapunov, .rate: nil
    }
  }

  /// How values are laid out.
  var scale: Screen.Scale { self == .steps ? .log10 : .linear }
}

extension RecordedOutcome {
  /// As the explorer tells outcomes elsewhere.
  var category: ParameterMap.Category? {
    SweepQuantity.outcome.value(named: name).flatMap { SweepQuantity.outcome.categories?[$0] }
  }

  /// In words: `cycle of 3`.
  var text: String { period.map { "cycle of \($0)" } ?? category?.name ?? name }
}

extension SweepQuantity {
  fileprivate func value(named name: String) -> Int? { Self.outcomes.firstIndex { $0.name == name } }
}

extension Outcome {
  fileprivate var scalar: Unicode.Scalar { letter.unicodeScalars.first ?? "?" }
  fileprivate var shortWord: String {
    if case .cycle = self { return "cycle" }
    return word
  }
}

extension Standing {
  fileprivate var scalar: Unicode.Scalar { letter.unicodeScalars.first ?? "?" }

  /// The one of its kind that stands on a map.
  fileprivate var onMap: Standing {
    switch self {
    case .provesUnique: .provesUnique
    case .provesUniqueInPart, .provesAtMostOne, .provesExistence, .holdsAlongRays, .attractsNearby: .provesUniqueInPart
    case .conditionNotMet: .conditionNotMet
    case .doesNotApply, .tooLarge: .doesNotApply
    case .provesNone, .violated, .severalFound, .repelsNearby: .violated
    }
  }

  fileprivate var mapWords: String {
    switch onMap {
    case .provesUniqueInPart: "partial proof"
    case .violated: "refuted"
    default: words
    }
  }
}

/// Theorems on a map of parameters: one letter each.
enum SweepTheorem {
  static func letter(_ id: String) -> Unicode.Scalar { letters[id] ?? "?" }

  private static let letters: [String: Unicode.Scalar] = [
    "subhomogeneous-thompson": "T", "subhomogeneous-order-preserving": "O", "subhomogeneous-radial": "R",
    "subhomogeneous-hilbert": "H", "positive-concave": "C", "monotone": "M", "lyapunov-diagonal": "L",
    "perron-frobenius": "F", "matrix-measure-inf": "U", "lipschitz-1": "1", "lipschitz-2": "2", "lipschitz-inf": "I",
    "krawczyk": "K", "local-spectral-radius": "S",
  ]
}
