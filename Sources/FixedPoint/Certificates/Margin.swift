/// How far a certificate is from being lost or won along a parameter.
public enum Margin: Sendable, Equatable {
  /// The theorem proves its claim up to this value, and no longer at values larger by 1e-9, relative.
  case holdsUpTo(Double)
  /// The theorem proves its claim from this value on.
  case holdsFrom(Double)
  /// No value was found at which the proof is lost.
  case always
  /// No value was found at which there is a proof.
  case never

  /// A claim in a box that was put around a computed point does not count: it says nothing about the rest.
  ///
  /// The largest gain or power at which the theorem still proves its claim, or the smallest shift from which it does.
  ///
  /// By bisection between a value with and one without a proof, found by doubling from the network's own value. Certificates
  /// need not be monotone along a parameter; the result is then one place where the proof is lost.
  ///
  /// - Parameters:
  ///   - parameter: what is varied.
  ///   - network: the network as it is.
  ///   - theorem: the certificate that is to hold.
  /// - Returns: `nil` if the network does not have the parameter.
  public static func largest(
    _ parameter: Parameter, of network: Network, holding theorem: any Theorem.Type
  ) -> Margin? {
    guard let own = network.value(of: parameter) else { return nil }
    func holds(_ value: Double) -> Bool {
      guard let varied = network.setting(parameter, to: value) else { return false }
      return theorem.certificate(of: Analysis(network: varied)).isProvedForTheMap
    }
    switch parameter {
    case .gain, .power: return upperEnd(from: own == 0 ? 1 : own, holds)
    case .shift: return lowerEnd(from: own, holds)
    }
  }

  /// The smallest shift from which an activation's coefficient is below `level`: what turns `tanh + shift` into a
  /// subhomogeneous function.
  public static func shift(
    of activation: Activation, coefficientBelow level: Double, on side: ActivationCoefficient.Domain
  ) -> Margin {
    lowerEnd(from: 1) { shift in
      let bound = activation.coefficient(shift: shift, over: side)?.upperBound
      return bound.map { $0 < level } ?? false
    }
  }

  private static let mostDoublings = 40
  private static let precision = 1e-9

  /// Positive values; the proof is expected at small ones.
  private static func upperEnd(from start: Double, _ holds: (Double) -> Bool) -> Margin {
    var value = start
    let holdsAtStart = holds(start)
    for _ in 0..<mostDoublings {
      let next = holdsAtStart ? 2 * value : value / 2
      if holds(next) != holdsAtStart {
        return .holdsUpTo(bisected(holding: holdsAtStart ? value : next, failing: holdsAtStart ? next : value, holds))
      }
      value = next
    }
    return holdsAtStart ? .always : .never
  }

  /// Values of any sign; the proof is expected at large ones.
  private static func lowerEnd(from start: Double, _ holds: (Double) -> Bool) -> Margin {
    let holdsAtStart = holds(start)
    var value = start
    var step = holdsAtStart ? -0.25 : 0.25
    for _ in 0..<mostDoublings {
      let next = value + step
      if holds(next) != holdsAtStart {
        return .holdsFrom(bisected(holding: holdsAtStart ? value : next, failing: holdsAtStart ? next : value, holds))
      }
      value = next
      step *= 2
    }
    return holdsAtStart ? .always : .never
  }

  /// The value with a proof that is closest to one without.
  private static func bisected(holding: Double, failing: Double, _ holds: (Double) -> Bool) -> Double {
    var (holding, failing) = (holding, failing)
    while abs(holding - failing) > precision * max(abs(holding), abs(failing)) {
      let middle = 0.5 * holding + 0.5 * failing
      if middle == holding || middle == failing { break }
      if holds(middle) { holding = middle } else { failing = middle }
    }
    return holding
  }
}
