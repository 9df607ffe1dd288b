import FixedPoint
import TestSupport
import Testing

@Suite("Phase portraits")
struct PhasePortraitTests {
  private func portrait(points: Int = 500) throws -> PhasePortrait {
    let half = try Network(2, [.scale(0.5)])
    return PhasePortrait(
      of: half, from: [[4, 0], [0, -8]], by: Picard(), stopping: StoppingRule(tolerance: 0, maxSteps: 5), points: points
    )
  }

  @Test("Paths of z/2 are the halvings of their starts")
  func halving() throws {
    let portrait = try portrait()
    #expect(
      portrait.paths == [
        [[4, 0], [2, 0], [1, 0], [0.5, 0], [0.25, 0]],
        [[0, -8], [0, -4], [0, -2], [0, -1], [0, -0.5]],
      ])
    #expect(portrait.converges == [false, false])
  }

  @Test("A path is thinned to both its ends and evenly chosen steps")
  func thinned() throws {
    #expect(try portrait(points: 3).paths[0] == [[4, 0], [1, 0], [0.25, 0]])
  }

  @Test("A path ends before it is not finite")
  func overflow() throws {
    let explosion = try Network(1, [.activation(.exp), .activation(.exp)])
    let portrait = PhasePortrait(of: explosion, from: [[1]], by: Picard(), stopping: StoppingRule(maxSteps: 50))
    #expect(portrait.paths[0].allSatisfy { $0[0].isFinite })
    #expect(portrait.paths[0].count < 10)
  }

  @Test("Starts are the same for the same seed, about the center, and of the spread")
  func starts() {
    let starts = PhasePortrait.starts(4000, around: [1, -2], spread: 0.5, seed: 3)
    #expect(starts == PhasePortrait.starts(4000, around: [1, -2], spread: 0.5, seed: 3))
    #expect(starts != PhasePortrait.starts(4000, around: [1, -2], spread: 0.5, seed: 4))
    let mean = starts.reduce(0) { $0 + $1[1] } / 4000
    let variance = starts.reduce(0) { $0 + ($1[1] - mean) * ($1[1] - mean) } / 4000
    #expect(abs(mean + 2) < 5 * 0.5 / 4000.squareRoot())
    #expect(abs(variance.squareRoot() - 0.5) < 0.03)
  }

  /// Points (3t, 4t) and a little across: the directions are (0.6, 0.8) and (-0.8, 0.6) or its opposite.
  @Test("Principal directions of a stretched cross are its axes")
  func principal() throws {
    let points = [[3.0, 4], [-3, -4], [0.8, -0.6], [-0.8, 0.6]].map { [$0[0] + 10, $0[1] - 5, 7] }
    let projection = try Projection.principal(of: points)
    #expect(abs(projection.origin[0] - 10) < 1e-14 && abs(projection.origin[2] - 7) < 1e-14)
    for (found, expected) in zip(projection.first, [0.6, 0.8, 0]) { #expect(abs(found - expected) < 1e-14) }
    for (found, expected) in zip(projection.second, [0.8, -0.6, 0]) { #expect(abs(found - expected) < 1e-14) }
    let seen = projection([13, -1, 7])
    #expect(abs(seen.x - 5) < 1e-13 && abs(seen.y) < 1e-13)
  }

  @Test("Where nothing varies there is no direction; one unit has no second one")
  func degenerate() throws {
    #expect(try Projection.principal(of: [[1, 2], [1, 2]]).first == [0, 0])
    let line = try Projection.principal(of: [[1], [3]])
    #expect(line.first == [1] && line.second == [0])
    #expect(line([3]) == (1, 0))
  }

  @Test("Coordinates are seen as they are")
  func coordinates() {
    #expect(Projection.coordinates(2, 0, of: 3)([5, 6, 7]) == (7, 5))
  }
}
