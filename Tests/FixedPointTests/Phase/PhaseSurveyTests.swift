import FixedPoint
import Glibc
import LinearAlgebra
import TestSupport
import Testing

struct PhaseSurveyTests {
  /// tanh(a W z) + 1.2 with W = [[1, -1], [-1, 1]]: z = (1.2 + d, 1.2 - d) with d = tanh(2 a d).
  private func signed(_ gain: Double) throws -> Network {
    try Network(2, [.dense([[gain, -gain], [-gain, gain]]), .activation(.tanh, shift: 1.2)])
  }

  private func survey(_ network: Network, count: Int = 16, seed: UInt64 = 1, start: [Double]? = nil) -> PhaseSurvey {
    let start = start ?? [Double](repeating: 1, count: network.dimension)
    return PhaseSurvey(
      PhaseSurvey.Request(count: count, seed: seed, start: start), of: Analysis(network: network), by: Picard())
  }

  @Test(arguments: [0.1, 0.3, 0.45]) func belowOneHalfThereIsOneFixedPoint(_ gain: Double) throws {
    let points = survey(try signed(gain)).fixedPoints.points
    #expect(points.count == 1)
    #expect(points.allSatisfy { $0.point.allSatisfy { abs($0 - 1.2) < 1e-9 } })
    #expect(abs((points[0].spectralRadius ?? 9) - 2 * gain) < 1e-9)
  }

  @Test(arguments: [0.55, 0.7, 1, 2]) func aboveOneHalfThereAreThree(_ gain: Double) throws {
    var (low, high) = (1e-9, 1.0)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if tanh(2 * gain * middle) > middle { low = middle } else { high = middle }
    }
    let points = survey(try signed(gain)).fixedPoints.points
    #expect(points.count == 3)
    for (point, d) in zip(points, [-low, 0, low]) {
      #expect(abs(point.point[0] - 1.2 - d) < 1e-8 && abs(point.point[1] - 1.2 + d) < 1e-8)
      #expect(abs((point.spectralRadius ?? 9) - 2 * gain * (1 - d * d)) < 1e-7)
    }
  }

  /// A linear map by powers of two is exact: z_k = (2^-k x, (-4)^-k y).
  @Test func trajectoriesOfALinearMap() throws {
    let network = try Network(2, [.dense([[0.5, 0], [0, -0.25]])])
    for trajectory in survey(network).trajectories {
      let start = trajectory.start
      #expect(trajectory.outcome == .converged)
      for (k, iterate) in trajectory.iterates.enumerated() {
        let half = Double(sign: .plus, exponent: -k, significand: 1)
        #expect(iterate == [half * start[0], (k % 2 == 0 ? 1 : -1) * half * half * start[1]])
      }
    }
  }

  @Test func startsAreSeededAndALargerCountBeginsWithTheSame() throws {
    let network = try signed(1)
    let few = survey(network, count: 4).trajectories.map(\.start)
    #expect(survey(network, count: 9).trajectories.prefix(4).map(\.start) == few)
    #expect(survey(network, count: 4, seed: 2).trajectories.map(\.start) != few)
    #expect(few.allSatisfy { $0.allSatisfy { $0 > 0 } })
  }

  @Test func theRegionHoldsAllImagesOfABoundedMap() throws {
    let region = survey(try signed(1)).region
    #expect(region.isCone && region.origin == .images)
    #expect(region.box.contains([0.25, 2.15]) && region.box.lower.allSatisfy { $0 > 0 })
    let tanh = survey(try Network(1, [.scale(2), .activation(.tanh)])).region
    #expect(!tanh.isCone && tanh.box.contains([-1]) && tanh.box.contains([1]))
    let positive = survey(try Network(2, [.dense([[0.5, 0.1], [0, 0.5]]), .inject([0.1, 0.1])])).region
    #expect(positive.isCone && positive.origin == .start)
    let root = survey(try Network(2, [.dense([[1, 1], [1, 2]]), .activation(.sqrt)])).region
    #expect(root.isCone && root.box.lower.allSatisfy { $0 > 0 })
    let linear = survey(try Network(2, [.scale(0.5), .inject([-1, 1])]), start: [3, 1]).region
    #expect(!linear.isCone && linear.origin == .start && linear.box.upper == [6, 6])
  }

  @Test func theSectionOfOneUnitIsTheMap() throws {
    let network = try Network(1, [.scale(2), .activation(.tanh)])
    let region = survey(network).region
    let line = PhasePlane(through: [0.5], across: .unit(0), up: nil)
    let request = MapSection.Request(line: line, range: PhaseRange(-1, 1), count: 21, start: 0.5)
    let section = MapSection(request, of: network, in: region)
    #expect(section.curve.count == 21)
    for point in section.curve { #expect(abs(point.y - tanh(2 * point.x)) < 1e-15) }
    #expect(
      section.orbit.prefix(3) == [0.5, network.image(of: [0.5])[0], network.image(of: network.image(of: [0.5]))[0]])
  }

  @Test func aSectionHoldsTheOthers() throws {
    let network = try signed(1)
    let region = survey(network).region
    let line = PhasePlane(through: [7, 2], across: .unit(0), up: nil)
    let request = MapSection.Request(line: line, range: PhaseRange(0.5, 3), count: 6, start: 1)
    for point in MapSection(request, of: network, in: region).curve {
      #expect(point.y == network.image(of: [point.x, 2])[0])
    }
  }

  @Test func arrowsOfALinearMapAreItsSteps() throws {
    let network = try Network(2, [.dense([[0.5, 0], [0, 2]])])
    let plane = PhasePlane(through: [0, 0], across: .unit(0), up: .unit(1))
    let range = PhaseRange(-1, 1)
    let grid = PhaseGrid(plane: plane, window: PhaseWindow(x: range, y: range), columns: 4, rows: 3)
    let field = VectorField(grid, of: network, in: survey(network).region)
    #expect(field.arrows.count == 12)
    for arrow in field.arrows {
      #expect(arrow.to == PhasePoint(arrow.from.x / 2, arrow.from.y * 2))
    }
  }
}
