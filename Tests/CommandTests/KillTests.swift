import FixedPoint
import Glibc
import Sessions
import TestSupport
import Testing

/// The explorer is killed at random moments: at most the last second of work is lost, and no file is damaged.
///
/// `DEQ_KILLS` sets how often.
@Suite(.serialized)
struct KillTests {
  private static let kills = unsafe getenv("DEQ_KILLS").flatMap { Int(unsafe String(cString: $0)) } ?? 6

  private static let session = """
    {"format": "deq-session/1", "network": {"state": {"shape": [2]}, "operators": [
      {"op": "scale", "by": 0.9999}, {"op": "inject", "bias": {"values": [1, 2]}}]}}
    """

  @Test func losesAtMostTheLastSecond() throws {
    var random = SeededGenerator(seed: 20)
    for kill in 0..<Self.kills {
      let directory = TemporaryDirectory()
      directory.write(Self.session, to: "slow.deq.json")
      let pressed = try press(until: 0.05 + 2.5 * random.number(in: 0...1), in: directory, &random)
      let kept = try keptActions(in: directory)
      let due = pressed.times.count { $0 < pressed.end - 1 }
      #expect(kept >= due, "kill \(kill): \(kept) of \(due) actions older than a second, \(pressed.times.count) in all")
    }
  }

  /// Presses keys, each when the one before was seen, now and then saving, until the program is killed.
  private func press(
    until seconds: Double, in directory: TemporaryDirectory, _ random: inout SeededGenerator
  ) throws -> (times: [Double], end: Double) {
    let program = try PseudoTerminal(
      Commands.binary, ["explore", directory.file("slow.deq.json")],
      environment: ["XDG_STATE_HOME": directory.file("state"), "XDG_CONFIG_HOME": directory.file("config")], width: 100,
      height: 30)
    try program.wait(for: "tasks=0 ")
    let start = PseudoTerminal.time
    var times: [Double] = []
    var events = 0
    while PseudoTerminal.time < start + seconds {
      let saves = random.number(in: 0...1) < 0.03
      let from = program.received.count
      program.type(saves ? "s" : " ")
      events += 1
      try program.wait(for: "events=\(events) ", from: from)
      if !saves { times.append(PseudoTerminal.time) }
      usleep(UInt32(40_000 * random.number(in: 0...1)))
    }
    let end = PseudoTerminal.time
    kill(program.process, SIGKILL)
    _ = try program.end()
    return (times, end)
  }

  /// How many actions are in the session's file, or in the journal, whichever knows more; both can be done again.
  private func keptActions(in directory: TemporaryDirectory) throws -> Int {
    let saved = try SessionFile.read(directory.file("slow.deq.json"))
    let abandoned = Journal(folder: directory.file("state/deq/unsaved")).abandoned().map(\.work.document)
    var most = 0
    for document in [saved] + abandoned where document.recording != nil {
      let report = try Replay.verify(document, directory: directory.path)
      #expect(report.verdict == .identical)
      most = max(most, document.recording?.actions.count ?? 0)
    }
    return most
  }
}
