import FixedPoint
import LinearAlgebra
import TestSupport
import Testing

/// What every operator of the catalog promises, in several configurations each.
@Suite struct OperatorConformanceTests {
  @Test func everyOperatorHasSpecimens() {
    for type in OperatorCatalog.all {
      let name = type.description.name
      #expect(OperatorSpecimen.all.count { $0.link.name == name } >= 2, "\(name)")
      #expect(OperatorCatalog.named(name) != nil)
    }
  }

  @Test(arguments: OperatorSpecimen.all)
  func forwardModeIsTheDerivative(_ specimen: OperatorSpecimen) {
    var generator = SeededGenerator(seed: 100)
    for _ in 0..<20 {
      let point = generator.vector(specimen.incoming, in: specimen.range)
      let tangent = generator.vector(specimen.incoming)
      let step = 1e-5
      let ahead = specimen.value(zip(point, tangent).map { $0 + step * $1 }, state: point)
      let behind = specimen.value(zip(point, tangent).map { $0 - step * $1 }, state: point)
      let derivative = specimen.pushForward(tangent, at: point)
      for i in 0..<specimen.outgoing {
        let quotient = (ahead[i] - behind[i]) / (2 * step)
        #expect(abs(derivative[i] - quotient) <= 1e-6 * max(1, abs(quotient)))
      }
    }
  }

  @Test(arguments: OperatorSpecimen.all)
  func reverseModeIsTheTransposed(_ specimen: OperatorSpecimen) {
    var generator = SeededGenerator(seed: 101)
    for _ in 0..<20 {
      let point = generator.vector(specimen.incoming, in: specimen.range)
      let tangent = generator.vector(specimen.incoming)
      let cotangent = generator.vector(specimen.outgoing)
      let forward = zip(cotangent, specimen.pushForward(tangent, at: point)).map { $0 * $1 }
      let reverse = zip(specimen.pullBack(cotangent, at: point), tangent).map { $0 * $1 }
      let scale = max(1, (forward + reverse).reduce(0) { $0 + abs($1) })
      #expect(abs(forward.reduce(0, +) - reverse.reduce(0, +)) <= 1e-12 * scale)
    }
  }

  @Test(arguments: OperatorSpecimen.all)
  func jacobianHasTheForwardModesColumns(_ specimen: OperatorSpecimen) {
    var generator = SeededGenerator(seed: 102)
    let point = generator.vector(specimen.incoming, in: specimen.range)
    let jacobian = specimen.link.multiplyJacobian(at: point.span, by: .identity(specimen.incoming))
    #expect(jacobian.rows == specimen.outgoing && jacobian.columns == specimen.incoming)
    for j in 0..<specimen.incoming {
      let column = specimen.pushForward((0..<specimen.incoming).map { $0 == j ? 1 : 0 }, at: point)
      for i in 0..<specimen.outgoing { #expect(abs(jacobian[i, j] - column[i]) <= 1e-13 * max(1, abs(column[i]))) }
    }
  }

  @Test(arguments: OperatorSpecimen.all)
  func absoluteProductUsesTheEntriesMagnitudes(_ specimen: OperatorSpecimen) {
    var generator = SeededGenerator(seed: 103)
    let point = generator.vector(specimen.incoming, in: specimen.range)
    let vector = generator.vector(specimen.incoming, in: 0...1)
    let jacobian = specimen.link.multiplyJacobian(at: point.span, by: .identity(specimen.incoming))
    let expected = jacobian.absolute.multiply(vector)
    for (found, expected) in zip(specimen.pushForwardAbsolute(vector, at: point), expected) {
      #expect(abs(found - expected) <= 1e-12 * max(1, expected))
    }
  }

  @Test(arguments: OperatorSpecimen.all)
  func enclosureHoldsEverySample(_ specimen: OperatorSpecimen) throws {
    var generator = SeededGenerator(seed: 104)
    for box in specimen.boxes(using: &generator) {
      let state = specimen.boxes(using: &generator)[0]
      let image = try specimen.link.enclose(box, state: state)
      var outside = 0
      for _ in 0..<2500 {
        let sample = specimen.value(box.sample(using: &generator), state: state.sample(using: &generator))
        outside += image.contains(sample) ? 0 : 1
      }
      #expect(outside == 0, "of the box \(box)")
    }
  }

  @Test(arguments: OperatorSpecimen.all)
  func jacobianEnclosureHoldsEverySample(_ specimen: OperatorSpecimen) throws {
    var generator = SeededGenerator(seed: 105)
    for box in specimen.boxes(using: &generator) {
      let running = IntervalMatrix.random(specimen.incoming, 3, using: &generator)
      let enclosure = try specimen.link.encloseJacobian(over: box, times: running)
      var outside = 0
      for _ in 0..<2500 {
        let point = box.sample(using: &generator)
        let product = specimen.link.multiplyJacobian(at: point.span, by: running.sample(using: &generator))
        outside += enclosure.contains(product, slack: 1e-13) ? 0 : 1
      }
      #expect(outside == 0, "of the box \(box)")
    }
  }

  @Test(arguments: OperatorSpecimen.all)
  func relaxationHoldsEverySample(_ specimen: OperatorSpecimen) throws {
    var generator = SeededGenerator(seed: 107)
    let still = [Double](repeating: 0, count: specimen.incoming)
    for box in specimen.boxes(using: &generator) {
      let form = try specimen.link.relax(.state(specimen.incoming), over: box)
      var outside = 0
      for _ in 0..<500 {
        let point = box.sample(using: &generator)
        let value = specimen.value(point, state: still)
        let range = form.range(over: IntervalVector(point))
        outside += (0..<value.count).allSatisfy { range[$0].widened(by: 1e-14).contains(value[$0]) } ? 0 : 1
      }
      #expect(outside == 0, "of the box \(box)")
    }
  }

  /// What an operator bends within a box of width w departs from a line by the order of w².
  @Test(arguments: OperatorSpecimen.all.filter { !$0.testDescription.hasPrefix("normalize") })
  func relaxationIsOfSecondOrder(_ specimen: OperatorSpecimen) throws {
    var generator = SeededGenerator(seed: 108)
    let center = generator.vector(specimen.incoming, in: specimen.range)
    let box = IntervalVector(center.map { Interval($0 - 0.5e-3, $0 + 0.5e-3) })
    guard let form = try? specimen.link.relax(.state(specimen.incoming), over: box) else { return }
    #expect(form.remainder.width <= 1e-4)
  }

  @Test(arguments: OperatorSpecimen.all)
  func narrowingKeepsWhateverLeadsToTheResult(_ specimen: OperatorSpecimen) throws {
    var generator = SeededGenerator(seed: 109)
    for box in specimen.boxes(using: &generator) {
      let states = specimen.boxes(using: &generator)[0]
      let samples = (0..<200).map { _ in
        let point = box.sample(using: &generator)
        let state = states.sample(using: &generator)
        return (point, state, specimen.value(point, state: state))
      }
      for (_, _, anchor) in samples.prefix(20) {
        let spread = generator.number(in: 0...0.3) * generator.number(in: 0...1)
        let result = IntervalVector(anchor.map { Interval($0 - spread, $0 + spread).widened(by: 1e-13) })
        var (value, state) = (box, states)
        #expect(specimen.link.narrow(&value, state: &state, to: result))
        #expect(box.contains(value) && states.contains(state))
        let lost = samples.count { result.contains($0.2) && !(value.contains($0.0) && state.contains($0.1)) }
        #expect(lost == 0, "of the box \(box)")
      }
      let elsewhere = IntervalVector(Array(repeating: Interval(1e9, 2e9), count: specimen.outgoing))
      var (value, state) = (box, states)
      _ = specimen.link.narrow(&value, state: &state, to: elsewhere)
      #expect(box.contains(value) && states.contains(state))
    }
  }

  @Test(arguments: OperatorSpecimen.all)
  func enclosureOfAPointIsNarrow(_ specimen: OperatorSpecimen) throws {
    var generator = SeededGenerator(seed: 106)
    let point = generator.vector(specimen.incoming, in: specimen.range)
    let image = try specimen.link.enclose(IntervalVector(point), state: IntervalVector(point))
    #expect(image.width <= 1e-13)
    let identity = IntervalMatrix.identity(specimen.incoming)
    let jacobian = try specimen.link.encloseJacobian(over: IntervalVector(point), times: identity)
    let exact = specimen.link.multiplyJacobian(at: point.span, by: .identity(specimen.incoming))
    #expect(jacobian.contains(exact, slack: 1e-13))
    if specimen.link.name != "normalize" { #expect(jacobian.width <= 1e-12) }
  }
}

extension OperatorSpecimen {
  /// Four boxes: tiny, narrow, wide, and the whole range; none holds the zero vector.
  fileprivate func boxes(using generator: inout SeededGenerator) -> [IntervalVector] {
    [1e-9, 1e-2, 1.0, 10].map { width in
      var lower: [Double] = []
      var upper: [Double] = []
      for index in 0..<incoming {
        let center = generator.number(in: range)
        let low = max(center - width * generator.number(in: 0...1), range.lowerBound)
        let high = min(center + width * generator.number(in: 0...1), range.upperBound)
        lower.append(index % 2 == 0 && low * high <= 0 ? high / 2 : low)
        upper.append(high)
      }
      return IntervalVector(lower: zip(lower, upper).map(min), upper: zip(lower, upper).map(max))
    }
  }
}

extension IntervalVector {
  /// A point: each entry at an end, in the middle or anywhere.
  fileprivate func sample(using generator: inout SeededGenerator) -> [Double] {
    (0..<count).map { self[$0].sample(using: &generator) }
  }
}

extension Interval {
  /// Room for the rounding of a computed value.
  fileprivate func widened(by share: Double) -> Interval {
    Interval(lower - share * (1 + abs(lower)), upper + share * (1 + abs(upper)))
  }

  fileprivate func sample(using generator: inout SeededGenerator) -> Double {
    switch generator.next() % 4 {
    case 0: lower
    case 1: upper
    default: min(max(generator.number(in: lower...upper), lower), upper)
    }
  }
}

extension IntervalMatrix {
  fileprivate static func random(_ rows: Int, _ columns: Int, using generator: inout SeededGenerator) -> IntervalMatrix
  {
    let center = generator.matrix(rows, columns)
    let radius = generator.matrix(rows, columns, in: 0...0.1)
    let bounds = [-1.0, 1.0].map { sign in zip(center.values, radius.values).map { $0 + sign * $1 } }
    return IntervalMatrix(
      lower: Matrix(rows: rows, columns: columns, values: bounds[0]),
      upper: Matrix(rows: rows, columns: columns, values: bounds[1]))
  }

  fileprivate func sample(using generator: inout SeededGenerator) -> Matrix {
    var result = lower
    for i in 0..<rows { for j in 0..<columns { result[i, j] = self[i, j].sample(using: &generator) } }
    return result
  }

  /// Whether the matrix lies inside, up to the rounding of its own computation.
  fileprivate func contains(_ matrix: Matrix, slack: Double) -> Bool {
    matrix.values.indices.allSatisfy {
      let allowance = slack * max(1, abs(matrix.values[$0]))
      return lower.values[$0] - allowance <= matrix.values[$0] && matrix.values[$0] <= upper.values[$0] + allowance
    }
  }

  fileprivate var width: Double { zip(lower.values, upper.values).map { $1 - $0 }.max() ?? 0 }
}
