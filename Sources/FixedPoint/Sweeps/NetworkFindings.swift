/// What a sweep records of one network: measurements, and what the theorems say.
public struct NetworkFindings: Sendable, Equatable {
  /// What one theorem said.
  public struct Statement: Sendable, Equatable {
    public let verdict: Verdict
    /// What is claimed if the verdict is `proved`, and where.
    public let claim: Claim
    public let scope: Scope.Kind
    /// Contraction factor per step; `nil` where the theorem gives none.
    public let rate: Double?

    public init(_ verdict: Verdict, claim: Claim, scope: Scope.Kind, rate: Double?) {
      self.verdict = verdict
      self.claim = claim
      self.scope = scope
      self.rate = rate
    }

    init(_ certificate: Certificate) {
      self.init(
        certificate.verdict, claim: certificate.claim, scope: certificate.scope.kind, rate: certificate.rate)
    }

    /// A proof that does not rest on a box around a computed point.
    public var isProvedForTheMap: Bool { verdict == .proved && scope != .localBox }
  }

  /// How the run from the session's start ended.
  public let outcome: Outcome
  public let steps: Int
  /// Number of different fixed points that the runs converged to, 0 among them where the iterates come to it.
  public let fixedPoints: Int
  /// ρ(J) at the fixed point that the run from the session's start reached; `nil` if it reached none.
  public let spectralRadius: Double?
  /// Largest Lyapunov exponent of the iteration, per step, where the run from the session's start did not converge;
  /// `nil` where it did, or where the exponent is undefined.
  public let lyapunov: Double?
  /// Its standard error; `nil` where there is no exponent, or the orbit is too short for one.
  public let lyapunovError: Double?
  /// One for each theorem that was asked, in their order.
  public let certificates: [Statement]
  /// What they say together, and where that holds.
  public let conclusion: Conclusion.Verdict
  public let scope: Scope.Kind
}
