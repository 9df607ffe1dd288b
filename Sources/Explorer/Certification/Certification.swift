public import FixedPoint
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
  private let start: TensorSource
  /// By the theorems' order; `nil` while it is being computed.
  private(set) var certificates: [Certificate?]
  /// How far theorems are from being lost or won, as far as that was asked for.
  private(set) var margins: [MarginResult] = []
  /// What the search for every fixed point says, which goes on for longer than the theorem by itself.
  private(set) var enumerated: Certificate?
  var selection = 0
  /// First line shown of the evidence.
  var offset = 0
  /// Whether the light theorems (`true`) and the others have been asked.
  var asked: Set<Bool> = []

  init(generation: Int, _ experiment: Experiment) {
    self.generation = generation
    analysis = Analysis(network: experiment.problem.network, start: experiment.problem.start)
    network = experiment.document.network
    input = experiment.document.input
    start = experiment.document.start
    certificates = Array(repeating: nil, count: TheoremCatalog.all.count)
  }

  func isOf(_ experiment: Experiment) -> Bool {
    network == experiment.document.network && input == experiment.document.input
      && start == experiment.document.start
  }

  mutating func add(_ found: [Certificate]) {
    for certificate in found where certificate.id != enumerated?.id || certificate == enumerated {
      guard let index = TheoremCatalog.all.firstIndex(where: { $0.id == certificate.id }) else { continue }
      certificates[index] = certificate
    }
  }

  mutating func add(enumerated certificate: Certificate) {
    guard certificate != enumerated else { return }
    enumerated = certificate
    add([certificate])
  }

  var known: [Certificate] { certificates.compactMap(\.self) }
  var isComplete: Bool { known.count == certificates.count }

  /// What is concluded from what is known so far.
  var conclusion: Result<Conclusion, CertificateConflict> {
    Result { () throws(CertificateConflict) in try Conclusion(of: known) }
  }

  /// The conclusion in one sentence; an open question is only said to be open once every theorem has answered.
  var conclusionText: String {
    switch conclusion {
    case .failure(let conflict): conflict.text
    case .success(let conclusion) where conclusion.verdict == .open && !isComplete: "checking…"
    case .success(let conclusion): conclusion.text
    }
  }

  mutating func select(_ change: Int) {
    selection = max(0, min(selection + change, certificates.count - 1))
    offset = 0
  }
}

/// A margin that was asked for; `nil` if the network does not have the parameter.
public struct MarginResult: Sendable, Equatable {
  public let id: String
  public let parameter: Parameter
  public let margin: Margin?

  public init(id: String, parameter: Parameter, margin: Margin?) {
    self.id = id
    self.parameter = parameter
    self.margin = margin
  }
}

extension Certification {
  mutating func add(_ result: MarginResult) {
    margins.removeAll { $0.id == result.id && $0.parameter == result.parameter }
    margins.append(result)
  }

  var selectedTheorem: any Theorem.Type { TheoremCatalog.all[selection] }

  mutating func scroll(_ rows: Int) { offset = max(0, offset + rows) }
}

extension ExplorerModel {
  /// Starts certifying when the open session's map is another than the one that was certified: light theorems and the
  /// others beside each other, never on the main loop.
  mutating func certifyIfChanged() -> [Effect] {
    guard let current = watch else { return [] }
    if current.certification?.isOf(current.experiment) != true {
      certifiedCount += 1
      var certification = Certification(generation: certifiedCount, current.experiment)
      certification.selection = current.certification?.selection ?? 0
      watch?.certification = certification
    }
    return [true, false].compactMap { certify(light: $0) }
  }

  /// Asks about the map as it is now, once the question before has been answered: of maps that were changed faster than
  /// they can be certified only the last one is.
  private mutating func certify(light: Bool) -> Effect? {
    guard let certification = watch?.certification, certifying[light] == nil, !certification.asked.contains(light)
    else { return nil }
    certifying[light] = certification.generation
    watch?.certification?.asked.insert(light)
    return .certify(certification.analysis, generation: certification.generation, light: light)
  }

  /// Asks how far the selected theorem's proof reaches along a parameter.
  mutating func findMargin(_ parameter: Parameter) -> [Effect] {
    guard let current = watch?.certification else { return [] }
    say(.note, "\(current.selectedTheorem.id): looking for the margin along \(parameter.rawValue)…")
    return [.margin(current.analysis, generation: current.generation, current.selectedTheorem.id, parameter)]
  }

  mutating func note(_ result: MarginResult, of generation: Int) -> [Effect] {
    guard watch?.certification?.generation == generation else { return [] }
    watch?.certification?.add(result)
    let text = result.margin?.text(result.parameter) ?? "the map has no \(result.parameter.rawValue)"
    say(.note, "\(result.id): \(text)")
    return []
  }

  /// Takes in results; those of an earlier map are dropped.
  mutating func note(_ certificates: [Certificate], light: Bool, of generation: Int) -> [Effect] {
    if certifying[light] == generation { certifying[light] = nil }
    if watch?.certification?.generation == generation { watch?.certification?.add(certificates) }
    return []
  }
}
