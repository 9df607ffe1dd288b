import FixedPoint

/// Two half circles that reach into each other, with a little noise: 400 points of the plane.
///
/// A direction is drawn by normalising a point of the disc, so that nothing but + - * / and square roots is used and the
/// points are the same on every machine.
enum TwoMoons {
  static let name = "two-moons"

  static var dataset: Dataset {
    var random = RandomGenerator(seed: 20_240_201)
    var values: [Double] = []
    var labels: [Int] = []
    for index in 0..<400 {
      let (x, y) = halfCirclePoint(&random)
      let isLower = index % 2 == 1
      values.append((isLower ? 1 - x : x) + 0.1 * random.normal())
      values.append((isLower ? 0.5 - y : y) + 0.1 * random.normal())
      labels.append(isLower ? 1 : 0)
    }
    return Dataset(
      name: name, shape: Shape([2]), numbers: .values(values), labels: labels, classes: ["upper", "lower"],
      splits: [Dataset.Split("train", 0..<300), Dataset.Split("test", 300..<400)])
  }

  private static func halfCirclePoint(_ random: inout RandomGenerator) -> (Double, Double) {
    while true {
      let x = 2 * random.uniform() - 1
      let y = random.uniform()
      let square = x * x + y * y
      if square > 0.01, square < 1 { return (x / square.squareRoot(), y / square.squareRoot()) }
    }
  }
}
