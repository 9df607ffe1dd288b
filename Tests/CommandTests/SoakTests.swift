import Glibc
import TestSupport
import Testing

/// Use that goes on and on leaves memory flat: `DEQ_SOAK=minutes` says for how long.
struct SoakTests {
  private static let minutes = unsafe getenv("DEQ_SOAK").flatMap { unsafe Double(String(cString: $0)) }

  /// What a person does again and again: ends where it begins, with the session as it was opened.
  private static let round =
    "      $" + "0R" + "mand\r" + "    0R" + "x" + "jjj" + "3" + "c" + "jj" + "3" + ":theme dark\r" + "?\u{1B}"
    + "zzz\t" + "1" + "\r" + "d"

  @Test(.enabled(if: minutes != nil, "DEQ_SOAK=minutes says for how long"))
  func memoryStaysFlat() throws {
    let seconds = (Self.minutes ?? 0) * 60
    let directory = Commands.directory()
    let program = try PseudoTerminal(
      Commands.binary, ["explore"], environment: ["DEQ_SESSIONS": directory.path, "HOME": directory.path], width: 120,
      height: 40)
    try program.wait(for: "tasks=0 ")
    program.type("\r")
    let clock = ContinuousClock()
    let begin = clock.now
    var rounds = 0
    var early: Int?
    while begin.duration(to: clock.now) < .seconds(seconds) {
      try play(program)
      rounds += 1
      // Buffers and caches have found their sizes after a tenth of the time.
      if early == nil, begin.duration(to: clock.now) > .seconds(seconds / 10), rounds >= 5 {
        early = resident(program.process)
      }
    }
    let first = try #require(early, "there was time for five rounds")
    let last = resident(program.process)
    print("soak: \(rounds) rounds in \(seconds) s; resident \(first) kB after a tenth, \(last) kB at the end")
    #expect(last - first < 2048, "resident \(first) kB after a tenth, \(last) kB at the end, \(rounds) rounds")
    program.type("1qd")
    #expect(try program.end() == 0)
  }

  /// One round, key by key, each answered before the next; what the program wrote meanwhile is let go.
  private func play(_ program: PseudoTerminal) throws {
    for key in Self.round {
      program.forget()
      program.type(String(key))
      try program.wait(for: "tasks=0 ", seconds: 60)
    }
  }

  /// Resident memory in kB, as the system counts it.
  private func resident(_ process: pid_t) -> Int {
    let status = (try? SessionText.read("/proc/\(process)/status")) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }
}
