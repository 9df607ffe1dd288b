import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

/// Replays as recordings of a terminal.
@Suite("Casts")
struct CastTests {
  private static let size = Size(width: 100, height: 30)

  private static func experiment(_ text: String = SpecimenSessions.threeUnits) throws -> Experiment {
    try .finished(try SessionFile.parse(Array(text.utf8)), directory: ".")
  }

  private struct Event {
    let seconds: Double
    let text: String
  }

  private static func events(of cast: Cast) throws -> [Event] {
    try cast.lines.dropFirst().map { line in
      guard case .array(let parts) = try JSON(parsing: line).content, parts.count == 3, parts[1] == "o",
        case .number(let seconds) = parts[0].content, case .text(let text) = parts[2].content
      else { throw Malformed() }
      return Event(seconds: seconds, text: text)
    }
  }

  private struct Malformed: Error {}

  @Test("The header is that of the format")
  func header() throws {
    let cast = Cast(try Self.experiment(), at: "three.deq.json", size: Self.size, stepsPerSecond: 16)
    let header = try JSON(parsing: cast.lines[0])
    #expect(header["version"] == 2 && header["width"] == 100 && header["height"] == 30)
    #expect(header["title"] == "Three units")
  }

  /// The reference is the explorer's own view of the finished run, drawn by the model alone.
  @Test("A terminal that plays it ends on the explorer's picture of the last step")
  func lastPicture() throws {
    let experiment = try Self.experiment()
    var terminal = TerminalDecoder(size: Self.size)
    let cast = Cast(experiment, at: "three.deq.json", size: Self.size, stepsPerSecond: 16)
    for event in try Self.events(of: cast) { try terminal.feed(event.text) }
    var offscreen = Offscreen(experiment, at: "three.deq.json", size: Self.size, playing: 16)
    while offscreen.advance() {}
    #expect(offscreen.model.watch?.cursor == experiment.run.stepCount)
    #expect(terminal.canvas.cells == offscreen.model.frame().canvas.lowered(to: Profile()).cells)
    #expect(terminal.canvas.text.contains("step 60/60") || terminal.canvas.text.contains("converged"))
  }

  @Test("Steps follow one another at the speed that was asked for", arguments: [2.0, 10, 25])
  func timing(speed: Double) throws {
    let experiment = try Self.experiment()
    let cast = Cast(experiment, at: "x", size: Self.size, stepsPerSecond: speed)
    let events = try Self.events(of: cast)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.seconds < $1.seconds })
    let last = try #require(events.dropLast().last)
    #expect(abs(last.seconds - Double(experiment.run.stepCount) / speed) < 0.07)
    #expect(abs(events[events.count - 1].seconds - last.seconds - 2) < 1e-9)
    var terminal = TerminalDecoder(size: Self.size)
    for event in events where event.seconds <= 20 / speed + 0.001 { try terminal.feed(event.text) }
    #expect(terminal.canvas.text.contains("20/\(experiment.run.stepCount)"))
  }

  @Test("The same replay has the same bytes")
  func deterministic() throws {
    let casts = try (0..<2).map { _ in
      Cast(try Self.experiment(), at: "x", size: Self.size, stepsPerSecond: 16).lines
    }
    #expect(casts[0] == casts[1])
  }

  @Test("A run that has no step still has a first picture and its end")
  func noSteps() throws {
    let plain = try Experiment(try SessionFile.parse(Array(SpecimenSessions.cycle.utf8)), directory: ".")
    let events = try Self.events(of: Cast(plain, at: "x", size: Self.size, stepsPerSecond: 16))
    var terminal = TerminalDecoder(size: Self.size)
    for event in events { try terminal.feed(event.text) }
    #expect(terminal.canvas.text.contains("step 0/0"))
    #expect(events.last.map { $0.seconds } == 2)
  }
}
