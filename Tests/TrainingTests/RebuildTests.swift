import FixedPoint
import Glibc
import LinearAlgebra
import Sessions
import TestSupport
import Testing

@testable import Training

/// Trainings of sessions' pipelines against an independent program in NumPy, `Tests/Rebuild/training.py`: every tensor of
/// every operator after 1, 2, 5 and 20 steps. What that program found once lies beside it, for machines without NumPy.
struct RebuildTests {
  private static let steps = [1, 2, 5, 20]
  private static let rate = 0.2
  private static let folder =
    String(#filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }) + "/Rebuild"

  /// A pipeline with what training made of its tensors.
  private struct Training {
    let tiny: TinyPipeline
    let model: Model<Double>
    let inputs: SampleInputs<Double>
    let first: [Double]
    /// By the number of steps.
    var found: [Int: [Double]] = [:]

    init(_ tiny: TinyPipeline) throws {
      self.tiny = tiny
      model = try tiny.model()
      var random = RandomGenerator(seed: 5)
      first = model.initial(&random)
      inputs = tiny.inputs(model, &random)
      var parameters = first
      for step in 1...(RebuildTests.steps.max() ?? 1) {
        let (_, gradient, failures) = tiny.lossAndGradient(model, parameters, inputs)
        #expect(failures == 0, "\(tiny.testDescription), step \(step)")
        for i in parameters.indices { parameters[i] -= RebuildTests.rate * gradient[i] }
        if RebuildTests.steps.contains(step) { found[step] = parameters }
      }
    }

    func tensors(_ parameters: [Double]) -> [(name: String, shape: Shape, values: [Double])] {
      model.layout.entries.map { ($0.name, $0.shape, Array(parameters[$0.range])) }
    }

    func claim() throws -> JSON {
      let (document, problem) = try tiny.problem()
      guard case .array(let operators)? = document.json["network"]?["operators"]?.content else { return .null }
      let samples: [JSON] =
        switch inputs {
        case .sparse(let matrix): [JSON(matrix.dense)]
        case .rows(let values):
          stride(from: 0, to: values.count, by: model.inputShape.count).map {
            JSON(Array(values[$0..<$0 + model.inputShape.count]))
          }
        }
      return [
        "name": JSON(tiny.testDescription), "state": JSON(document.network.stateShape.sizes.map { JSON($0) }),
        "input": JSON(model.inputShape.sizes.map { JSON($0) }), "operators": JSON(operators),
        "start": JSON(problem.start),
        "samples": JSON(samples), "labels": JSON(tiny.labels.map { $0.map { JSON($0) } ?? .null }),
        "rate": JSON(RebuildTests.rate),
        "steps": JSON(RebuildTests.steps.map { JSON($0) }),
        "tensors": JSON(
          tensors(first).map {
            JSON.Member($0.name, ["shape": JSON($0.shape.sizes.map { JSON($0) }), "values": JSON($0.values)])
          }),
        "found": JSON(
          RebuildTests.steps.map { step in
            JSON.Member("\(step)", JSON(tensors(found[step] ?? []).map { JSON.Member($0.name, JSON($0.values)) }))
          }),
      ]
    }
  }

  @Test("Every tensor is what NumPy makes of it", .enabled(if: Python.has("numpy"), "python3 has no numpy"))
  func rebuilt() throws {
    let directory = TemporaryDirectory()
    let claims = try TinyPipeline.all.map { try Training($0).claim() }
    directory.write(JSON(claims).text, to: "claims.json")
    // DEQ_CLAIMS=path leaves them there, to write training.json anew.
    if let path = unsafe getenv("DEQ_CLAIMS") {
      try TextFile.write(JSON(claims).text, to: unsafe String(cString: path))
    }
    let result = Python.run("\(Self.folder)/training.py", [directory.file("claims.json")], in: directory)
    guard case .array(let answers) = try JSON(parsing: result).content else {
      Issue.record("no answers: \(result)")
      return
    }
    #expect(answers.count == TinyPipeline.all.count)
    for answer in answers {
      guard case .number(let worst)? = answer["worst"]?.content else {
        Issue.record("no measure in \(answer)")
        continue
      }
      #expect(worst <= 1e-10, "\(answer["name"]?.lineText ?? ""): \(worst)")
    }
  }

  /// Σ cos(i + 1) tᵢ of every tensor, as the program printed them once.
  @Test("Every tensor is what NumPy once made of it")
  func asWritten() throws {
    let fixture = try JSON(reading: "\(Self.folder)/training.json")
    guard case .array(let answers) = fixture.content else {
      Issue.record("an array is expected")
      return
    }
    #expect(answers.count == TinyPipeline.all.count)
    for (tiny, answer) in zip(TinyPipeline.all, answers) {
      let training = try Training(tiny)
      #expect(answer["name"] == JSON(tiny.testDescription))
      for step in Self.steps {
        for (name, _, values) in training.tensors(training.found[step] ?? []) {
          guard case .number(let expected)? = answer["steps"]?["\(step)"]?[name]?.content else {
            Issue.record("\(tiny.testDescription), \(name) after \(step) steps is not in the file")
            continue
          }
          let own = values.enumerated().reduce(0.0) { $0 + cos(Double($1.offset + 1)) * $1.element }
          let size = values.reduce(1e-3) { $0 + $1.magnitude }
          #expect(abs(own - expected) <= 1e-10 * size, "\(tiny.testDescription), \(name) after \(step) steps")
        }
      }
    }
  }
}
