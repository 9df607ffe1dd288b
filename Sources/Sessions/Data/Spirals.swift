import FixedPoint

/// Three arms of a spiral, a turn and a half each, with a little noise: 600 points of the plane.
///
/// The angle grows by a constant rotation with a rational cosine and sine, so that the points are the same on every
/// machine.
enum Spirals {
  static let name = "spirals"
  private static let armLength = 200
  /// Twice the arctangent of this is the angle from one point of an arm to the next: 1.5 turns in all, nearly.
  private static let halfAngle = 0.0236

  static var dataset: Dataset {
    var random = RandomGenerator(seed: 20_240_202)
    let count = 3 * armLength
    var points = [(x: Double, y: Double)](repeating: (0, 0), count: count)
    for arm in 0..<3 {
      for (step, point) in self.arm(arm).enumerated() { points[3 * step + arm] = point }
    }
    // In an order in which every stretch has all arms and all radii.
    let order = shuffled(count, &random)
    let values = order.flatMap { [points[$0].x + 0.02 * random.normal(), points[$0].y + 0.02 * random.normal()] }
    return Dataset(
      name: name, shape: Shape([2]), numbers: .values(values), labels: order.map { $0 % 3 }, classes: ["0", "1", "2"],
      splits: [Dataset.Split("train", 0..<450), Dataset.Split("test", 450..<count)])
  }

  /// The points of an arm, from the middle outward.
  private static func arm(_ arm: Int) -> [(x: Double, y: Double)] {
    let square = halfAngle * halfAngle
    let (cosine, sine) = ((1 - square) / (1 + square), 2 * halfAngle / (1 + square))
    let half = 0.75.squareRoot()
    var direction = [(1, 0), (-0.5, half), (-0.5, -half)][arm] as (x: Double, y: Double)
    return (0..<armLength).map { step in
      let radius = 0.1 + 0.9 * Double(step) / Double(armLength - 1)
      defer {
        direction = (cosine * direction.x - sine * direction.y, sine * direction.x + cosine * direction.y)
      }
      return (radius * direction.x, radius * direction.y)
    }
  }

  /// Fisher and Yates's shuffle of 0..<count.
  private static func shuffled(_ count: Int, _ random: inout RandomGenerator) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(random.uniform() * Double(last + 1)))
    }
    return order
  }
}
