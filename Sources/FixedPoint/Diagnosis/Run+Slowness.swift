internal import Glibc
internal import LinearAlgebra

/// What runs amount to that end at their limit of steps, or stall, on the way to 0 or nowhere.
extension Run {
  /// The iterates go to 0, where f is 0: the relative residual stays as it is however close they are.
  var vanishing: Finding? {
    guard stopping.measure != .residualAbsolute, stopping.measure != .residualSup, map.fixesZero, stepCount >= 8,
      let last = trace.last, last.residualAbsolute.isFinite, goesToZero
    else { return nil }
    let reached = trace.first { $0.residualAbsolute <= stopping.tolerance }
    return .vanishing(Finding.Vanishing(residual: last.residualAbsolute, evaluations: reached?.evaluations))
  }

  /// The iterate is next to nothing, or has shrunk over the later half of the run as fast as its residual.
  private var goesToZero: Bool {
    let (now, origin) = (Vector.norm2(iterate), Vector.norm2(start))
    if now <= 1e-100 * origin { return true }
    let middle = stepCount / 2
    let (before, residual) = (Vector.norm2(iterate(at: middle)), trace[middle - 1].residualAbsolute)
    guard now > 0, before > now, residual > 0, trace[stepCount - 1].residualAbsolute > 0 else { return false }
    let (shrunk, fallen) = (log(now / before), log(trace[stepCount - 1].residualAbsolute / residual))
    return fallen < -1e-6 && abs(shrunk - fallen) <= 0.1 * abs(fallen)
  }

  /// The measure and the absolute residual go up and down, and their extremes in the last quarter are those of the
  /// quarter before.
  var circling: Finding? {
    guard let own = Swing(trace.suffix(stepCount / 2).compactMap { $0[stopping.measure] }), own.isSteady,
      let absolute = Swing(trace.suffix(stepCount / 2).map(\.residualAbsolute)), absolute.isSteady
    else { return nil }
    return .circling(Finding.Circling(least: own.least, greatest: own.greatest))
  }

  /// The residual has fallen over the later half, the estimated distance to a fixed point has not.
  var receding: Finding? {
    guard let network = map as? Network, stepCount >= 20 else { return nil }
    let steps = [stepCount / 2, stepCount]
    let residuals = steps.map { trace[$0 - 1].residualAbsolute }
    let distances = steps.compactMap { DistanceEstimate(of: network, at: iterate(at: $0))?.distance }
    guard distances.count == 2, distances.allSatisfy({ $0 > 0 }), residuals[1] > 0, residuals[1] < 0.9 * residuals[0],
      distances[1] > 10 * residuals[1]
    else { return nil }
    let (fallen, shrunk) = (log(residuals[1] / residuals[0]), log(distances[1] / distances[0]))
    guard shrunk >= 0.1 * fallen else { return nil }
    return .receding(Finding.Recession(steps: steps, distances: distances))
  }
}

/// How the values of the later half of a run go up and down.
struct Swing {
  /// The extremes of the last quarter.
  let least: Double
  let greatest: Double
  /// What the greatest value was multiplied by a step, from one quarter to the next.
  let ratio: Double
  /// The values turn and turn again within a quarter.
  let isTurning: Bool
  private let isLevel: Bool

  /// `nil` for too few values, or where one is 0 or not finite.
  init?(_ values: [Double]) {
    guard values.count >= 40, values.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    let length = values.count / 2
    let (before, now) = (values.dropLast(length).suffix(length), values.suffix(length))
    guard let low = now.min(), let high = now.max(), let least = before.min(), let greatest = before.max() else {
      return nil
    }
    (self.least, self.greatest) = (low, high)
    ratio = exp(log(high / greatest) / Double(length))
    isTurning = Self.turns(now) >= 4
    let width = log(high / low)
    isLevel = width >= 0.01 && abs(log(high / greatest)) <= 0.1 * width && abs(log(low / least)) <= 0.1 * width
  }

  /// The values turn, and their extremes stay as they are.
  var isSteady: Bool { isTurning && isLevel }

  /// How often the values turn from rising to falling or back.
  private static func turns(_ values: ArraySlice<Double>) -> Int {
    let steps = zip(values, values.dropFirst()).map { $1 - $0 }
    return zip(steps, steps.dropFirst()).reduce(0) { $0 + ($1.0 * $1.1 < 0 ? 1 : 0) }
  }
}
