import FixedPoint
import Sessions
import Testing

@testable import Training

struct TrainingPlanTests {
  @Test(arguments: Recipe.all.map(\.name)) func recipesAreTheirJSON(_ name: String) throws {
    let plan = try #require(Recipe.named(name)).plan
    _ = try plan.checked()
    #expect(try TrainingPlan(try JSON(parsing: plan.json.text)) == plan)
  }

  @Test func recipesHaveNamesOfTheirOwn() { #expect(Set(Recipe.all.map(\.name)).count == Recipe.all.count) }

  @Test(arguments: [
    (#"{}"#, "format"), (#"{"format": "deq-training/2"}"#, "format"),
    (#"{"format": "deq-training/1", "epoch": 3}"#, "epoch"),
    (#"{"format": "deq-training/1", "epochs": 0}"#, "epochs"),
    (#"{"format": "deq-training/1", "epochs": 2.5}"#, "epochs"),
    (#"{"format": "deq-training/1", "model": {"layer": "deep"}}"#, "model.layer"),
    (#"{"format": "deq-training/1", "model": {"unit": 3}}"#, "model.unit"),
    (#"{"format": "deq-training/1", "forward": {"window": 9}}"#, "forward.window"),
    (#"{"format": "deq-training/1", "backward": {"method": "guess"}}"#, "backward.method"),
    (#"{"format": "deq-training/1", "optimizer": {"rate": "fast"}}"#, "optimizer.rate"),
    (#"{"format": "deq-training/1", "keep": "calm"}"#, "keep"),
  ])
  func whatAPlanCannotSayIsNamed(_ text: String, _ path: String) throws {
    let json = try JSON(parsing: text)
    let error = #expect(throws: SessionError.self) { try TrainingPlan(json) }
    #expect(error?.path == path)
  }

  @Test func whatDoesNotFitTogetherIsNamed() {
    expect("forward.method") { $0.forward.method = .peacemanRachford }
    expect("model.dropout") { $0.model.dropout = 1 }
    expect("model.kernel") { $0.model.kernel = 2 }
    expect("model.power") {
      $0.model.power = 0.5
      $0.model.shift = 0.5
    }
    expect("backward.method") {
      $0.model.layer = .convolution
      $0.backward.method = .direct
    }
    expect("keep") {
      $0.keep = .lipschitz
      $0.model.normalization = .sup
    }
    expect("keep") {
      $0.keep = .monotone
      $0.model.layer = .convolution
    }
    for keep in [Guarantee.subhomogeneousThompson, .positiveConcave] {
      expect("keep") {
        $0.keep = keep
        $0.model.power = 1.5
      }
    }
  }

  private func expect(_ path: String, _ change: (inout TrainingPlan) -> Void) {
    var plan = TrainingPlan()
    change(&plan)
    let error = #expect(throws: SessionError.self) { try plan.checked() }
    #expect(error?.path == path)
  }

  @Test func dataThatDoNotFitAreNamed() throws {
    let catalog = DatasetCatalog(folders: [])
    var graph = TrainingPlan()
    graph.model.layer = .graph
    let first = #expect(throws: SessionError.self) { try TrainingRun(graph, on: try catalog.load("two-moons")) }
    #expect(first?.path == "data.name")
    var convolution = TrainingPlan()
    convolution.model.layer = .convolution
    let second = #expect(throws: SessionError.self) { try TrainingRun(convolution, on: try catalog.load("spirals")) }
    #expect(second?.path == "data.name")
    graph.data.split = "nowhere"
    let third = #expect(throws: SessionError.self) { try TrainingRun(graph, on: try catalog.load("karate-club")) }
    #expect(third?.path == "data.split")
  }
}
