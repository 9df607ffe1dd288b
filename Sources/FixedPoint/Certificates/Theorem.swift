/// A theorem that can certify a network: one file each, one row in ``TheoremCatalog``.
public protocol Theorem: Sendable {
  /// Name in the formats.
  static var id: String { get }
  /// The statement in one sentence, with its source.
  static var statement: String { get }
  /// True for theorems cheap enough to be checked within a frame at 256 units.
  static var isLight: Bool { get }

  /// Checks the hypotheses on the analysed network.
  static func certify(_ analysis: Analysis) -> Certificate
}
