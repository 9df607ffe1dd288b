public import Screen
public import Sessions

/// A replay as a recording of a terminal, to be played by asciinema or on a page.
///
/// Source: asciinema, *asciicast file format, version 2*.
public struct Cast: Sendable {
  /// The lines of the file: a header, then what the terminal is sent and when.
  public let lines: [String]

  /// Seconds for which the last picture stays.
  private static let rest = 2.0

  /// Plays all steps of an experiment in the explorer, from the start, so many a second. Notes are markers where their
  /// steps are shown.
  public init(_ experiment: Experiment, at path: String, size: Size, stepsPerSecond: Double) {
    var explorer = Offscreen(experiment, at: path, size: size, playing: stepsPerSecond)
    var encoder = TerminalEncoder()
    var events: [JSON] = []
    var seconds = 0.0
    var notes = experiment.notes[...]
    repeat {
      seconds = (Double(explorer.model.now) / 1000).rounded() / 1_000_000
      let text = encoder.encode(explorer.model.frame().canvas)
      if !text.isEmpty { events.append([JSON(seconds), "o", JSON(text)]) }
      while let note = notes.first, note.step <= explorer.model.watch?.cursor ?? 0 {
        events.append([JSON(seconds), "m", JSON("step \(note.step): \(note.text)".printable())])
        notes.removeFirst()
      }
    } while explorer.advance()
    events.append([JSON(seconds + Self.rest), "o", ""])
    let header: JSON = [
      "version": 2, "width": JSON(size.width), "height": JSON(size.height),
      "title": JSON((explorer.model.watch?.title ?? "deq").printable(atMost: 200)), "env": ["TERM": "xterm-256color"],
    ]
    lines = ([header] + events).map(\.lineText)
  }

  /// - Throws: `SessionError` of kind `unwritable`.
  public func write(to path: String) throws(SessionError) {
    try TextFile.write(lines.map { $0 + "\n" }.joined(), to: path)
  }
}
