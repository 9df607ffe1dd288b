internal import LinearAlgebra

/// Takes Anderson's steps back where they do not help: to the image of the iterate with the least residual.
///
/// Where plain iteration does not increase the residual, the run then makes at least the progress of the plain steps
/// in between, wherever the accelerated ones lead.
/// Source: the idea of Zhang, O'Donoghue, Boyd, *Globally convergent type-I Anderson acceleration*, SIOPT 30 (2020),
/// with limits that allow the growth that accelerated steps show on the way to fast convergence.
struct AndersonSafeguard: Sendable, Equatable {
  /// A residual beyond this times the least one ends the excursion.
  static let growth = 10.0
  /// So does this many windows of steps without a lower one.
  static let patience = 4

  private var best: [Double] = []
  private var leastResidual = Double.infinity
  private var steps = 0

  /// The image to go back to, or `nil` while the steps help.
  mutating func fallback(image: [Double], residual: [Double], window: Int) -> [Double]? {
    let length = Vector.norm2(residual)
    if length < leastResidual {
      best = image
      leastResidual = length
      steps = 0
      return nil
    }
    steps += 1
    guard length > Self.growth * leastResidual || steps >= Self.patience * window else { return nil }
    defer { self = AndersonSafeguard() }
    return best
  }
}
