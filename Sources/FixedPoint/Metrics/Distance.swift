internal import Glibc

/// Distances between two vectors of equal length.
///
/// Thompson's and Hilbert's are defined on the open cone, both vectors positive and finite; elsewhere they are `nil`.
/// They are accurate to a few rounding errors of their own value however close the vectors are, because they are
/// formed from the relative differences (xᵢ - yᵢ)/yᵢ and not from differences of logarithms.
/// Source: theory, section 1; Lemmens, Nussbaum, *Nonlinear Perron-Frobenius Theory*, sections 2.1 and 2.2.
public enum Distance {
  /// ‖x - y‖₂
  public static func euclidean(_ x: Span<Double>, _ y: Span<Double>) -> Double {
    StepMeasures(iterate: y, image: x).residualAbsolute
  }

  /// ‖x - y‖_inf
  public static func sup(_ x: Span<Double>, _ y: Span<Double>) -> Double {
    StepMeasures(iterate: y, image: x).residualSup
  }

  /// d_T(x, y) = ‖log x - log y‖_inf
  public static func thompson(_ x: Span<Double>, _ y: Span<Double>) -> Double? {
    StepMeasures(iterate: y, image: x).thompson
  }

  /// d_H(x, y) = maxᵢ log(xᵢ/yᵢ) - minᵢ log(xᵢ/yᵢ)
  public static func hilbert(_ x: Span<Double>, _ y: Span<Double>) -> Double? {
    StepMeasures(iterate: y, image: x).hilbert
  }
}

/// The least and the greatest entry of a vector that is derived from two.
struct Extremes {
  var least = Double.infinity
  var greatest = -Double.infinity

  init(least: Double, greatest: Double) {
    self.least = least
    self.greatest = greatest
  }

  /// Extremes of `value(i)` for i in 0..<count, none of them NaN.
  init(count: Int, of value: (Int) -> Double) {
    for i in 0..<count {
      let entry = value(i)
      least = entry < least ? entry : least
      greatest = entry > greatest ? entry : greatest
    }
  }
}

/// Both projective distances of positive vectors from the extremes of δᵢ = (xᵢ - yᵢ)/yᵢ.
struct ConeDistances {
  let thompson: Double
  let hilbert: Double

  /// Of finite vectors; `nil` where an entry of either is not positive.
  init?(_ x: Span<Double>, _ y: Span<Double>) {
    guard let difference = Self.relativeDifference(x, y) else { return nil }
    self.init(x, y, difference: difference)
  }

  /// The extremes of δ, two entries at a time; `nil` where an entry is not positive or there is none.
  private static func relativeDifference(_ x: Span<Double>, _ y: Span<Double>) -> Extremes? {
    typealias Lane = SIMD2<Double>
    let count = y.count
    precondition(x.count == count, "a distance is between vectors of one length")
    var least = Lane(repeating: .infinity)
    var leastDifference = Lane(repeating: .infinity)
    var greatestDifference = Lane(repeating: -.infinity)
    var i = 0
    while i < count {
      // Where there is one entry left, both lanes hold it: that changes no extreme.
      let next = i &+ 1 < count ? i &+ 1 : i
      let a = Lane(x[i], x[next])
      let b = Lane(y[i], y[next])
      let difference = (a - b) / b
      least = Lane.lesser(a, Lane.lesser(b, least))
      leastDifference = Lane.lesser(difference, leastDifference)
      greatestDifference = Lane.greater(difference, greatestDifference)
      i &+= 2
    }
    guard least.min() > 0, count > 0 else { return nil }
    return Extremes(least: leastDifference.min(), greatest: greatestDifference.max())
  }

  /// From the extremes of δ; the vectors are looked at again only where δ alone would lose digits.
  private init(_ x: Span<Double>, _ y: Span<Double>, difference: Extremes) {
    if difference.least > -0.5, difference.greatest < 1e15 {
      // Adding 0 makes a negative zero positive.
      thompson = max(log1p(difference.greatest), -log1p(difference.least)) + 0
      let spread = difference.greatest - difference.least
      // The part of δ that all entries share cancels in the spread, and its rounding error does not.
      hilbert =
        spread >= 0.25 * abs(difference.greatest)
        ? log1p(spread / (1 + difference.least)) : Self.hilbertOfRays(x, y, scale: 1 + difference.least)
      return
    }
    let ratio = Extremes(count: x.count) { x[$0] / y[$0] }
    guard ratio.least.isNormal, ratio.greatest.isFinite else {
      let logarithm = Extremes(count: x.count) { log(x[$0]) - log(y[$0]) }
      thompson = max(logarithm.greatest, -logarithm.least)
      hilbert = logarithm.greatest - logarithm.least
      return
    }
    // One of the two ratios is far from 1 here, so that its logarithm is well conditioned; the other may not be.
    thompson = max(log1p(difference.greatest), -log(ratio.least))
    hilbert =
      ratio.greatest > 2 * ratio.least
      ? Self.logarithm(of: ratio.greatest, over: ratio.least) : Self.hilbertOfRays(x, y, scale: ratio.least)
  }

  private static func logarithm(of numerator: Double, over denominator: Double) -> Double {
    let quotient = numerator / denominator
    return quotient.isFinite ? log(quotient) : log(numerator) - log(denominator)
  }

  /// Hilbert's distance of x and y where x is close to scale · y: the metric does not see the scale.
  private static func hilbertOfRays(_ x: Span<Double>, _ y: Span<Double>, scale: Double) -> Double {
    let difference = Extremes(count: x.count) { fma(-scale, y[$0], x[$0]) / (scale * y[$0]) }
    return log1p((difference.greatest - difference.least) / (1 + difference.least))
  }
}
