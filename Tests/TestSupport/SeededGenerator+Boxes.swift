public import FixedPoint

extension SeededGenerator {
  /// A point of a box: uniform, or with some entries at the ends.
  public mutating func point(in box: IntervalVector) -> [Double] {
    let atEnds = number(in: 0...1) < 0.3
    return (0..<box.count).map { i in
      let share = number(in: 0...1)
      if atEnds { return share < 0.5 ? box.lower[i] : box.upper[i] }
      return min(box.lower[i] + share * (box.upper[i] - box.lower[i]), box.upper[i])
    }
  }
}
