import FixedPoint
import Testing

@testable import Sessions

@Suite("Pipelines as far as they fit")
struct PipelineTrialTests {
  private func document(_ operators: String) throws -> SessionDocument {
    try SessionFile.parse(
      Array(
        """
        {"format": "deq-session/1", "network": {"state": {"shape": [2]}, "operators": [\(operators)]}}
        """.utf8))
  }

  @Test("Every operator says the shape that it gives")
  func fits() throws {
    let trialed = try document(
      """
      {"op": "dense", "weight": {"values": [[1, 2], [3, 4], [5, 6]]}}, {"op": "activation", "kind": "tanh"},
      {"op": "dense", "weight": {"ensemble": "gaussian", "seed": 1, "shape": [2, 3]}}
      """)
    let trial = PipelineTrial(trialed, directory: ".")
    #expect(trial.links.map(\.incoming) == [Shape([2]), Shape([3]), Shape([3])])
    #expect(trial.links.map(\.outgoing) == [Shape([3]), Shape([3]), Shape([2])])
    #expect(trial.links[0].tensors["weight"]?.values == [1, 2, 3, 4, 5, 6])
    #expect(trial.start?.values == [1, 1])
    let known = PipelineTrial(trialed, directory: ".", of: try Problem(trialed, directory: "."))
    #expect(known.links.map(\.outgoing) == trial.links.map(\.outgoing))
    #expect(known.links.map(\.tensors) == trial.links.map(\.tensors))
  }

  @Test("It ends with the first operator that does not fit, whose numbers are there all the same")
  func doesNotFit() throws {
    let trial = PipelineTrial(
      try document(
        """
        {"op": "scale", "by": 2}, {"op": "dense", "weight": {"values": [[1, 2, 3]]}},
        {"op": "activation", "kind": "tanh"}
        """), directory: ".")
    #expect(trial.links.map(\.outgoing) == [Shape([2]), nil])
    #expect(trial.links[1].tensors["weight"]?.values == [1, 2, 3])
  }

  @Test("What was generated for an earlier problem is what would be generated anew")
  func reuses() throws {
    let first = try document(#"{"op": "dense", "weight": {"ensemble": "gaussian", "seed": 1}}"#)
    let second = try document(
      #"{"op": "dense", "weight": {"ensemble": "gaussian", "seed": 1}}, {"op": "scale", "by": 0.5}"#)
    let earlier = try Problem(first, directory: ".")
    let reusing = try Problem(second, directory: ".", reusing: earlier)
    let anew = try Problem(second, directory: ".")
    #expect(reusing.network.jacobian(at: [1, 2]) == anew.network.jacobian(at: [1, 2]))
  }
}
