public import FixedPoint
internal import Glibc
internal import LinearAlgebra

/// What the model, as it is now, makes of one sample: a measurement.
public struct SampleProbe: Sendable, Equatable {
  /// Index in the data; of a graph, a node.
  public let sample: Int
  public let label: String?
  /// The class of the greatest score; `nil` where the scores are not finite.
  public let prediction: String?
  /// Of each class, by the softmax of its score; `nil` where the scores are not finite.
  public let probabilities: [Double]?
  public let classes: [String]
  /// z*, of a node its features.
  public let state: [Double]
  /// [units], or [height, width, channels].
  public let shape: Shape
  /// Whether z* meets the plan's tolerance.
  public let isSolved: Bool
}

extension TrainingRun {
  /// How many samples can be probed: those of the test, or of the training where there are none.
  public var probeCount: Int {
    switch engine {
    case .single(let trainer): trainer.data.probed.count
    case .double(let trainer): trainer.data.probed.count
    }
  }

  /// Probes one of them; any number is taken modulo their count.
  public func probe(_ index: Int) -> SampleProbe {
    switch engine {
    case .single(let trainer): trainer.sampleProbe(index)
    case .double(let trainer): trainer.sampleProbe(index)
    }
  }
}

extension TrainingData {
  fileprivate var probed: [Int] { test.isEmpty ? train : test }
}

extension Trainer {
  fileprivate func sampleProbe(_ index: Int) -> SampleProbe {
    let count = data.probed.count
    let sample = data.probed[(index % count + count) % count]
    let (state, scores, isSolved) = probe(sample)
    let probabilities = Self.softmax(scores)
    let best = probabilities.flatMap { shares in shares.indices.max { shares[$0] < shares[$1] } }
    return SampleProbe(
      sample: sample, label: data.labels[sample].map { data.classes[$0] }, prediction: best.map { data.classes[$0] },
      probabilities: probabilities, classes: data.classes, state: state, shape: stateShape, isSolved: isSolved)
  }

  private var stateShape: Shape {
    guard plan.model.layer == .convolution else { return Shape([model.width]) }
    return Shape([data.inputShape.sizes[1], data.inputShape.sizes[2], plan.model.units])
  }

  private static func softmax(_ scores: [Double]) -> [Double]? {
    guard let largest = scores.max(), scores.allSatisfy(\.isFinite) else { return nil }
    let weights = scores.map { exp($0 - largest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
