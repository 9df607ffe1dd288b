internal import Glibc
internal import LinearAlgebra

/// From states to classes: mean over squares of the image, batch normalisation, linear map.
struct Head: Sendable {
  /// Features of a row after pooling.
  let features: Int
  let classes: Int
  let pooling: Pooling?
  /// A scale and a shift for each of the ``normalized`` features; `nil` without batch normalisation.
  let normalization: (scale: Range<Int>, shift: Range<Int>)?
  /// Weight [classes, features] and bias; `nil` where the features are the scores.
  let linear: (weight: Range<Int>, bias: Range<Int>)?

  /// Features with a mean and a variance of their own: all of them, or the channels of an image, whose pixels share
  /// them. A pixel that is always black has no variance.
  var normalized: Int { pooling?.channels ?? features }

  /// The share of a batch's mean and variance in the running ones.
  static let momentum = 0.1
  /// Added to a variance.
  static let floor = 1e-5

  /// Means over squares of `side` x `side` pixels of images [height, width, channels].
  struct Pooling: Sendable {
    let height: Int
    let width: Int
    let channels: Int
    let side: Int

    var inputCount: Int { height * width * channels }
    var outputCount: Int { (height / side) * (width / side) * channels }

    private func target(_ y: Int, _ x: Int) -> Int? {
      guard y / side < height / side, x / side < width / side else { return nil }
      return ((y / side) * (width / side) + x / side) * channels
    }

    func apply<Scalar: BatchScalar>(_ images: Span<Scalar>, into means: inout MutableSpan<Scalar>) {
      fill(&means, with: 0)
      let share = 1 / Scalar(side * side)
      for sample in 0..<images.count / inputCount {
        for y in 0..<height {
          for x in 0..<width {
            guard let target = target(y, x) else { continue }
            let source = sample * inputCount + (y * width + x) * channels
            for c in 0..<channels { means[sample * outputCount + target + c] += share * images[source + c] }
          }
        }
      }
    }

    func pullBack<Scalar: BatchScalar>(_ cotangents: Span<Scalar>, into images: inout MutableSpan<Scalar>) {
      let share = 1 / Scalar(side * side)
      for sample in 0..<images.count / inputCount {
        for y in 0..<height {
          for x in 0..<width {
            let place = sample * inputCount + (y * width + x) * channels
            guard let target = target(y, x) else {
              for c in 0..<channels { images[place + c] = 0 }
              continue
            }
            for c in 0..<channels { images[place + c] = share * cotangents[sample * outputCount + target + c] }
          }
        }
      }
    }
  }
}

/// Mean and variance of each feature over the batches so far, for use after training.
struct RunningStatistics<Scalar: BatchScalar>: Sendable, Equatable {
  var means: [Scalar]
  var variances: [Scalar]

  init(features: Int) {
    means = Array(repeating: 0, count: features)
    variances = Array(repeating: 1, count: features)
  }

  /// Moves towards a batch's.
  mutating func add(_ batch: BatchMoments<Scalar>) {
    let share = Scalar(Head.momentum)
    for f in batch.means.indices {
      means[f] += share * (batch.means[f] - means[f])
      variances[f] += share * (batch.correction * batch.variances[f] - variances[f])
    }
  }
}

/// Mean and variance of each feature over one batch; empty without batch normalisation.
struct BatchMoments<Scalar: BatchScalar>: Sendable {
  var means: [Scalar] = []
  /// By n.
  var variances: [Scalar] = []
  /// n / (n - 1): makes the variances unbiased.
  var correction: Scalar = 1
}

/// What the head made of a batch, and how well that fits the labels.
struct HeadResult: Sendable {
  /// Sum over the labelled rows of -log of the probability of the label.
  var loss = 0.0
  var errors = 0
  var rows = 0

  mutating func add(_ other: HeadResult) {
    loss += other.loss
    errors += other.errors
    rows += other.rows
  }
}

extension Head {
  /// Loss and errors of rows of features, with the running statistics.
  func evaluate<Scalar: BatchScalar>(
    _ features: [Scalar], labels: [Int?], _ parameters: [Scalar], _ statistics: RunningStatistics<Scalar>
  ) -> HeadResult {
    let rows = labels.count
    var normal = Array(features[..<(rows * self.features)])
    if normalization != nil {
      normalize(&normal, rows: rows, means: statistics.means, variances: statistics.variances)
      shift(&normal, rows: rows, parameters)
    }
    var scores = scores(normal, rows: rows, parameters)
    return softmax(&scores, labels: labels)
  }

  /// The scores [rows, classes] of rows of features, with the running statistics.
  func scores<Scalar: BatchScalar>(
    of features: [Scalar], rows: Int, _ parameters: [Scalar], _ statistics: RunningStatistics<Scalar>
  ) -> [Scalar] {
    var normal = Array(features[..<(rows * self.features)])
    if normalization != nil {
      normalize(&normal, rows: rows, means: statistics.means, variances: statistics.variances)
      shift(&normal, rows: rows, parameters)
    }
    return scores(normal, rows: rows, parameters)
  }

  /// The same with the batch's own statistics, which are left in `moments`; `features` become the cotangents of the mean
  /// loss.
  func train<Scalar: BatchScalar>(
    _ features: inout [Scalar], labels: [Int?], _ parameters: [Scalar], _ moments: inout BatchMoments<Scalar>,
    dropping dropout: Dropout<Scalar> = Dropout(), gradient: inout [Scalar]
  ) -> HeadResult {
    let rows = labels.count
    var normal = Array(features[..<(rows * self.features)])
    var deviations: [Scalar] = []
    if normalization != nil { deviations = normalize(&normal, rows: rows, leaving: &moments) }
    var shifted = normal
    if normalization != nil { shift(&shifted, rows: rows, parameters) }
    if linear != nil { dropout.apply(&shifted) }
    var scores = scores(shifted, rows: rows, parameters)
    let result = softmax(&scores, labels: labels)
    let share = 1 / Scalar(max(result.rows, 1))
    for i in scores.indices { scores[i] *= share }
    pullBackLinear(scores, at: shifted, rows: rows, parameters, into: &features, gradient: &gradient)
    if linear != nil { dropout.apply(&features) }
    if let normalization {
      pullBack(&features, at: normal, deviations, rows: rows, normalization, parameters, gradient: &gradient)
    }
    return result
  }

  private func scores<Scalar: BatchScalar>(_ values: [Scalar], rows: Int, _ parameters: [Scalar]) -> [Scalar] {
    guard let (weight, bias) = linear else { return values }
    var scores = [Scalar](repeating: 0, count: rows * classes)
    var result = scores.mutableSpan
    Scalar.multiply(
      values.span, .asStored, parameters.span.extracting(weight), .transposed,
      sizes: ProductSizes(rows, features, classes), into: &result, scale: 1, keep: 0)
    for row in 0..<rows {
      for label in 0..<classes { result[row * classes + label] += parameters[bias.lowerBound + label] }
    }
    return scores
  }

  /// Loss and errors; scores become probabilities, less 1 at the label, and 0 in rows without one. Scores that are not
  /// finite name no class: the row is wrong.
  private func softmax<Scalar: BatchScalar>(_ scores: inout [Scalar], labels: [Int?]) -> HeadResult {
    var result = HeadResult()
    for (row, label) in labels.enumerated() {
      let range = row * classes..<(row + 1) * classes
      guard let label else {
        for i in range { scores[i] = 0 }
        continue
      }
      let largest = scores[range].max() ?? 0
      let best = scores[range].allSatisfy(\.isFinite) ? scores[range].firstIndex(of: largest) : nil
      let own = Double(scores[range.lowerBound + label] - largest)
      var sum = 0.0
      for i in range { sum += exp(Double(scores[i] - largest)) }
      for i in range { scores[i] = Scalar(exp(Double(scores[i] - largest)) / sum) }
      scores[range.lowerBound + label] -= 1
      result.loss += log(sum) - own
      result.errors += best == range.lowerBound + label ? 0 : 1
      result.rows += 1
    }
    return result
  }

  private func pullBackLinear<Scalar: BatchScalar>(
    _ scores: [Scalar], at values: [Scalar], rows: Int, _ parameters: [Scalar], into cotangents: inout [Scalar],
    gradient: inout [Scalar]
  ) {
    guard let (weight, bias) = linear else {
      cotangents.mutate(0..<rows * features) { $0.copy(scores.span) }
      return
    }
    gradient.mutate(weight) {
      Scalar.multiply(
        scores.span, .transposed, values.span, .asStored, sizes: ProductSizes(classes, rows, features), into: &$0,
        scale: 1, keep: 1)
    }
    for row in 0..<rows {
      for label in 0..<classes { gradient[bias.lowerBound + label] += scores[row * classes + label] }
    }
    cotangents.mutate(0..<rows * features) {
      Scalar.multiply(
        scores.span, .asStored, parameters.span.extracting(weight), .asStored,
        sizes: ProductSizes(rows, classes, features), into: &$0, scale: 1, keep: 0)
    }
  }
}

// MARK: Batch normalisation

/// Over the ``normalized`` features; every pixel of an image is a row of its own.
///
/// Source: Ioffe, Szegedy, *Batch normalization*, ICML 2015.
extension Head {
  private func normalizedRows(_ rows: Int) -> Int { rows * (features / normalized) }

  private func normalize<Scalar: BatchScalar>(
    _ values: inout [Scalar], rows: Int, means: [Scalar], variances: [Scalar]
  ) {
    let (rows, features) = (normalizedRows(rows), normalized)
    let factors = variances.map { 1 / ($0 + Scalar(Self.floor)).squareRoot() }
    for row in 0..<rows {
      for f in 0..<features { values[row * features + f] = (values[row * features + f] - means[f]) * factors[f] }
    }
  }

  /// By the batch's own mean and variance.
  /// - Returns: 1 / sqrt(variance + floor) of each feature.
  private func normalize<Scalar: BatchScalar>(
    _ values: inout [Scalar], rows: Int, leaving moments: inout BatchMoments<Scalar>
  ) -> [Scalar] {
    let (whole, rows, features) = (rows, normalizedRows(rows), normalized)
    var means = [Scalar](repeating: 0, count: features)
    var variances = means
    for row in 0..<rows {
      for f in 0..<features { means[f] += values[row * features + f] / Scalar(rows) }
    }
    for row in 0..<rows {
      for f in 0..<features {
        let difference = values[row * features + f] - means[f]
        variances[f] += difference * difference / Scalar(rows)
      }
    }
    let correction = rows > 1 ? Scalar(rows) / Scalar(rows - 1) : 1
    moments = BatchMoments(means: means, variances: variances, correction: correction)
    normalize(&values, rows: whole, means: means, variances: variances)
    return variances.map { 1 / ($0 + Scalar(Self.floor)).squareRoot() }
  }

  private func shift<Scalar: BatchScalar>(_ values: inout [Scalar], rows: Int, _ parameters: [Scalar]) {
    guard let normalization else { return }
    let (rows, features) = (normalizedRows(rows), normalized)
    for row in 0..<rows {
      for f in 0..<features {
        values[row * features + f] =
          values[row * features + f] * parameters[normalization.scale.lowerBound + f]
          + parameters[normalization.shift.lowerBound + f]
      }
    }
  }

  private func pullBack<Scalar: BatchScalar>(
    _ cotangents: inout [Scalar], at normal: [Scalar], _ factors: [Scalar], rows: Int,
    _ ranges: (scale: Range<Int>, shift: Range<Int>), _ parameters: [Scalar], gradient: inout [Scalar]
  ) {
    let (rows, features) = (normalizedRows(rows), normalized)
    var sums = [Scalar](repeating: 0, count: features)
    var products = sums
    for row in 0..<rows {
      for f in 0..<features {
        sums[f] += cotangents[row * features + f]
        products[f] += cotangents[row * features + f] * normal[row * features + f]
      }
    }
    for f in 0..<features {
      gradient[ranges.scale.lowerBound + f] += products[f]
      gradient[ranges.shift.lowerBound + f] += sums[f]
    }
    for row in 0..<rows {
      for f in 0..<features {
        let i = row * features + f
        let centered = cotangents[i] - (sums[f] + normal[i] * products[f]) / Scalar(rows)
        cotangents[i] = parameters[ranges.scale.lowerBound + f] * factors[f] * centered
      }
    }
  }
}
