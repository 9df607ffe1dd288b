internal import LinearAlgebra

/// A map Φ(W z + p) + q with Φ entrywise: what theorems 6, 7 and 9 speak of.
///
/// Unit i of Φ has slopes within [α_i, β_i] over the pre-activations that the domain allows. Any two fixed points in it,
/// e apart, satisfy e = D W e with a diagonal D in [α, β] (the mean slopes); so there is at most one where I - D W is
/// nonsingular for all of them.
///
/// A shift z' = z - q makes it Φ(W z' + p + W q), so p and q do not matter here.
public struct SlopeForm: Sendable, Equatable {
  /// Encloses W, n x n; factors before the activation are part of it.
  public let weight: IntervalMatrix
  /// [α_i, β_i]; factors behind the activation are part of it.
  public let slopes: IntervalVector

  init(weight: IntervalMatrix, slopes: IntervalVector) {
    precondition(weight.rows == weight.columns && slopes.count == weight.rows, "a slope for each row of a square W")
    self.weight = weight
    self.slopes = slopes
  }

  /// Encloses D W for all D in [α, β].
  public var jacobian: IntervalMatrix {
    var product = weight
    for i in 0..<product.rows { product.scaleRow(i, by: slopes[i]) }
    return product
  }

  /// diag(max |slope|) W: every D W is this times a diagonal matrix in [-1, 1].
  var steepest: IntervalMatrix {
    var product = weight
    for i in 0..<product.rows { product.scaleRow(i, by: Interval(slopes[i].magnitude)) }
    return product
  }
}

/// Why a pipeline is not of the form Φ(W z + p) + q, or its slopes have no bounds: a noun phrase for people.
struct SlopeFormObstacle: Error, Equatable {
  let reason: String
}

extension Network {
  /// The form over a box, which may be all of Rⁿ.
  func slopeForm(over box: IntervalVector) throws(SlopeFormObstacle) -> SlopeForm {
    let position = try activationPosition()
    var factor = Interval(1)
    for link in operators.dropFirst(position + 1) { factor = factor * Interval(try link.factorBehindActivation()) }
    let activation = position < operators.count ? operators[position] as? Activate : nil
    let slopes = try slopes(of: activation, at: position, over: box)
    return SlopeForm(weight: try weightBefore(position), slopes: IntervalVector(slopes.intervals.map { factor * $0 }))
  }

  /// The position of the one activation; the pipeline's length if there is none.
  private func activationPosition() throws(SlopeFormObstacle) -> Int {
    if operators.contains(where: { $0 is Normalize }) {
      throw SlopeFormObstacle(reason: "normalize is not an entrywise function")
    }
    let positions = operators.indices.filter { operators[$0] is Activate }
    if positions.count > 1 { throw SlopeFormObstacle(reason: "the pipeline has \(positions.count) activations") }
    return positions.first ?? operators.count
  }

  /// Encloses the matrix of the affine operators before `position`.
  private func weightBefore(_ position: Int) throws(SlopeFormObstacle) -> IntervalMatrix {
    var running = IntervalMatrix.identity(dimension)
    for link in operators.prefix(position) {
      guard let next = link.encloseJacobianEverywhere(times: running) else {
        throw SlopeFormObstacle(reason: "\(link.name) has no bounded derivative")
      }
      running = next
      if link.stateFactor != 0 { running = running + link.stateFactor * .identity(dimension) }
    }
    guard running.rows == dimension else {
      throw SlopeFormObstacle(reason: "the activation has \(running.rows) units for a state of \(dimension)")
    }
    return running
  }

  private func slopes(
    of activation: Activate?, at position: Int, over box: IntervalVector
  ) throws(SlopeFormObstacle) -> IntervalVector {
    guard let activation else { return IntervalVector(Array(repeating: Interval(1), count: dimension)) }
    guard let values = try? enclosedValues(over: box)[position], let slopes = activation.slopes(over: values) else {
      throw SlopeFormObstacle(reason: "the slope of \(activation.activation.kind.rawValue) has no bound")
    }
    return slopes
  }
}

extension Operator {
  /// What an operator behind the activation multiplies every slope by.
  fileprivate func factorBehindActivation() throws(SlopeFormObstacle) -> Double {
    switch self {
    case is Inject: return 1
    case let scale as Scale: return scale.factor
    case is Skip: throw SlopeFormObstacle(reason: "skip adds the state behind the activation")
    default: throw SlopeFormObstacle(reason: "\(name) follows the activation")
    }
  }
}
