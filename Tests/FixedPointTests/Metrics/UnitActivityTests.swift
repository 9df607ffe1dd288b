import FixedPoint
import Glibc
import TestSupport
import Testing

struct UnitActivityTests {
  private static func activity(_ kind: ActivationKind, _ values: [Double]) throws -> [UnitActivity]? {
    try Network(values.count, [.activation(kind)]).activity(at: values)
  }

  /// 1 - tanh² = 0.05 at |v| = atanh √0.95.
  @Test func tanhSaturatesWhereItsSlopeIsATwentieth() throws {
    let edge = atanh(0.95.squareRoot())
    let found = try Self.activity(.tanh, [0, edge - 1e-9, edge + 1e-9, -edge - 1e-9, 800])
    #expect(found == [.responsive, .responsive, .saturated, .saturated, .saturated])
  }

  @Test func aUnitThatGivesNothingIsInactive() throws {
    #expect(try Self.activity(.relu, [-3, 0, 1e-9]) == [.inactive, .inactive, .responsive])
    #expect(try Self.activity(.hardtanh, [-1.5, 0.5, 2]) == [.saturated, .responsive, .saturated])
    #expect(try Self.activity(.softshrink, [0.4, -0.6]) == [.inactive, .responsive])
    #expect(try Self.activity(.sigmoid, [-9, 9, 0]) == [.inactive, .saturated, .responsive])
    #expect(try Self.activity(.identity, [5, -5]) == [.responsive, .responsive])
    #expect(try Self.activity(.sqrt, [0, -1]) == [.responsive, .undefined])
    #expect(try Self.activity(.tanh, [.infinity, .nan]) == [.undefined, .undefined])
  }

  /// What is injected behind the activation does not matter, what is mixed behind it leaves no unit to speak of.
  @Test func theLastActivationDecides() throws {
    let layer: [Link] = [.scale(3), .activation(.tanh, shift: 1.2), .inject([1, -1]), .normalize(.infinity)]
    #expect(try Network(2, layer).activity(at: [0.5, 1]) == [.responsive, .saturated])
    #expect(try Network(2, layer + [.dense([[1, 1], [0, 1]])]).activity(at: [0.5, 1]) == nil)
    #expect(try Network(2, [.scale(0.5)]).activity(at: [1, 1]) == nil)
  }
}
