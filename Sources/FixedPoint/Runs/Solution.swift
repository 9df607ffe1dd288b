/// How a solve without history ended.
public struct Solution: Sendable, Equatable {
  public let outcome: Outcome
  /// The vector that was measured last, z_{steps-1}; the start if none was.
  public let iterate: [Double]
  /// Number of iterates that were measured: the rows that a ``Run`` would have.
  public let steps: Int
  public let evaluations: Int
  /// The rule's measure at the last step; `nil` where it is undefined and before the first step.
  public let residual: Double?

  /// The iterate, once its residual met the rule.
  public var fixedPoint: [Double]? { outcome == .converged ? iterate : nil }
}

extension Solution {
  init(_ judge: Judge, iterate: [Double], evaluations: Int) {
    guard let outcome = judge.outcome else { preconditionFailure("a solve ends with an outcome") }
    self.init(
      outcome: outcome, iterate: iterate, steps: judge.steps, evaluations: evaluations, residual: judge.residual)
  }
}
