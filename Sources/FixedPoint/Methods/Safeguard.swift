internal import LinearAlgebra

/// Takes accelerated steps back where they do not help: to the image of the iterate with the least residual.
///
/// A step that leads far away or to a far larger residual is refused at once; an excursion ends after some steps without a
/// lower one. Each time, about twice as many plain steps follow as the time before, through larger residuals too: plain
/// iteration passes narrow places where its residual rises again, and the next excursion starts where it has come to. So
/// N plain steps cost O(log N) excursions. That is no proof of convergence, since an excursion may go on for ever with a
/// residual that falls ever less, and no bound by 1.1 times plain iteration's evaluations: on random layers where that
/// converges, about 3 solves in a thousand need more. All accelerated methods
/// share it.
/// Source: the idea of Zhang, O'Donoghue, Boyd, *Globally convergent type-I Anderson acceleration*, SIOPT 30 (2020),
/// with limits that allow the growth that accelerated steps show on the way to fast convergence.
struct Safeguard: Sendable, Equatable {
  /// A residual beyond this times the least one is refused.
  static let growth = 10.0
  /// A step longer than this times the plain one must lead to a lower residual: a nearly singular model leaps far, and
  /// the way back may be long.
  static let longestStretch = 1000.0
  /// At most two to this many plain steps follow an excursion.
  static let longestPause = 20

  /// The residual at the start: plain steps end where theirs is beyond ``growth`` times as large.
  private var firstResidual: Double?
  /// The image of the iterate with the least residual since the last plain step or the last time it was gone back to.
  private var best: [Double] = []
  private var leastResidual = Double.infinity
  /// Steps since then.
  private var steps = 0
  /// Excursions that have ended badly.
  private var failures = 0
  /// Plain steps until the next accelerated one.
  private var plainSteps = 0

  /// Takes in an iterate's image and residual norm.
  mutating func note(image: [Double], residual: Double) {
    let first = firstResidual ?? residual
    firstResidual = first
    if residual > Self.growth * first { plainSteps = 0 }
    // What plain steps have come to is not given up.
    if plainSteps > 0 { leastResidual = .infinity }
    steps = residual < leastResidual ? 0 : steps + 1
    guard residual <= leastResidual else { return }
    best = image
    leastResidual = residual
  }

  /// Whether the next step is a plain one.
  mutating func takePlainStep() -> Bool {
    guard plainSteps > 0 else { return false }
    plainSteps -= 1
    return true
  }

  /// Whether an excursion has lasted too long.
  func isExhausted(patience: Int) -> Bool { steps >= patience }

  /// Whether a step may stand that led to this residual and was `stretch` times as long as the plain one.
  func accepts(residual: Double, stretch: Double) -> Bool {
    residual <= (stretch <= Self.longestStretch ? Self.growth : 1) * leastResidual
  }

  /// The image to go back to at the end of an excursion.
  mutating func goBack() -> [Double] {
    failures = min(failures + 1, Self.longestPause)
    plainSteps = (1 << failures) - 2
    leastResidual = .infinity
    steps = 0
    return best
  }
}
