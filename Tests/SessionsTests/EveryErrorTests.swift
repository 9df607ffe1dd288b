import FixedPoint
import TestSupport
import Testing

@testable import Sessions

/// All that is wrong with a file, at once.
@Suite("Every error")
struct EveryErrorTests {
  private func paths(_ text: String) -> [String] {
    let directory = TemporaryDirectory()
    directory.write(text, to: "s.deq.json")
    return SessionFile.errors(in: directory.file("s.deq.json")).map(\.path)
  }

  @Test("Errors of every part are found, in the order of the text")
  func parts() {
    let text = #"""
      {"format": "deq-session/2", "title": 3,
       "network": {"state": {"shape": [0]}, "operators": [
         {"op": "dense", "weight": {"ensemble": "sparse", "seed": -1, "gain": -2, "x": 1}}, {"op": "dance"},
         {"op": "normalize", "norm": 0.5, "axis": "row"}], "y": 2},
       "solver": {"method": "damped", "factor": "a", "window": 3}, "stopping": {"tolerance": -1, "maxSteps": 0},
       "extra": 1}
      """#
    #expect(
      paths(text) == [
        "format", "title", "network.state.shape[0]", "network.operators[0].weight.density",
        "network.operators[0].weight.seed", "network.operators[0].weight.gain", "network.operators[0].weight.x",
        "network.operators[1].op", "network.operators[2].norm", "network.operators[2].axis", "network.y",
        "solver.factor", "solver.window", "stopping.tolerance", "stopping.maxSteps", "extra",
      ])
  }

  @Test("Errors of a recording are found beside each other")
  func recording() {
    let text = #"""
      {"format": "deq-session/1", "network": {"state": {"shape": [1]}, "operators": []},
       "recording": {"program": 1, "kernel": "k", "processor": "p", "session": "zz",
         "actions": [{"step": -1, "action": "step", "count": 0}, {"step": 0, "action": "fly"}],
         "checks": [{"step": 0, "residual_relative": null}]}}
      """#
    #expect(
      paths(text) == [
        "recording.program", "recording.session", "recording.actions[0].step", "recording.actions[0].count",
        "recording.actions[1].action", "recording.checks[0].digest", "recording.checks[0].step",
      ])
  }

  @Test("What a well-formed session lacks is found where it is: shapes, files, options")
  func resolution() {
    let text = #"""
      {"format": "deq-session/1",
       "network": {"state": {"shape": [2]}, "operators": [
         {"op": "inject", "weight": {"file": "absent.npy"}, "bias": {"file": "gone.csv"}}]},
       "start": {"values": [1, 2, 3]}, "solver": {"method": "anderson", "type": 1, "variant": "bordered"}}
      """#
    let found = paths(text)
    #expect(found.prefix(2) == ["network.operators[0].weight.file", "network.operators[0].bias.file"])
    #expect(found.contains("start"))
  }

  /// Every mutation of a random document: the reader throws exactly if there are errors, and throws the first of them.
  @Test("The first error is the one that is thrown, and each names another place or thing")
  func firstIsThrown() throws {
    var documents = RandomDocument(seed: 21)
    var mutation = RandomMutation(seed: 22)
    var several = 0
    for _ in 0..<500 {
      var json = documents.document().json
      for _ in 0..<3 { json = mutation.mutated(json) }
      do throws(SessionError) {
        _ = try SessionDocument(json)
      } catch {
        #expect(error.all[0].message == error.message)
        #expect(Set(error.all.map(\.message)).count == error.all.count)
        #expect(error.all.allSatisfy { $0.others.isEmpty })
        if error.all.count > 1 { several += 1 }
      }
    }
    #expect(several > 50)
  }

  @Test("A good file has none")
  func good() throws {
    for path in try SessionFile.list(in: ShippedProblem.folder) { #expect(SessionFile.errors(in: path).isEmpty) }
  }
}
