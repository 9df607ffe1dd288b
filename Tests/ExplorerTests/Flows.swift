import Testing
import TestSupport

/// Runs a script and expects that all it expects is seen.
@discardableResult
func expectFlow(
  _ script: String, opening session: String? = nil, in explorer: ExplorerScript,
  sourceLocation: SourceLocation = #_sourceLocation
) async -> ExplorerScript.Outcome {
  let outcome = await explorer.run(opening: session, script)
  for failure in outcome.failures { Issue.record("\(failure)", sourceLocation: sourceLocation) }
  return outcome
}

extension ExplorerScript {
  /// Every specimen, as files of the gallery.
  static var all: ExplorerScript {
    ExplorerScript([
      "a-three.deq.json": SpecimenSessions.threeUnits, "b-dense.deq.json": SpecimenSessions.dense,
      "c-cycle.deq.json": SpecimenSessions.cycle, "d-overflow.deq.json": SpecimenSessions.divergence,
      "e-positive.deq.json": SpecimenSessions.positive, "f-broken.deq.json": SpecimenSessions.malformed,
      "notes.txt": "no session",
    ])
  }

  static func one(_ text: String) -> ExplorerScript { ExplorerScript(["one.deq.json": text]) }
}
