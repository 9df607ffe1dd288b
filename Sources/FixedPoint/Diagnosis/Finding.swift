/// One thing that went wrong in a run: where, when and how fast, in numbers.
public enum Finding: Sendable, Equatable {
  /// The residual grew to the end.
  case divergence(Divergence)
  /// A value is not a number, or infinite.
  case nonFinite(NonFinite)
  /// The iterates repeat.
  case cycle(Cycle)
  /// No progress: see ``Stall``.
  case stall(Stall)
  /// The run ended at its limit of steps.
  case slow(Slowness)
  /// A distance of the cone was asked for and is undefined.
  case leftCone(ConeExit)
  /// The method broke down.
  case breakdown(SolverError)
  /// The measure is small against the iterate alone, which has outgrown its start.
  case outgrown(Outgrowth)
  /// The fixed point is 0, where a relative measure does not fall.
  case vanishing(Vanishing)
  /// The measure goes up and down and does not fall.
  case circling(Circling)
  /// The residual falls, the estimated distance to a fixed point does not.
  case receding(Recession)
  /// Newton's linear systems are singular: so many of them.
  case singularSystems(Int)

  public struct Divergence: Sendable, Equatable {
    /// The step whose ‖f(z) - z‖₂ is the least, and the last such: later ones are all larger.
    public let onset: Int
    /// What ‖f(z) - z‖₂ was multiplied by a step, on average over the later half of the growth.
    public let growth: Double
    /// The unit with the largest |f(z) - z| at the last finite step.
    public let unit: Int
    /// ‖f(z) - z‖₂/‖f(z)‖₂ there: where it stays as it is, the iterates grow with the residual.
    public let relative: Double?
  }

  public struct Outgrowth: Sendable, Equatable {
    /// ‖z‖_inf at the start and at the end.
    public let start: Double
    public let size: Double
    /// ‖f(z) - z‖₂ at the first and at the last step.
    public let first: Double
    public let residual: Double
  }

  public struct Vanishing: Sendable, Equatable {
    /// ‖f(z) - z‖₂ at the last step.
    public let residual: Double
    /// Evaluations of f until ‖f(z) - z‖₂ was within the tolerance; `nil` if it never was.
    public let evaluations: Int?
  }

  public struct Circling: Sendable, Equatable {
    /// The least and the greatest value of the run's measure in its last quarter.
    public let least: Double
    public let greatest: Double
  }

  public struct Recession: Sendable, Equatable {
    /// The two steps and the distances that are estimated there.
    public let steps: [Int]
    public let distances: [Double]
  }

  public struct NonFinite: Sendable, Equatable {
    public enum Place: Sendable, Equatable {
      /// The iterate itself, and so the method's step or an overflow before.
      case iterate
      /// The output of the operator at this position of the pipeline.
      case `operator`(position: Int, name: String)
      /// f(z), of a map that is no pipeline.
      case image
    }

    /// The first step with such a value.
    public let step: Int
    public let place: Place
    /// Flat index of the first entry concerned, in the value at that place.
    public let unit: Int
  }

  public struct Cycle: Sendable, Equatable {
    public let period: Int
    /// Half the range of each unit over the last period.
    public let amplitudes: [Double]
    /// The unit with the largest amplitude.
    public let unit: Int
  }

  public enum Stall: Sendable, Equatable {
    /// The residual is at the rounding error of its own computation; the least value of the run's measure.
    case roundingFloor(attained: Double?)
    /// The iterate no longer moves although f(z) is another point.
    case frozen
    /// The iterates move away steadily; the unit that moved farthest.
    case drifting(unit: Int)
    /// The iterates move about without getting closer.
    case wandering
  }

  public struct Slowness: Sendable, Equatable {
    /// What the pace is about: the run's own measure, or the absolute residual where that falls evenly and it does not.
    public let measure: Measure
    /// What the measure was multiplied by a step, on average over the later half of the run; where it goes up and
    /// down, its greatest values.
    public let ratio: Double
    /// Steps to the tolerance if it goes on like that; `nil` if it does not get there.
    public let remainingSteps: Int?
  }

  public struct ConeExit: Sendable, Equatable {
    /// The first step with an entry that is not positive.
    public let step: Int
    /// Flat index of the first such entry: of the iterate, or of its image if the iterate is positive.
    public let unit: Int
    /// Whether the iterate itself left, and not only its image.
    public let isIterate: Bool
    public let value: Double
  }
}
