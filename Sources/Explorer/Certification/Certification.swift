public import FixedPoint
import Screen
import Sessions

/// What the theorems say of the open session's map, as far as it is known yet.
public struct Certification: Sendable {
  /// Tells the results of one network from those of the one before.
  let generation: Int
  let analysis: Analysis
  /// By the theorems' order; `nil` while it is being computed.
  private(set) var certificates: [Certificate?]
  var selection = 0
  /// First line shown of the evidence.
  var offset = 0

  init(generation: Int, network: Network) {
    self.generation = generation
    analysis = Analysis(network: network)
    certificates = Array(repeating: nil, count: TheoremCatalog.all.count)
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
