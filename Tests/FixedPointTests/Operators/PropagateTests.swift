import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// Propagators worked out by hand, and fixed points in closed form.
@Suite struct PropagateTests {
  /// A path 0 - 1 - 2 and the node 3 by itself.
  private static let path = [[0, 1], [2, 1]]

  private static func propagate(
    _ edges: [[Int]], on shape: [Int], _ fields: [String: FieldValue] = [:]
  ) throws -> Propagate {
    let shape = Shape(shape)
    return try Propagate(
      FieldValues(fields.merging(["edges": .edges(edges)]) { first, _ in first }),
      in: OperatorContext(incoming: shape, state: shape, input: nil))
  }

  private static func matrix(_ link: Propagate) -> Matrix {
    let size = link.inputShape.count
    return link.multiplyJacobian(at: [Double](repeating: 0, count: size).span, by: .identity(size))
  }

  @Test func byItselfItIsThePapersPropagator() throws {
    let found = Self.matrix(try Self.propagate(Self.path, on: [4, 1]))
    let sixth = 1 / 6.0.squareRoot()
    let expected = [0.5, sixth, 0, 0, sixth, 1 / 3.0, sixth, 0, 0, sixth, 0.5, 0, 0, 0, 0, 1]
    for (found, expected) in zip(found.values, expected) { #expect(abs(found - expected) <= 1e-16) }
  }

  @Test func adjacencyAsItIs() throws {
    let fields: [String: FieldValue] = [
      "normalization": .text("none"), "selfLoops": .flag(false), "scale": .number(-2),
    ]
    let found = Self.matrix(try Self.propagate(Self.path + [[3, 3]], on: [4, 1], fields))
    #expect(found.values == [0, -2, 0, 0, -2, 0, -2, 0, 0, -2, 0, 0, 0, 0, 0, -2])
  }

  @Test func rowsAreAveragesAndAreZeroWithoutNeighbors() throws {
    let fields: [String: FieldValue] = ["normalization": .text("row"), "selfLoops": .flag(false)]
    let link = try Self.propagate(Self.path, on: [4, 1], fields)
    #expect(Self.matrix(link).values == [0, 1, 0, 0, 0.5, 0, 0.5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    let zeros = [Double](repeating: 0, count: 4)
    let everything = IntervalVector(lower: zeros.map { _ in -.infinity }, upper: zeros.map { _ in .infinity })
    #expect(try link.enclose(everything, state: everything)[3] == Interval(0))
  }

  @Test func isolatedNodesAreZeroWhenSymmetricToo() throws {
    let found = Self.matrix(try Self.propagate(Self.path, on: [4, 1], ["selfLoops": .flag(false)]))
    let half = 1 / 2.0.squareRoot()
    let expected = [0, half, 0, 0, half, 0, half, 0, 0, half, 0, 0, 0, 0, 0, 0]
    for (found, expected) in zip(found.values, expected) { #expect(abs(found - expected) <= 2e-16) }
  }

  @Test func everyFeatureGoesByItself() throws {
    let fields: [String: FieldValue] = ["normalization": .text("none"), "selfLoops": .flag(true)]
    let link = try Self.propagate(Self.path, on: [4, 2], fields)
    let value = [1.0, 10, 2, 20, 3, 30, 4, 40]
    #expect(filled(8) { link.multiply(value.span, into: &$0) } == [3, 30, 6, 60, 5, 50, 4, 40])
  }

  /// z = α Â z + (1-α) h on a star, Â averaging over neighbours: z₀ = (h₀ + α mean h) / (1 + α), zₗ = α z₀ + (1-α) hₗ.
  @Test func personalizedRanksOnAStar() throws {
    let alpha = 0.85
    let input = Tensor(shape: Shape([4, 2]), values: [1, 0, 2, 0.5, 3, -1, 7, 5])
    let context = OperatorContext(incoming: input.shape, state: input.shape, input: input)
    let star = try Propagate(
      FieldValues([
        "edges": .edges([[0, 1], [0, 2], [3, 0]]), "normalization": .text("row"), "selfLoops": .flag(false),
        "scale": .number(alpha),
      ]), in: context)
    let inject = try Inject(FieldValues(["scale": .number(1 - alpha)]), in: context)
    let network = try Network(stateShape: input.shape, operators: [star, inject])
    var iterate = [Double](repeating: 0, count: 8)
    for _ in 0..<400 { iterate = network.image(of: iterate) }
    for feature in 0..<2 {
      let h = (0..<4).map { input.values[2 * $0 + feature] }
      let center = (h[0] + alpha * (h[1] + h[2] + h[3]) / 3) / (1 + alpha)
      #expect(abs(iterate[feature] - center) <= 1e-14)
      for leaf in 1..<4 {
        #expect(abs(iterate[2 * leaf + feature] - (alpha * center + (1 - alpha) * h[leaf])) <= 1e-14)
      }
    }
  }

  @Test func enclosuresHoldTheExactRoots() throws {
    let link = try Self.propagate(Self.path, on: [4, 1])
    let entry = try link.encloseJacobian(over: IntervalVector([0, 0, 0, 0]), times: .identity(4))[0, 1]
    // 6 x² < 1 < 6 y² exactly, by fused multiply-add of the halves.
    #expect(entry.lower > 0 && entry.lower < entry.upper)
    #expect((6 * entry.lower) * entry.lower < 1 && (6 * entry.upper) * entry.upper > 1)
  }

  /// A matrix of all pairs of these nodes would take 3 GB.
  @Test func largeGraphsAreSparse() throws {
    let nodes = 20_000
    let link = try Self.propagate((0..<nodes).map { [$0, ($0 + 1) % nodes] }, on: [nodes, 1])
    let ones = [Double](repeating: 1, count: nodes)
    for entry in filled(nodes, { link.multiply(ones.span, into: &$0) }) { #expect(abs(entry - 1) <= 4e-16) }
  }
}
