import FixedPoint
import Testing

struct PhasePlaneTests {
  @Test func thePartsOffThePlaneAreThoseOfTheBase() {
    let plane = PhasePlane(through: [1, 2, 3, 4], across: .unit(3), up: .unit(1))
    #expect(plane.state(at: PhasePoint(-0.3, 0.7)) == [1, 0.7, 3, -0.3])
    #expect(plane.place(of: [9, 8, 7, 6]) == PhasePoint(6, 8))
  }

  @Test func aPlaneThatIsAllOfTheSpaceHasNoBase() {
    let plane = { PhasePlane(through: $0, across: .unit(0), up: .unit(1)) }
    #expect(plane([1, 2]) == plane([-0.1, 1e9]))
    let line = { PhasePlane(through: $0, across: .unit(0), up: nil) }
    #expect(line([1]) == line([5]) && line([1, 2]) != line([1, 3]))
  }

  @Test func directionsGoThereAndBack() {
    let (a, b) = (0.6, 0.8)
    let plane = PhasePlane(
      through: [2, -1, 5], across: .direction([a, b, 0], offset: 0.25), up: .direction([-b, a, 0], offset: -1))
    for place in [PhasePoint(0, 0), PhasePoint(1.5, -2), PhasePoint(-0.001, 30)] {
      let state = plane.state(at: place)
      let back = plane.place(of: state)
      #expect(abs(back.x - place.x) < 1e-13 && abs(back.y - place.y) < 1e-13)
      #expect(state[2] == 5)
    }
  }

  @Test func zoomKeepsItsPlaceAndMovesAreUndone() {
    let range = PhaseRange(-1, 3)
    let zoomed = range.zoomed(by: 0.5, around: 0.25)
    #expect(abs(zoomed.value(at: 0.25) - range.value(at: 0.25)) < 1e-14)
    #expect(abs(zoomed.upper - zoomed.lower - 2) < 1e-14)
    let back = range.moved(by: 0.25).moved(by: -0.25)
    #expect(abs(back.lower + 1) < 1e-14 && abs(back.upper - 3) < 1e-14)
  }

  @Test func logarithmsHaveEqualFactorsAtEqualShares() throws {
    let range = PhaseRange(0.01, 100, .logarithmic)
    #expect(abs(range.value(at: 0.5) - 1) < 1e-12)
    #expect(abs(try #require(range.share(of: 10)) - 0.75) < 1e-12)
    #expect(range.share(of: 0) == nil && range.share(of: -1) == nil)
    let zoomed = range.zoomed(by: 0.5, around: 0.5)
    #expect(abs(zoomed.lower - 0.1) < 1e-12 && abs(zoomed.upper - 10) < 1e-10)
  }

  @Test func rangesAlwaysHaveAWidth() {
    for value in [0.0, 1, -7, 1e-300, 1e300, .greatestFiniteMagnitude] {
      let range = PhaseRange(value, value)
      #expect(range.upper > range.lower && range.upper.isFinite && range.lower.isFinite, "\(value)")
    }
    var range = PhaseRange(-1, 1)
    for _ in 0..<2000 { range = range.zoomed(by: 0.5, around: 0.3) }
    #expect(range.upper > range.lower)
    for _ in 0..<4000 { range = range.zoomed(by: 2, around: 0.3) }
    #expect(range.upper > range.lower && range.upper.isFinite)
    #expect(PhaseRange(covering: [.nan, .infinity]) == nil)
    #expect(PhaseRange(covering: [-1, 0], .logarithmic) == nil)
  }
}
