public import FixedPoint

/// How a recorded run ended, by the names of the format.
public struct RecordedOutcome: Sendable, Equatable {
  public let name: String
  /// The period of a cycle.
  public let period: Int?

  static let failed = RecordedOutcome(name: "failed", period: nil)
  static let names = ["converged", "maxSteps", "diverged", "cycle", "stalled", "failed"]

  public init(_ outcome: Outcome) {
    (name, period) =
      switch outcome {
      case .converged: ("converged", nil)
      case .maxSteps: ("maxSteps", nil)
      case .diverged: ("diverged", nil)
      case .cycle(let period): ("cycle", period)
      case .stalled: ("stalled", nil)
      case .failed: ("failed", nil)
      }
  }

  private init(name: String, period: Int?) {
    self.name = name
    self.period = period
  }

  /// Reads the members `outcome` and `period`; `nil` if there is no outcome.
  init?(_ reader: inout ObjectReader) throws(SessionError) {
    guard let json = reader.take("outcome") else { return nil }
    name = try json.choice(of: Self.names, path: reader.path(of: "outcome"))
    period = name == "cycle" ? reader.required("period", in: 2...Int(Int32.max)) : nil
  }

  var members: [JSON.Member] {
    [JSON.Member("outcome", JSON(name))] + (period.map { [JSON.Member("period", JSON($0))] } ?? [])
  }
}
