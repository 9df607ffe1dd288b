/// How one method fared in a ``Race``.
public struct RaceResult: Sendable, Equatable {
  public let outcome: Outcome
  /// Empty where the method could not start.
  public let trace: [TraceRow]
  /// From the beginning of the solve to the end of each row, in seconds.
  public let seconds: [Double]

  public init(outcome: Outcome, trace: [TraceRow], seconds: [Double]) {
    precondition(trace.count == seconds.count, "every row has its time")
    self.outcome = outcome
    self.trace = trace
    self.seconds = seconds
  }

  public var hasConverged: Bool { outcome == .converged }
  public var steps: Int { trace.count }
  /// Evaluations of f.
  public var evaluations: Int { trace.last?.evaluations ?? 0 }
  /// Seconds of the whole solve; `nil` where the method could not start.
  public var duration: Double? { seconds.last }

  /// The levels of the relative residual whose costs are compared: 1e-1 to 1e-12.
  public static let decades = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12]

  /// Evaluations of f until the relative residual is at most `level` for the first time; `nil` if it never is.
  public func evaluations(to level: Double) -> Int? {
    trace.first { $0.residualRelative.map { $0 <= level } ?? false }?.evaluations
  }
}

extension [RaceResult?] {
  /// The converged method with the fewest evaluations of f, the first of several.
  public var fewestEvaluations: Int? { best { Double($0.evaluations) } }

  /// The converged method with the shortest time, the first of several.
  public var fastest: Int? { best(\.duration) }

  private func best(_ cost: (RaceResult) -> Double?) -> Int? {
    let costs = enumerated().compactMap { index, result in
      result.flatMap { $0.hasConverged ? cost($0) : nil }.map { (index: index, cost: $0) }
    }
    return costs.min { ($0.cost, $0.index) < ($1.cost, $1.index) }?.index
  }
}
