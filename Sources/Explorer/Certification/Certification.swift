import FixedPoint
import Screen
import Sessions

/// What the theorems say of the open session's map, as far as it is known yet.
public struct Certification: Sendable {
  /// Tells the results of one network from those of the one before.
  let generation: Int
  let analysis: Analysis
  /// What the map is made from, to see whether it has changed.
  private let network: NetworkSource
  private let input: TensorSource?
  /// By the theorems' order; `nil` while it is being computed.
  private(set) var certificates: [Certificate?]
  var selection = 0
  /// First line shown of the evidence.
  var offset = 0

  init(generation: Int, _ experiment: Experiment) {
    self.generation = generation
    analysis = Analysis(network: experiment.problem.network)
    network = experiment.document.network
    input = experiment.document.input
    certificates = Array(repeating: nil, count: TheoremCatalog.all.count)
  }

  func isOf(_ experiment: Experiment) -> Bool {
    network == experiment.document.network && input == experiment.document.input
  }

  mutating func add(_ found: [Certificate]) {
    for certificate in found {
      guard let index = TheoremCatalog.all.firstIndex(where: { $0.id == certificate.id }) else { continue }
      certificates[index] = certificate
    }
  }

  var known: [Certificate] { certificates.compactMap(\.self) }
  var isComplete: Bool { known.count == certificates.count }

  /// The strongest thing that is proved, in one line.
  var conclusion: String {
    if let best = known.filter(\.isUnique).min(by: { ($0.rate ?? 1) < ($1.rate ?? 1) }) {
      return "exactly one fixed point (\(best.domain.text)), by \(best.id)"
    }
    if let best = known.first(where: { $0.verdict == .proved && $0.claim == .atMostOne }) {
      return "at most one fixed point (\(best.domain.text)), by \(best.id)"
    }
    return isComplete ? "uniqueness is not proved" : "checking…"
  }

  mutating func select(_ change: Int) {
    selection = max(0, min(selection + change, certificates.count - 1))
    offset = 0
  }
}

extension Certification {
  mutating func scroll(_ rows: Int) { offset = max(0, offset + rows) }
}

extension ExplorerModel {
  /// Starts certifying when the open session's map is another than the one that was certified: light theorems first,
  /// the others beside them. Never on the main loop.
  mutating func certifyIfChanged() -> [Effect] {
    guard let current = watch, current.certification?.isOf(current.experiment) != true else { return [] }
    certifiedCount += 1
    var certification = Certification(generation: certifiedCount, current.experiment)
    certification.selection = current.certification?.selection ?? 0
    watch?.certification = certification
    return [true, false].map { .certify(certification.analysis, generation: certifiedCount, light: $0) }
  }

  /// Takes in results; those of an earlier map are dropped.
  mutating func note(_ certificates: [Certificate], of generation: Int) -> [Effect] {
    if watch?.certification?.generation == generation { watch?.certification?.add(certificates) }
    return []
  }
}
