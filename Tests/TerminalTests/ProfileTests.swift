import TestSupport
import Testing

/// What the terminal and the user's wishes make of the profile.
@Suite(.serialized)
struct ProfileTests {
  @Test(arguments: [
    ("xterm-256color", "palette256"), ("tmux-256color", "palette256"), ("xterm", "eight"), ("screen", "eight"),
    ("linux", "eight"), ("vt100", "mono"),
  ])
  func colors(_ terminal: String, _ colors: String) throws {
    try expect("profile \(colors) unicode", terminal: terminal)
  }

  @Test(arguments: ["xterm-256color", "xterm", "linux"])
  func noColor(_ terminal: String) throws {
    try expect("profile mono unicode", terminal: terminal, environment: ["NO_COLOR": "1"])
  }

  @Test func emptyNoColorIsUnset() throws { try expect("profile palette256 unicode", environment: ["NO_COLOR": ""]) }

  @Test(arguments: [
    (["LANG": "C"], "ascii"), (["LANG": "POSIX"], "ascii"), (["LC_ALL": "C", "LANG": "C.UTF-8"], "ascii"),
    (["LC_CTYPE": "C.UTF-8", "LANG": "C"], "unicode"), (["LANG": ""], "unicode"), (["LANG": "xx_XX.UTF-8"], "unicode"),
    (["LANG": "xx_XX"], "unicode"), (["LANG": "xx_XX.ISO-8859-1"], "ascii"),
  ])
  func characters(_ environment: [String: String], _ glyphs: String) throws {
    let program = try expect("profile palette256 \(glyphs)", environment: environment)
    program.type("f")
    try program.wait(for: "events=1 ")
    #expect(program.text.contains("▀") == (glyphs == "unicode"))
  }

  @Test(arguments: [
    ("dumb", "unsuitableType(\"dumb\")"), ("unknown", "unknownType"), ("no-such-terminal", "unknownType"),
    ("", "unknownType"),
  ])
  func refusals(_ terminal: String, _ error: String) throws {
    let program = try PseudoTerminal(terminal: terminal)
    #expect(try program.end() == 3 << 8)
    #expect(program.text.contains("refused \(error)"))
    #expect(!program.text.contains("\u{1B}"))
    #expect(program.settings == program.before)
  }

  @Test func refusesWhatIsNotATerminal() throws {
    let input = try PseudoTerminal("/bin/sh", ["-c", "\(PseudoTerminal.probe) < /dev/null"])
    #expect(try input.end() == 3 << 8)
    #expect(input.text.contains("refused inputIsNotATerminal"))
    let output = try PseudoTerminal("/bin/sh", ["-c", "\(PseudoTerminal.probe) | cat"])
    _ = try output.end()
    #expect(output.text.contains("refused outputIsNotATerminal"))
  }

  @Test func typedCharactersNeedNoLocale() throws {
    let program = try expect("profile palette256 ascii", environment: ["LANG": "C"])
    program.type("é")
    try program.wait(for: "events=1 ")
    #expect(program.text.contains("<e>"))
  }

  /// More colour combinations than the terminal has pairs: the frame is shown all the same.
  @Test(arguments: ["xterm", "linux", "vt100", "xterm-256color"])
  func manyColors(_ terminal: String) throws {
    let program = try expect("profile", terminal: terminal)
    for events in 1...5 {
      program.type("f")
      try program.wait(for: "events=\(events) ")
    }
    program.type("q")
    #expect(try program.end() == 0)
    #expect(program.settings == program.before)
  }

  @discardableResult
  private func expect(
    _ shown: String, terminal: String = "xterm-256color", environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let program = try PseudoTerminal(terminal: terminal, environment: environment)
    try program.wait(for: "frame=1 ")
    #expect(program.text.contains(shown))
    return program
  }
}
