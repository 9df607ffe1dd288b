internal import FixedPoint
internal import Sessions

/// Less the mean and divided by the deviation of the training samples: of each channel of images, of each column of
/// tables. A constant column is only shifted.
///
/// Mean and deviation are made in two passes, the mean as a mean of differences: a large offset costs no digits.
/// Source: Chan, Golub, LeVeque, *Algorithms for computing the sample variance*, The American Statistician 37 (1983).
struct Standardization: Sendable, Equatable {
  let channels: Int
  /// Entries of a sample that share a mean and a deviation, one channel after the other.
  let pixels: Int
  /// A power of two, so that no square is out of range; 1 for usual numbers.
  private let scales: [Double]
  /// Of the scaled values.
  private let means: [Double]
  private let deviations: [Double]

  init(_ data: Dataset, _ samples: [Int]) {
    channels = data.shape.rank == 3 ? data.shape.sizes[0] : data.shape.count
    pixels = data.shape.count / channels
    var (scales, means, deviations): ([Double], [Double], [Double]) = ([], [], [])
    for channel in 0..<channels {
      let values = Self.values(data, samples, channel * pixels..<(channel + 1) * pixels)
      let moments = Self.moments(values)
      scales.append(moments.scale)
      means.append(moments.mean)
      deviations.append(moments.deviation)
    }
    (self.scales, self.means, self.deviations) = (scales, means, deviations)
  }

  private static func values(_ data: Dataset, _ samples: [Int], _ range: Range<Int>) -> [Double] {
    let size = data.shape.count
    var values: [Double] = []
    values.reserveCapacity(samples.count * range.count)
    for sample in samples {
      let place = sample * size + range.lowerBound..<sample * size + range.upperBound
      switch data.numbers {
      case .pixels(let pixels): for pixel in pixels[place] { values.append(Double(pixel) / 255) }
      case .values(let all): values += all[place]
      }
    }
    return values
  }

  /// A deviation within the rounding of the mean is none: the column is constant.
  private static func moments(_ values: [Double]) -> (scale: Double, mean: Double, deviation: Double) {
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    let scale = largest > 0x1p500 ? 0x1p-600 : 1
    let first = (values.first ?? 0) * scale
    let share = 1 / Double(max(values.count, 1))
    let mean = first + values.reduce(0) { $0 + share * ($1 * scale - first) }
    let spread = values.reduce(0) { max($0, ($1 * scale - mean).magnitude) }
    let squares = values.reduce(0) { sum, value in
      let difference = (value * scale - mean) / spread
      return sum + share * difference * difference
    }
    let isConstant = spread <= 4 * Double.ulpOfOne * mean.magnitude
    return (scale, mean, isConstant ? 1 / scale : spread * squares.squareRoot())
  }

  /// The values of samples, one after the other, standardised.
  func apply(_ values: [Double]) -> [Double] {
    values.enumerated().map { place, value in
      let channel = place / pixels % channels
      return (value * scales[channel] - means[channel]) / deviations[channel]
    }
  }
}

extension Standardization {
  /// x standardised is factors · x - offsets, entry by entry.
  var factors: [Double] { entries { scales[$0] / deviations[$0] } }
  var offsets: [Double] { entries { means[$0] / deviations[$0] } }

  /// Of each channel, for people and for other programs.
  var channelMeans: [Double] { zip(means, scales).map { $0 / $1 } }
  var channelDeviations: [Double] { zip(deviations, scales).map { $0 / $1 } }

  private func entries(_ value: (Int) -> Double) -> [Double] {
    (0..<channels * pixels).map { value($0 / pixels) }
  }
}
