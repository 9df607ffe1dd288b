internal import Synchronization

/// Bounds of activations' coefficients, each searched for once and shared by networks that differ in other things.
///
/// A bound depends on what is asked alone, so that a table saves time and changes no result. Safe on several threads.
public final class CoefficientTable: Sendable {
  private struct Question: Hashable {
    let kind: ActivationKind
    let parameter: Double
    let shift: Double
    let power: Double
    let isPositive: Bool
  }

  private let answers = Mutex<[Question: Double?]>([:])
  /// A table that is full begins anew.
  private static let most = 4096

  public init() {}

  /// A proved upper bound of the coefficient of (σ + shift)^power over t > 0, or over all t; `nil` where there is none.
  func bound(of link: Activate, shift: Double, overPositive isPositive: Bool) -> Double? {
    let activation = link.activation
    let question = Question(
      kind: activation.kind, parameter: activation.parameter, shift: shift, power: link.power, isPositive: isPositive)
    if let known = answers.withLock({ $0[question] }) { return known }
    let bound = activation.coefficient(shift: shift, power: link.power, over: isPositive ? .positive : .real)?
      .upperBound
    answers.withLock { answers in
      if answers.count == Self.most { answers.removeAll() }
      answers[question] = .some(bound)
    }
    return bound
  }
}
