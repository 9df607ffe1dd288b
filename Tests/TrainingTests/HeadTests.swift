import FixedPoint
import Glibc
import LinearAlgebra
import Sessions
import Testing

@testable import Training

struct HeadTests {
  /// Two features, normalised, and two classes: scale, shift, weight and bias one after the other.
  private static let head = Head(
    features: 2, classes: 2, pooling: nil, normalization: (scale: 0..<2, shift: 2..<4), linear: (4..<8, 8..<10))
  private static let parameters = [2.0, 0.5, 0.25, -1, 1, -0.5, 0.75, 2, 0.1, -0.2]

  /// A tenth of the batch's mean, and of its variance with n - 1, enters: from 0 and 1, of (1, 2) and (3, 6).
  @Test func runningStatisticsAreUnbiased() {
    var statistics = RunningStatistics<Double>(features: 2)
    var (features, moments) = ([1.0, 2, 3, 6], BatchMoments<Double>())
    var gradient = [Double](repeating: 0, count: 10)
    _ = Self.head.train(&features, labels: [0, 1], Self.parameters, &moments, gradient: &gradient)
    statistics.add(moments)
    for (own, other) in zip(statistics.means + statistics.variances, [0.2, 0.4, 0.9 + 0.1 * 2, 0.9 + 0.1 * 8]) {
      #expect(abs(own - other) < 1e-15)
    }
  }

  /// After training a row is normalised by the running statistics, whatever its batch.
  @Test func evaluationUsesTheRunningStatistics() {
    var statistics = RunningStatistics<Double>(features: 2)
    (statistics.means, statistics.variances) = ([1, -1], [4 - Head.floor, 0.25 - Head.floor])
    // (5, 0) is (2, 2) normalised and (4.25, 0) shifted: scores 4.35 and 2.9875.
    let result = Self.head.evaluate([5, 0], labels: [1], Self.parameters, statistics)
    #expect(abs(result.loss - log(1 + exp(4.35 - 2.9875))) < 1e-12)
    #expect(result.errors == 1 && result.rows == 1)
    let scores = Self.head.scores(of: [5, 0], rows: 1, Self.parameters, statistics)
    #expect(abs(scores[0] - 4.35) < 1e-12 && abs(scores[1] - 2.9875) < 1e-12)
  }

  /// A row whose scores are no numbers is in no class, be its label the first one or not.
  @Test(arguments: [Double.nan, .infinity]) func whatIsNoNumberIsWrong(_ feature: Double) {
    let head = Head(features: 2, classes: 2, pooling: nil, normalization: nil, linear: nil)
    let statistics = RunningStatistics<Double>(features: 2)
    let result = head.evaluate([feature, 0, 0, feature, 1, 0], labels: [0, 1, 0], [], statistics)
    #expect(result.errors == 2 && result.rows == 3)
    #expect(EpochReport.Score(result).loss == nil)
  }

  /// What the head drops it drops on the way back too.
  @Test func gradientsGoThroughTheDropout() {
    var random = RandomGenerator(seed: 4)
    let features = (0..<8).map { _ in random.normal() }
    let dropout = Dropout<Double>(0.5, count: 8, &random)
    func train(_ features: [Double]) -> (loss: Double, cotangents: [Double]) {
      var (features, moments) = (features, BatchMoments<Double>())
      var gradient = [Double](repeating: 0, count: 10)
      let result = Self.head.train(
        &features, labels: [0, 1, 1, 0], Self.parameters, &moments, dropping: dropout, gradient: &gradient)
      return (result.loss / 4, features)
    }
    let cotangents = train(features).cotangents
    for i in features.indices {
      var (above, below) = (features, features)
      above[i] += 1e-5
      below[i] -= 1e-5
      #expect(abs(cotangents[i] - (train(above).loss - train(below).loss) / 2e-5) < 1e-8)
    }
  }
}

struct DropoutTests {
  /// Each entry is 0 or 1 / (1 - share) of what it was; the mean stays within five deviations.
  @Test func theMeanStays() {
    var random = RandomGenerator(seed: 9)
    var values = [Double](repeating: 3, count: 10_000)
    Dropout<Double>(0.25, count: values.count, &random).apply(&values)
    #expect(values.allSatisfy { $0 == 0 || $0 == 4 })
    let kept = Double(values.count { $0 == 4 }) / 10_000
    #expect(abs(kept - 0.75) < 5 * (0.25 * 0.75 / 10_000).squareRoot())
  }

  @Test func nothingIsDroppedWithoutAShare() {
    var random = RandomGenerator(seed: 9)
    let before = random
    var values = [1.0, 2]
    Dropout<Double>(0, count: 2, &random).apply(&values)
    #expect(values == [1, 2] && random.words == before.words)
  }
}
