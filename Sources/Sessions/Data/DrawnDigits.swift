import FixedPoint

/// Digits drawn with a shaky pen, 8 x 8 pixels: 1,500 images.
///
/// Each is the strokes of its digit under a random shift, size and slant, every corner moved a little; a pixel is as dark
/// as the pen is near its middle. Sample i is a digit i % 10.
enum DrawnDigits {
  static let name = "drawn-digits"
  private static let side = 8

  private struct Point {
    var x: Double
    var y: Double
  }

  static var dataset: Dataset {
    var random = RandomGenerator(seed: 20_240_203)
    let count = 1500
    let labels = (0..<count).map { $0 % 10 }
    return Dataset(
      name: name, shape: Shape([1, side, side]), numbers: .values(labels.flatMap { drawn($0, &random) }),
      labels: labels, classes: (0..<10).map { "\($0)" },
      splits: [Dataset.Split("train", 0..<1200), Dataset.Split("test", 1200..<count)])
  }

  private static func drawn(_ digit: Int, _ random: inout RandomGenerator) -> [Double] {
    let pen = 0.5 + 0.2 * random.uniform()
    let lines = jittered(strokes[digit], &random)
    return (0..<side * side).map { pixel in
      let middle = Point(x: Double(pixel % side) + 0.5, y: Double(pixel / side) + 0.5)
      var distance = Double.infinity
      for line in lines {
        for (start, end) in zip(line, line.dropFirst()) { distance = min(distance, self.distance(middle, start, end)) }
      }
      return min(1, max(0, 1.3 - distance / pen * 0.8))
    }
  }

  private static func jittered(_ lines: [[Point]], _ random: inout RandomGenerator) -> [[Point]] {
    let size = 0.85 + 0.25 * random.uniform()
    let slant = 0.5 * random.uniform() - 0.25
    let shift = Point(x: 1.2 * random.uniform() - 0.6, y: 1.2 * random.uniform() - 0.6)
    return lines.map { line in
      line.map { corner in
        let x = corner.x - 4 + 0.5 * (random.uniform() - 0.5)
        let y = corner.y - 4 + 0.5 * (random.uniform() - 0.5)
        return Point(x: 4 + shift.x + size * (x - slant * y), y: 4 + shift.y + size * y)
      }
    }
  }

  /// From a point to a segment.
  private static func distance(_ point: Point, _ start: Point, _ end: Point) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let (px, py) = (point.x - start.x, point.y - start.y)
    let share = min(1, max(0, (px * dx + py * dy) / (dx * dx + dy * dy)))
    let (rx, ry) = (px - share * dx, py - share * dy)
    return (rx * rx + ry * ry).squareRoot()
  }

  /// The strokes of each digit, corners as "xy" in pixels.
  private static let strokes: [[[Point]]] = [
    ["41 23 25 47 65 63 41"], ["32 41 47"], ["22 41 62 63 27 67"], ["22 41 62 44 65 47 26"], ["51 24 25 65", "53 57"],
    ["61 31 24 54 65 47 26"], ["51 33 25 37 57 65 44 25"], ["21 61 37"], ["41 22 44 65 47 25 44 62 41"],
    ["63 44 23 31 51 63 57"],
  ].map { lines in lines.map { line in line.split(separator: " ").compactMap(corner) } }

  private static func corner(_ text: Substring) -> Point? {
    guard let x = text.first?.wholeNumberValue, let y = text.last?.wholeNumberValue else { return nil }
    return Point(x: Double(x), y: Double(y))
  }
}
