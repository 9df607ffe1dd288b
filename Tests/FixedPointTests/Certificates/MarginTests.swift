import FixedPoint
import TestSupport
import Testing

struct MarginTests {
  @Test(arguments: [(1.0, 1.199_678_6), (0.5, 1.601_638_9)])
  func shiftThresholdsOfTanh(_ level: Double, _ expected: Double) throws {
    let margin = Margin.shift(of: Activation(.tanh), coefficientBelow: level, on: .real)
    guard case .holdsFrom(let shift) = margin else {
      Issue.record("\(margin)")
      return
    }
    #expect(abs(shift - expected) < 1e-6)
  }

  @Test func largestGainOfALipschitzMap() throws {
    // The sup norm of W is 0.5, so that the constant is below 1 up to the gain 2.
    let network = try Network(2, [.dense([[0.25, -0.25], [0.125, 0.375]]), .activation(.tanh)])
    guard case .holdsUpTo(let gain) = Margin.largest(.gain, of: network, holding: LipschitzSup.self) else {
      Issue.record("a gain at which the proof is lost")
      return
    }
    #expect(gain < 2 && gain > 2 * (1 - 1e-6))
  }

  @Test func largestGainOfAPerronRoot() throws {
    // |W| has the Perron root 2, so that the largest gain is 1/2: where two more fixed points appear.
    let network = try Network(2, [.dense([[1, -1], [-1, 1]]), .activation(.tanh, shift: 1.2)])
    guard case .holdsUpTo(let gain) = Margin.largest(.gain, of: network, holding: PerronFrobenius.self) else {
      Issue.record("a gain at which the proof is lost")
      return
    }
    #expect(gain < 0.5 && gain > 0.5 * (1 - 1e-6))
  }

  @Test func largestPower() throws {
    // The coefficient of (tanh + 1.2)^q on t > 0 is q times 0.2469939826.
    let network = try Network(1, [.dense([[3]]), .activation(.tanh, shift: 1.2)])
    guard case .holdsUpTo(let power) = Margin.largest(.power, of: network, holding: SubhomogeneousOrderPreserving.self)
    else {
      Issue.record("a power at which the proof is lost")
      return
    }
    #expect(abs(power - 1 / 0.246_993_982_634) < 1e-5)
  }

  @Test func smallestShift() throws {
    // On the cone tanh + c is positive from c = 0 on, where its coefficient is 1.
    let network = try Network(1, [.dense([[3]]), .activation(.tanh, shift: 1.2)])
    guard case .holdsFrom(let shift) = Margin.largest(.shift, of: network, holding: SubhomogeneousOrderPreserving.self)
    else {
      Issue.record("a shift at which the proof is lost")
      return
    }
    #expect(shift >= 0 && shift < 1e-6)
  }

  @Test func neverAndAbsent() throws {
    let network = try Network(1, [.dense([[-1]]), .activation(.tanh)])
    #expect(Margin.largest(.gain, of: network, holding: SubhomogeneousHilbert.self) == .never)
    let linear = try Network(1, [.scale(0.5)])
    #expect(Margin.largest(.power, of: linear, holding: LipschitzSup.self) == nil)
  }
}
