import FixedPoint
import Foundation
import TestSupport
import Testing

/// Subhomogeneity coefficients of activations.
@Suite struct ActivationCoefficientTests {
  struct Row: Decodable, Sendable {
    let kind: String
    let shift: Double
    let positive: Entry
    let real: Entry?
  }

  /// A number, or "unbounded".
  enum Entry: Decodable, Sendable {
    case number(Double)
    case unbounded

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self = (try? container.decode(Double.self)).map(Entry.number) ?? .unbounded
    }
  }

  struct Table: Decodable {
    let rows: [Row]
  }

  @Test(.enabled(if: FixedPointOracle.isAvailable, "the oracles lie beside the repository"))
  func oracle() throws {
    let file = FixedPointOracle.folder.appendingPathComponent("activations.json")
    let table = try JSONDecoder().decode(Table.self, from: Data(contentsOf: file))
    #expect(table.rows.count == 35)
    for row in table.rows {
      let activation = Activation(try #require(ActivationKind(rawValue: row.kind)))
      let label = "\(row.kind) + \(row.shift)"
      check(activation.coefficient(shift: row.shift, over: .positive), row.positive, "\(label), positive")
      let real = activation.coefficient(shift: row.shift, over: .real)
      // Not defined on R: the table has no number there ("unbounded" for sqrt, nothing for log1p).
      if activation.kind.domainStart > -.infinity {
        #expect(real == nil, "\(label)")
      } else {
        check(real, try #require(row.real), "\(label), real")
      }
    }
  }

  private func check(_ found: ActivationCoefficient?, _ expected: Entry, _ label: String) {
    switch (found, expected) {
    case (.bounded(let value, let upperBound)?, .number(let number)):
      #expect(abs(value - number) <= 1e-11 * number, "\(label): \(value) instead of \(number)")
      #expect(upperBound >= number * (1 - 1e-15) && upperBound <= number * (1 + 1e-11), "\(label): \(upperBound)")
    case (.unbounded?, .unbounded): break
    default: Issue.record("\(label): \(String(describing: found)) instead of \(expected)")
    }
  }

  /// softsign + c on R: |t| / ((1 + |t|) (c + (c - 1)|t|)) is largest at |t| = √(c / (c-1)).
  @Test(arguments: [1.001, 1.2, 1.5, 2, 10])
  func softsignInClosedForm(_ shift: Double) throws {
    let t = (shift / (shift - 1)).squareRoot()
    check(
      Activation(.softsign).coefficient(shift: shift, over: .real),
      .number(t / ((1 + t) * (shift + (shift - 1) * t))), "softsign + \(shift)")
    #expect(Activation(.softsign).coefficient(shift: 1, over: .real) == .bounded(value: 1, upperBound: 1))
  }

  @Test func powersScale() {
    let plain = Activation(.hardtanh).coefficient(shift: 1.25, over: .real)
    #expect(plain == .bounded(value: 4, upperBound: 4))
    let halved = Activation(.hardtanh).coefficient(shift: 1.25, power: 0.5, over: .real)
    #expect(halved == .bounded(value: 2, upperBound: 2))
    let inverted = Activation(.hardtanh).coefficient(shift: 1.25, power: -1, over: .real)
    #expect(inverted == .bounded(value: 4, upperBound: 4))
  }

  @Test func intervalsInClosedForm() {
    // log1p: t / ((1+t) log(1+t)) decreases from 1.
    let expected = 0.5 / log(2)
    check(Activation(.log1p).coefficient(shift: 0, over: .interval(Interval(1, 4))), .number(expected), "log1p")
    #expect(Activation(.log1p).coefficient(shift: 0, over: .interval(Interval(-2, 4))) == nil)
    #expect(Activation(.log1p).coefficient(shift: 0, over: .interval(Interval(-0.5, 4))) == .unbounded)
    check(Activation(.sqrt).coefficient(shift: 1, over: .interval(Interval(0, 4))), .number(1.0 / 3), "sqrt")
    check(Activation(.exp).coefficient(shift: 0, over: .interval(Interval(-3, 2))), .number(3), "exp")
    check(
      Activation(.exp).coefficient(shift: 1, over: .interval(Interval(0, 2))), .number(2 / (1 + exp(-2))), "exp + 1")
    check(Activation(.relu).coefficient(shift: 1, over: .interval(Interval(-3, 3))), .number(0.75), "relu + 1")
    check(Activation(.hardtanh).coefficient(shift: 1.2, over: .interval(Interval(1, 3))), .number(0), "flat")
  }

  @Test(arguments: ActivationKind.allCases)
  func boundsHoldForSamples(_ kind: ActivationKind) {
    let activation = Activation(kind)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<40 {
      let center = generator.number(in: kind.domainStart < -1 ? -4...4 : 0.5...4)
      let interval = Interval(max(center - generator.number(in: 0...2), kind.domainStart < -1 ? -9 : 0.01), center)
      let shift = generator.number(in: -0.5...5)
      guard case .bounded(let value, let bound)? = activation.coefficient(shift: shift, over: .interval(interval))
      else { continue }
      var largest = 0.0
      for _ in 0..<500 {
        let t = generator.number(in: interval.lower...interval.upper)
        largest = max(largest, abs(t * activation.slope(t)) / (activation.value(t) + shift))
      }
      #expect(largest <= bound * (1 + 1e-14))
      #expect(value <= bound && bound <= value * (1 + 1e-9) + 1e-300)
    }
  }

  @Test func unboundedAndUndefined() {
    #expect(Activation(.sin).coefficient(shift: 2, over: .positive) == .unbounded)
    #expect(Activation(.identity).coefficient(shift: 3, over: .real) == .unbounded)
    #expect(Activation(.softshrink).coefficient(shift: 0, over: .positive) == .unbounded)
    #expect(Activation(.tanh).coefficient(shift: 1, over: .real) == .unbounded)
    #expect(Activation(.sqrt).coefficient(shift: 1, over: .real) == nil)
  }
}
