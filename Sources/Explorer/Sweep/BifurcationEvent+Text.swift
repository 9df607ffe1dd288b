public import FixedPoint
import Glibc
import Screen

extension BifurcationEvent {
  private static let mostDigits = 12

  /// The parameter with the digits that hold, twelve at most; with its uncertainty where fewer do.
  public var parameterText: String {
    let value = point.parameter
    if abs(value) <= uncertainty { return "0" }
    let digits = uncertainty > 0 ? Int(log10(abs(value) / uncertainty).rounded(.down)) : Self.mostDigits
    if digits >= Self.mostDigits { return NumberText.significant(value, digits: Self.mostDigits) }
    return NumberText.significant(value, digits: max(1, digits)) + " ± " + NumberText.scientific(uncertainty)
  }

  /// What changes at a border between pieces of f; `nil` where f is smooth.
  public var collisionText: String? {
    collision.map {
      "border collision: spectral radius \(NumberText.significant($0.before, digits: 4)) to "
        + NumberText.significant($0.after, digits: 4)
    }
  }
}

extension FixedLine {
  /// In words: "at by = 1 every point of a line is a fixed point".
  public func text(_ name: String) -> String {
    "at \(name) = \(NumberText.significant(parameter, digits: 10)) every point of a \(extent.rawValue) is a fixed point"
  }
}

extension BranchEnd {
  /// Why a branch ends, in words; `nil` where the range does.
  public func text(_ name: String, _ width: Double) -> String? {
    switch self {
    case .range: nil
    case .closed: "is closed"
    case .infinity(let limit): "leaves to infinity as \(name) -> \(Self.limitText(limit, width))"
    case .box: "leaves the box"
    case .line(let value): "runs into a line of fixed points at \(name) = \(Self.limitText(value, width))"
    case .meeting: "runs into another branch"
    case .lost: "ends where no next point was found"
    case .limit: "was not followed to its end"
    }
  }

  /// To a millionth of the range.
  private static func limitText(_ value: Double, _ width: Double) -> String {
    let unit = pow(10, (log10(width) - 6).rounded())
    let count = (value / unit).rounded()
    guard count != 0 else { return "0" }
    return NumberText.shortest(unit >= 1 ? count * unit : count / (1 / unit).rounded())
  }

  /// The name in JSON.
  public var name: String {
    switch self {
    case .range: "range"
    case .closed: "closed"
    case .infinity: "infinity"
    case .box: "box"
    case .line: "line"
    case .meeting: "meeting"
    case .lost: "lost"
    case .limit: "limit"
    }
  }

  /// The parameter that is come to.
  public var limit: Double? {
    switch self {
    case .infinity(let value), .line(let value): value
    case .range, .closed, .box, .meeting, .lost, .limit: nil
    }
  }
}
