import FixedPoint
import LinearAlgebra
import Sessions
import Testing

@testable import Training

/// A way back whose solve fails, or whose surrogate grows, is never worse than g = v, and is counted.
struct AdjointFallBackTests {
  /// A dense layer whose ρ(J) is far above 1 at the states of a few steps.
  private static func gradient(_ method: BackwardPlan.Method, gain: Double) -> (gradient: [Double], SolveStatistics) {
    let tiny = TinyModel("steep") {
      $0.model.units = 8
      ($0.model.activation, $0.model.shift, $0.model.head) = (.relu, 0, .linear)
      $0.forward.maxSteps = 3
      ($0.backward.method, $0.backward.maxSteps, $0.backward.terms) = (method, 30, 30)
    }
    var parameters = tiny.parameters
    if let entry = tiny.model.layout.entries.first(where: { $0.name == "layer.weight" }) {
      for place in entry.range { parameters[place] = gain / 8 }
    }
    let result = tiny.lossAndGradient(parameters)
    return (result.gradient, result.backward)
  }

  @Test(arguments: [BackwardPlan.Method.picard, .phantom]) func aSeriesThatGrowsIsReplaced(
    _ method: BackwardPlan.Method
  ) {
    let (own, statistics) = Self.gradient(method, gain: 3)
    let (plain, none) = Self.gradient(.jacobianFree, gain: 3)
    #expect(statistics.replaced > 0 && statistics.failures >= statistics.replaced && none.replaced == 0)
    #expect(statistics.replaced == statistics.samples, "W = 3/8 everywhere multiplies every v by 3")
    #expect(own == plain)
  }

  /// Where the series converges nothing is replaced, and the damped sum of Neumann's terms is what it was.
  @Test(arguments: [BackwardPlan.Method.picard, .phantom]) func whatConvergesStays(_ method: BackwardPlan.Method) {
    let (own, statistics) = Self.gradient(method, gain: 0.2)
    #expect(statistics.replaced == 0 && statistics.failures == 0)
    #expect(own != Self.gradient(.jacobianFree, gain: 0.2).gradient)
  }

  /// z -> 3 z + x in a session: the phantom's series grows there too.
  @Test func aPipelinesSeriesIsReplacedToo() throws {
    let text = #"""
      {"format": "deq-session/1", "network": {"state": {"shape": [3]}, "input": {"shape": [3]}, "operators": [
        {"op": "dense", "weight": {"values": [[3, 0, 0], [0, 3, 0], [0, 0, 3]]}},
        {"op": "inject", "weight": {"ensemble": "gaussian", "seed": 2}}]}, "input": {"fill": 0}}
      """#
    func gradient(_ method: BackwardPlan.Method) throws -> [Double] {
      let tiny = TinyPipeline(
        testDescription: "steep", text: text,
        change: {
          ($0.backward.method, $0.backward.terms, $0.model.head) = (method, 30, .linear)
          $0.forward.maxSteps = 2
        })
      let model = try tiny.model()
      var random = RandomGenerator(seed: 5)
      let parameters = model.initial(&random)
      return tiny.lossAndGradient(model, parameters, tiny.inputs(model, &random)).gradient
    }
    #expect(try gradient(.phantom) == (try gradient(.jacobianFree)))
  }
}
