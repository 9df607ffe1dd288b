import FixedPoint

/// A piece of work on the derivative of a map, done off the main loop.
public struct SpectrumTask: Sendable {
  enum Work: Sendable {
    /// Every spectrum at one step.
    case linearization(step: Int, iterate: [Double])
    /// The activity of the units at several.
    case activities([(step: Int, iterate: [Double])])
  }

  let generation: Int
  let network: Network
  let work: Work

  public func perform() -> SpectrumResult {
    let finding: SpectrumResult.Finding =
      switch work {
      case .linearization(let step, let iterate): .linearization(step: step, Linearization(of: network, at: iterate))
      case .activities(let steps):
        .activities(steps.map { ($0.step, network.activity(at: $0.iterate).map(ActivityShares.init)) })
      }
    return SpectrumResult(generation: generation, finding: finding)
  }
}

/// What came of a ``SpectrumTask``.
public struct SpectrumResult: Sendable {
  enum Finding: Sendable {
    case linearization(step: Int, Linearization)
    case activities([(step: Int, shares: ActivityShares?)])
  }

  let generation: Int
  let finding: Finding
}

/// Which shares of all units are flat, from 0 to 1.
struct ActivityShares: Sendable, Equatable {
  let saturated: Double
  let inactive: Double

  init(_ units: [UnitActivity]) {
    func share(_ kind: UnitActivity) -> Double { Double(units.count { $0 == kind }) / Double(max(1, units.count)) }
    (saturated, inactive) = (share(.saturated), share(.inactive))
  }
}
