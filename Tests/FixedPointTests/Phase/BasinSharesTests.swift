import TestSupport
import Testing

@testable import FixedPoint

struct BasinSharesTests {
  /// tanh(2 z): two attractors on either side of 0.
  private let bistable = try? Network(1, [.dense([[2]]), .activation(.tanh)])

  private func shares(_ network: Network) throws -> BasinShares {
    let analysis = Analysis(network: network)
    let box = try #require(analysis.boxEverywhere?.box)
    var search = Enumeration(of: box, under: network)
    search.run(network, budget: 20_000)
    let region = StartRegion(analysis, start: Array(repeating: 0.5, count: network.dimension))
    var shares = BasinShares(of: search.fixedPoints, in: region, seed: 1)
    while !shares.isComplete { shares.refine(on: network, by: Picard()) }
    return shares
  }

  /// The starts are uniform on an interval around 0: each side has half of them, but for three standard deviations.
  @Test func twoAttractorsShareTheStarts() throws {
    let shares = try shares(try #require(bistable))
    #expect(shares.fixedPoints.map(\.stability) == [.attracting, .repelling, .attracting])
    #expect(shares.tried == BasinShares.count && shares.elsewhere == 0 && shares.unsettled == 0)
    #expect(shares.counts[1] == 0 && shares.counts[0] + shares.counts[2] == BasinShares.count)
    #expect(abs(shares.counts[0] - BasinShares.count / 2) < 48)
    let below = (0..<BasinShares.count).count { shares.region.point($0, seed: 1)[0] < 0 }
    #expect(shares.counts[0] == below)
  }

  @Test func theSameStartsGiveTheSameShares() throws {
    let network = try Network(2, [.dense([[1, -1], [-1, 1]]), .activation(.tanh, shift: 1.2)])
    let once = try shares(network)
    #expect(once.counts.count == 3 && once.counts.reduce(0, +) == BasinShares.count)
    #expect(try shares(network) == once)
  }

  /// tanh(-2 z): every orbit but the fixed point itself ends in a cycle of two.
  @Test func startsThatDoNotSettleAreCounted() throws {
    let shares = try shares(Network(1, [.dense([[-2]]), .activation(.tanh)]))
    #expect(shares.fixedPoints.count == 1 && shares.counts == [0] && shares.unsettled == BasinShares.count)
  }

  @Test func startsThatSettleAtNoneOfThemAreCounted() throws {
    let network = try #require(bistable)
    let region = StartRegion(Analysis(network: network), start: [0.5])
    var shares = BasinShares(of: .proved(near: [[0.95]], of: network), in: region, seed: 1)
    while !shares.isComplete { shares.refine(on: network, by: Picard()) }
    #expect(shares.counts[0] > 400 && shares.elsewhere == BasinShares.count - shares.counts[0])
  }

  @Test func aPointBesideAFixedPointIsCloseAndAnotherOneForEachSeed() throws {
    let region = StartRegion(Analysis(network: try #require(bistable)), start: [0.5])
    let center = [0.957]
    let points = (1...20).map { region.point(beside: center, seed: UInt64($0)) }
    #expect(Set(points).count == 20 && points == (1...20).map { region.point(beside: center, seed: UInt64($0)) })
    #expect(points.allSatisfy { abs($0[0] - 0.957) <= 1.957e-3 && $0 != center })
  }

  /// exp(-z) + 0.1 keeps the cone: a point beside its border stays in it.
  @Test func aPointBesideStaysInTheCone() throws {
    let network = try Network(1, [.dense([[-1]]), .activation(.exp, shift: 0.1)])
    let region = StartRegion(Analysis(network: network), start: [0.5])
    #expect(region.isCone)
    #expect((1...20).allSatisfy { region.allows(region.point(beside: [0], seed: $0)) })
  }

  @Test func theReachedFixedPointIsTheOneWhoseBoxHoldsThePoint() throws {
    let points = [EnclosedFixedPoint].proved(near: [[-0.95], [0.001], [0.95]], of: try #require(bistable))
    #expect(points.count == 3)
    #expect(points.index(reachedAt: [0.957_504]) == 2 && points.index(reachedAt: [1e-7]) == 1)
    #expect(points.index(reachedAt: [0.5]) == nil && points.index(nearest: [0.5]) == 2)
    #expect([EnclosedFixedPoint]().index(nearest: [0]) == nil)
    #expect(abs(points[2].distance(to: [0]) - 0.957_504_024_077_268_7) < 1e-14)
  }
}
