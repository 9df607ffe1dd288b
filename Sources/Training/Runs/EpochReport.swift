public import FixedPoint

/// What one epoch came to: a row of the CSV.
public struct EpochReport: Sendable, Equatable {
  /// Mean loss and share of wrong classes; `nil` where there is no labelled sample.
  public struct Score: Sendable, Equatable {
    /// `nil` also where it is not finite.
    public let loss: Double?
    public let wrong: Int
    public let count: Int

    public var error: Double? { count > 0 ? Double(wrong) / Double(count) : nil }

    /// Fewer wrong, or as many with a lower loss; both of the same samples.
    func isBetter(than other: Self) -> Bool {
      (wrong, loss ?? .infinity) < (other.wrong, other.loss ?? .infinity)
    }
  }

  /// Counted from 1.
  public let epoch: Int
  /// While the parameters were changing.
  public let training: Score
  public let validation: Score
  public let test: Score
  /// Of the epoch's last step.
  public let learningRate: Double
  public let forward: SolveStatistics
  public let backward: SolveStatistics
  /// Steps that were left out because the gradient, or a square of it, was not finite.
  public let skippedSteps: Int
  /// Of training, evaluation and proofs together; `nil` where it is not known.
  public internal(set) var seconds: Double?
  /// Steps of the optimiser that were due, those that were left out included.
  public internal(set) var steps = 0
  /// The fixed points that validation and test rest on.
  public internal(set) var validationForward = SolveStatistics()
  public internal(set) var testForward = SolveStatistics()
  /// What holds of the layer after the epoch, in the order of the catalogue.
  public internal(set) var certificates: [GuaranteeRecord] = []
  /// ρ(J) of the layer at the fixed point of the first test sample, measured after the epoch; `nil` where it was not
  /// found, or the layer is too large for it.
  public internal(set) var spectralRadius: Double?
}

/// What a theorem says of the trained layer.
public struct GuaranteeRecord: Sendable, Equatable {
  public let theorem: String
  /// As in the formats: `proved` of the map, `refuted`, `inconclusive`, `not-applicable`; or ``notChecked``, or
  /// ``contradiction``.
  public let verdict: String
  /// What is proved if it is, and where.
  public let claim: Claim
  public let scope: Scope.Kind
  /// The contraction factor, if the theorem gives one.
  public let rate: Double?
  public let inputs: Inputs

  public init(
    theorem: String, verdict: String, claim: Claim = .exactlyOne, scope: Scope.Kind = .everywhere, rate: Double?,
    inputs: Inputs
  ) {
    self.theorem = theorem
    self.verdict = verdict
    self.claim = claim
    self.scope = scope
    self.rate = rate
    self.inputs = inputs
  }

  /// For which x the theorem speaks.
  public enum Inputs: String, Sendable, CaseIterable {
    /// Its hypotheses do not depend on x.
    case every
    /// For that of the first sample of the test, or of the training without one.
    case one
  }

  /// The verdict where the state is too large for the theorem's dense matrices.
  public static let notChecked = "not-checked"
  /// The verdict of all where the proofs contradict each other, so that none is believed: an error of the program.
  public static let contradiction = "contradiction"

  public var isProved: Bool { verdict == "proved" }
}

extension EpochReport.Score {
  init(_ result: HeadResult) {
    let loss = result.loss / Double(result.rows)
    self.init(loss: loss.isFinite ? loss : nil, wrong: result.errors, count: result.rows)
  }
}
