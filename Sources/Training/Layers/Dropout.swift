internal import LinearAlgebra
internal import Sessions

/// Which entries are dropped, and by what the others are multiplied so that the mean stays.
struct Dropout<Scalar: BatchScalar>: Sendable {
  private var factors: [Scalar] = []

  /// Nothing is dropped.
  init() {}

  init(_ share: Double, count: Int, _ random: inout RandomGenerator) {
    if share == 0 { return }
    factors = (0..<count).map { _ in random.uniform() < share ? 0 : Scalar(1 / (1 - share)) }
  }

  func apply(_ values: inout [Scalar]) {
    for i in factors.indices { values[i] *= factors[i] }
  }
}
