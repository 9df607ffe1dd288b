/// A theorem that can certify a network: one file each, one row in ``TheoremCatalog``.
public protocol Theorem: Sendable {
  /// Name in the formats.
  static var id: String { get }
  /// The statement in one sentence, with its source.
  static var statement: String { get }
  /// True for theorems cheap enough to be checked within a frame at 256 units.
  static var isLight: Bool { get }
  /// What is claimed by a theorem that needs n x n matrices in each of its forms, and so is not tried on a large state;
  /// `nil` for one with a form that needs none.
  static var denseClaim: Claim? { get }

  /// Checks the hypotheses on the analysed network, whatever its size: ``certificate(of:)`` looks at that first.
  static func certify(_ analysis: Analysis) -> Certificate
}

extension Theorem {
  /// What the theorem says of the analysed network; not applicable at once where the state is too large for it.
  public static func certificate(of analysis: Analysis) -> Certificate {
    guard let denseClaim, let obstacle = analysis.sizeObstacle else { return certify(analysis) }
    return Certificate(
      id: id, theorem: statement, verdict: .notApplicable, claim: denseClaim, scope: .everywhere(isInvariant: false),
      hypotheses: [], reason: obstacle, isTooLarge: true)
  }
}

extension Analysis {
  /// Why no derivative of the network is enclosed: its size; `nil` where it is.
  public var sizeObstacle: String? { network.sizeObstacle }
}

extension Network {
  /// Why no derivative is enclosed: the size of the state; `nil` where it is.
  var sizeObstacle: String? { DenseLimit.obstacle(dimension, atMost: DenseLimit.provedEntries) }
}
