import FixedPoint
import TestSupport
import Testing

struct BasinMapTests {
  /// tanh(2 z) on each of n units by itself.
  private func bistable(_ count: Int) throws -> Network {
    let rows = (0..<count).map { i in (0..<count).map { $0 == i ? 2.0 : 0 } }
    return try Network(count, [.dense(rows), .activation(.tanh)])
  }

  /// s > 0 with s = tanh(2 s).
  private let settled = 0.957_504_024_077_268_7

  private func map(_ network: Network, _ columns: Int, _ rows: Int, reach: Double = 2) -> BasinMap {
    let start = [Double](repeating: 0.5, count: network.dimension)
    let plane = PhasePlane(through: start, across: .unit(0), up: network.dimension > 1 ? .unit(1) : nil)
    let range = PhaseRange(-reach, reach)
    let grid = PhaseGrid(
      plane: plane, window: PhaseWindow(x: range, y: range), columns: columns, rows: network.dimension > 1 ? rows : 1)
    return BasinMap(grid, in: StartRegion(Analysis(network: network), start: start), known: FixedPointList())
  }

  private func completed(_ map: BasinMap, on network: Network, by solver: some EntrywiseSolver = Picard()) -> BasinMap {
    var map = map
    while !map.isComplete { map.refine(on: network, by: solver) }
    return map
  }

  @Test func theBoundaryOfTwoAttractorsIsZero() throws {
    let network = try bistable(1)
    let basins = completed(map(network, 64, 1), on: network)
    #expect(basins.fixedPoints.points.count == 2)
    #expect(basins.counts == [32, 32] && basins.tried == 64)
    for column in 0..<64 {
      guard case .settled(let index, _)? = basins.fate(column: column, row: 0) else {
        Issue.record("column \(column)")
        continue
      }
      let point = basins.fixedPoints.points[index].point[0]
      #expect(abs(point - (column < 32 ? -settled : settled)) < 1e-8, "column \(column)")
    }
    // The slope at ±s is 2 (1 - s²).
    let slope = 2 * (1 - settled * settled)
    for point in basins.fixedPoints.points { #expect(abs((point.spectralRadius ?? 9) - slope) < 1e-7) }
  }

  @Test func nearTheBoundaryItTakesLonger() throws {
    let network = try bistable(1)
    let basins = completed(map(network, 64, 1), on: network)
    func steps(_ column: Int) -> Int {
      if case .settled(_, let steps)? = basins.fate(column: column, row: 0) { steps } else { 0 }
    }
    #expect(steps(32) > steps(36) && steps(36) > steps(46))
    #expect((0..<32).allSatisfy { steps($0) == steps(63 - $0) })
    // Ranks: they fall with the steps, and their mean over all starts is one half.
    let ranks = (0..<64).map { basins.quickness[steps($0)] }
    #expect(ranks[32] < ranks[36] && ranks[36] < ranks[46])
    #expect(abs(ranks.reduce(0, +) / 64 - 0.5) < 1e-12)
  }

  @Test func fourQuadrantsFourAttractors() throws {
    let network = try bistable(2)
    let basins = completed(map(network, 20, 14), on: network)
    #expect(basins.counts == [70, 70, 70, 70])
    for row in 0..<14 {
      for column in 0..<20 {
        guard case .settled(let index, _)? = basins.fate(column: column, row: row) else {
          Issue.record("\(column) \(row)")
          continue
        }
        let point = basins.fixedPoints.points[index].point
        #expect((point[0] > 0) == (column >= 10) && (point[1] > 0) == (row >= 7))
      }
    }
  }

  @Test func whatDoesNotSettleIsNamed() throws {
    let swap = try Network(1, [.scale(-1), .inject([1])])
    let cycle = completed(map(swap, 8, 1), on: swap)
    #expect(cycle.counts.isEmpty && cycle.failures.map(\.outcome) == [.cycle(period: 2)])
    let growing = try Network(1, [.scale(3)])
    let lost = completed(map(growing, 8, 1), on: growing)
    #expect(lost.failures.map(\.outcome) == [.diverged] && lost.failures.map(\.count) == [8])
  }

  @Test func dampingTurnsACycleIntoAnAttractor() throws {
    let swap = try Network(1, [.scale(-1), .inject([1])])
    let basins = completed(map(swap, 8, 1), on: swap, by: Damped(factor: 0.5))
    #expect(basins.counts == [8] && basins.fixedPoints.points.map(\.point) == [[0.5]])
  }

  @Test func aContinuumOfFixedPointsIsNotListedWithoutEnd() throws {
    let identity = try Network(1, [.scale(1)])
    let basins = completed(map(identity, 64, 1), on: identity)
    #expect(basins.fixedPoints.points.count == FixedPointList.most && basins.fixedPoints.isFull)
    #expect((0..<64).contains { basins.fate(column: $0, row: 0) == .settledElsewhere })
  }

  /// Coarse first: every place is known after the first part, and refining never changes what was computed.
  @Test func coarseFirstThenFiner() throws {
    let network = try bistable(2)
    var basins = map(network, 70, 60)
    #expect(basins.fate(column: 3, row: 3) == nil && basins.progress == 0)
    basins.refine(on: network, by: Picard())
    #expect(!basins.isComplete && basins.progress > 0)
    #expect((0..<60).allSatisfy { row in (0..<70).allSatisfy { basins.fate(column: $0, row: row) != nil } })
    let coarse = stride(from: 0, to: 60, by: 8).map { row in
      stride(from: 0, to: 70, by: 8).map { basins.fate(column: $0, row: row) }
    }
    let whole = completed(basins, on: network)
    #expect(
      coarse
        == stride(from: 0, to: 60, by: 8).map { row in
          stride(from: 0, to: 70, by: 8).map { whole.fate(column: $0, row: row) }
        })
    #expect(whole.tried == 70 * 60)
    #expect(whole == completed(map(network, 70, 60), on: network))
  }

  @Test func placesAreThoseOfTheSites() throws {
    let network = try bistable(2)
    let basins = completed(map(network, 20, 14), on: network)
    for index in 0..<basins.grid.count {
      let place = basins.grid.place(of: index)
      #expect(basins.fate(at: place) == basins.fate(column: index % 20, row: index / 20))
    }
    #expect(basins.fate(at: PhasePoint(2.1, 0)) == nil && basins.fate(at: PhasePoint(.nan, 0)) == nil)
  }

  @Test func startsStayInTheCone() throws {
    let positive = try Network(2, [.dense([[1, -1], [-1, 1]]), .activation(.tanh, shift: 1.2)])
    let basins = completed(map(positive, 16, 16), on: positive)
    #expect(basins.region.isCone && basins.fate(column: 0, row: 15) == .outside)
    #expect(basins.fate(column: 8, row: 8) != .outside && basins.tried == 64)
  }
}
