import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// The diagonal of a map's weights, without the matrix.
struct AffineRowsTests {
  /// The same as the dense matrix has, for chains of every affine operator.
  @Test func diagonalsOfChains() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<30 {
      let (first, second) = (generator.gaussianRows(5, 4, gain: 1), generator.gaussianRows(4, 5, gain: 1))
      let network = try Network(
        4,
        [
          .scale(generator.number(in: -2...2)), .dense(first), .scale(0.5), .dense(second),
          .skip(generator.number(in: -2...2)), .scale(generator.number(in: -2...2)), .inject([1, 2, 3, 4]),
          .skip(-0.3), .activation(.relu),
        ])
      let weight = try network.proximalForm().weight
      let diagonal = try network.affineDiagonal()
      for unit in 0..<4 { #expect(abs(diagonal[unit] - weight[unit, unit]) <= 1e-12) }
    }
  }

  @Test func diagonalsOfConvolutionsAndGraphs() throws {
    let problems = try [
      CaseRun("scale", "tridiag_adjoint_1000.deq.json").network,
      Self.graph(),
    ]
    for network in problems {
      let weight = try network.proximalForm().weight
      let diagonal = try network.affineDiagonal()
      for unit in 0..<network.dimension { #expect(abs(diagonal[unit] - weight[unit, unit]) <= 1e-12) }
    }
  }

  private static func graph() throws -> Network {
    let shape = Shape([4, 3])
    let context = OperatorContext(incoming: shape, state: shape, input: nil)
    let edges = FieldValue.edges([[0, 1], [1, 2], [2, 3]])
    let propagate = try Propagate(FieldValues(["edges": edges]), in: context)
    let mix = Tensor(shape: Shape([3, 3]), values: [-1, 0.5, 0.25, 0.125, -2, 0.3, 0.1, 0.2, 0.7])
    return try Network(
      stateShape: shape,
      operators: [
        propagate, try Dense(FieldValues(["weight": .tensor(mix)]), in: context),
        try Activate(FieldValues(["kind": .text("tanh")]), in: context),
      ])
  }

  /// One kernel [1, -9, 1] over 10,000 units: the diagonal is -9, α = 1/10.
  @Test func averagedWorksOnTenThousandUnits() throws {
    let problem = try CaseRun("scale", "tridiag_adjoint_10000.deq.json")
    #expect(problem.network.dimension == 10_000)
    #expect(try problem.network.affineDiagonal().allSatisfy { $0 == -9 })
    let solution = problem.network.solve(from: problem.start, by: Averaged())
    #expect(solution.outcome == .converged)
    #expect(solution.steps == 17)
  }

  @Test func theReasonIsTheForm() throws {
    let large = [Double](repeating: 0, count: 3000)
    let twice = try Network(3000, [.activation(.tanh), .scale(-0.5), .activation(.tanh)])
    let run = GrowthTests.run(twice, large, Averaged())
    #expect(
      run.outcome
        == .failed(
          .needs(
            method: "averaged", requirement: "a map with at most one activation, or a number as factor")))
  }
}
