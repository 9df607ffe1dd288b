import FixedPoint
import Glibc
import Testing

struct PrincipalDirectionsTests {
  private func vector(_ axis: PhaseAxis) -> [Double] {
    if case .direction(let vector, _) = axis { vector } else { [] }
  }

  /// Points of an ellipse with half axes 3 and 1, turned by 30 degrees, around (5, -2).
  @Test func theAxesOfAnEllipse() {
    let (c, s) = (cos(Double.pi / 6), sin(Double.pi / 6))
    let points = (0..<40).map { index -> [Double] in
      let angle = 2 * Double.pi * Double(index) / 40
      let (x, y) = (3 * cos(angle), sin(angle))
      return [5 + c * x - s * y, -2 + s * x + c * y]
    }
    let found = PrincipalDirections(of: points, dimension: 2)
    #expect(zip(vector(found.first), [c, s]).allSatisfy { abs($0 - $1) < 1e-12 })
    // The largest entry is positive: (-s, c), whose second is.
    #expect(zip(vector(found.second), [-s, c]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(abs(found.shares[0] - 0.9) < 1e-12 && abs(found.shares[1] - 0.1) < 1e-12)
    #expect(abs(found.first.coordinate(of: [5, -2])) < 1e-12)
  }

  @Test func signsDoNotDependOnTheSideOfThePoints() {
    let points = [[0.0, 0, 0], [1, 2, -3], [2, 4.1, -6], [3, 6, -9.1]]
    let mirrored = points.map { $0.map { -$0 } }
    let (one, other) = (PrincipalDirections(of: points, dimension: 3), PrincipalDirections(of: mirrored, dimension: 3))
    #expect(zip(vector(one.first), vector(other.first)).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(vector(one.first)[2] > 0)
  }

  @Test func pointsOnALineGetASecondDirection() {
    let points = (0..<5).map { [Double($0), 0, 0] }
    let found = PrincipalDirections(of: points, dimension: 3)
    #expect(zip(vector(found.first), [1, 0, 0]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(vector(found.second) == [0, 1, 0])
    #expect(found.shares == [1, 0])
  }

  @Test(arguments: [[[Double]](), [[1, 1]], [[2, 3], [2, 3]], [[.nan, 0], [.infinity, 1]]])
  func onePlaceOrNoneGivesUnits(_ points: [[Double]]) {
    let found = PrincipalDirections(of: points, dimension: 2)
    #expect(vector(found.first) == [1, 0] && vector(found.second) == [0, 1])
    #expect(found.shares == [0, 0])
  }
}
