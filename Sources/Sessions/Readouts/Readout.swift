public import FixedPoint
internal import Glibc

/// What turns the fixed point of a trained layer into classes: mean over squares of pixels, normalisation, linear map.
///
/// It lies beside the session, in its ``SessionFile/companion(of:)``: a text ``key`` that describes it, and the tensors
/// `head.weight` [classes, features], `head.bias`, and of a normalisation `head.mean`, `head.variance`, `head.scale` and
/// `head.shift`. Features are in the order of the state.
public struct Readout: Sendable, Equatable {
  /// What x of the session is.
  public enum Input: String, Sendable, CaseIterable {
    /// A sample as the data have it: its standardisation is in U and b.
    case raw
    /// (sample - input.mean) / input.deviation of the companion.
    case standardized
    /// What the layer hidden.weight, hidden.bias of the companion makes of a sample, max(0, x hidden.weight + hidden.bias).
    case hidden
  }

  /// (v - mean) / sqrt(variance + floor) · scale + shift.
  public struct Normalization: Sendable, Equatable {
    public let mean: [Double]
    public let variance: [Double]
    public let scale: [Double]
    public let shift: [Double]
    public let floor: Double

    public init(mean: [Double], variance: [Double], scale: [Double], shift: [Double], floor: Double) {
      (self.mean, self.variance, self.scale, self.shift, self.floor) = (mean, variance, scale, shift, floor)
    }
  }

  /// Of the state.
  public let stateShape: Shape
  public let classes: [String]
  /// Whether every row of the state has a class of its own: the nodes of a graph.
  public let isPerNode: Bool
  /// Side of the squares of an image whose mean is taken.
  public let pooling: Int
  public let normalization: Normalization?
  /// `nil` where the features are the scores.
  public let weight: Tensor?
  public let bias: [Double]
  public let input: Input
  /// Of the training that it came from: its plan and its data.
  public let origin: String

  /// - Precondition: as many numbers as the features need.
  public init(
    stateShape: Shape, classes: [String], isPerNode: Bool = false, pooling: Int = 1, normalization: Normalization?,
    weight: Tensor?, bias: [Double], input: Input, origin: String
  ) {
    (self.stateShape, self.classes, self.isPerNode, self.pooling) = (stateShape, classes, isPerNode, pooling)
    (self.normalization, self.weight, self.bias) = (normalization, weight, bias)
    (self.input, self.origin) = (input, origin)
    precondition(isWhole, "every feature has its numbers")
  }

  /// Number of rows that have a class each.
  public var rows: Int { isPerNode ? stateShape.sizes[0] : 1 }

  /// Shape of a row's features: [channels, height, width] of an image, else flat.
  var featureShape: Shape {
    guard stateShape.rank == 3, pooling > 1 else { return Shape([stateShape.count / rows]) }
    return Shape([stateShape.sizes[0], stateShape.sizes[1] / pooling, stateShape.sizes[2] / pooling])
  }

  var isWhole: Bool {
    let features = featureShape.count
    if let weight, weight.shape.sizes != [classes.count, features] || bias.count != classes.count { return false }
    if weight == nil, features != classes.count { return false }
    guard let normalization else { return true }
    let counts = [normalization.mean, normalization.variance, normalization.scale, normalization.shift].map(\.count)
    return counts.allSatisfy { $0 == counts[0] && $0 > 0 } && features.isMultiple(of: counts[0])
  }
}

extension Readout {
  /// What it says of one row.
  public struct Prediction: Sendable, Equatable {
    /// The class of the greatest score, the first of several.
    public let name: String
    public let scores: [Double]
    /// The softmax of the scores.
    public let shares: [Double]
  }

  /// Of each row of a state, flat as the session has it; `nil` where it has another shape or gives scores that are not
  /// finite.
  public func predictions(of state: [Double]) -> [Prediction]? {
    guard state.count == stateShape.count else { return nil }
    let size = state.count / rows
    var predictions: [Prediction] = []
    for row in 0..<rows {
      let scores = scores(of: features(Array(state[row * size..<(row + 1) * size])))
      guard scores.allSatisfy(\.isFinite), let largest = scores.max(), let best = scores.firstIndex(of: largest) else {
        return nil
      }
      let weights = scores.map { exp($0 - largest) }
      let sum = weights.reduce(0, +)
      predictions.append(Prediction(name: classes[best], scores: scores, shares: weights.map { $0 / sum }))
    }
    return predictions
  }

  private func features(_ state: [Double]) -> [Double] {
    guard stateShape.rank == 3, pooling > 1 else { return state }
    let (height, width) = (stateShape.sizes[1], stateShape.sizes[2])
    let sizes = featureShape.sizes
    var result = [Double](repeating: 0, count: featureShape.count)
    for channel in 0..<sizes[0] {
      for y in 0..<sizes[1] * pooling {
        for x in 0..<sizes[2] * pooling {
          result[(channel * sizes[1] + y / pooling) * sizes[2] + x / pooling] +=
            state[(channel * height + y) * width + x] / Double(pooling * pooling)
        }
      }
    }
    return result
  }

  private func scores(of features: [Double]) -> [Double] {
    let values = normalized(features)
    guard let weight else { return values }
    return classes.indices.map { label in
      values.indices.reduce(bias[label]) { $0 + weight.values[label * values.count + $1] * values[$1] }
    }
  }

  private func normalized(_ features: [Double]) -> [Double] {
    guard let normalization else { return features }
    let repeats = features.count / normalization.mean.count
    return features.enumerated().map { place, value in
      let own = place / repeats
      let deviation = (normalization.variance[own] + normalization.floor).squareRoot()
      return (value - normalization.mean[own]) / deviation * normalization.scale[own] + normalization.shift[own]
    }
  }
}
