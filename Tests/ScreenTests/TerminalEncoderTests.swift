import Screen
import TestSupport
import Testing

@Suite("Pictures as terminal text")
struct TerminalEncoderTests {
  private static let scalars: [Unicode.Scalar] = ["a", " ", "─", "⣿", "▀", "日", "é"]

  /// Random cells in random styles; some as they were.
  private static func change(_ canvas: inout Canvas, _ random: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      let (x, y) = (Int.random(in: -1...30, using: &random), Int.random(in: 0...9, using: &random))
      let color = Color.rgb(.random(in: 0...255, using: &random), 40, .random(in: 0...255, using: &random))
      let style = Style(
        Bool.random(using: &random) ? color : .standard, on: Bool.random(using: &random) ? color : .standard,
        Style.Attributes(rawValue: .random(in: 0...15, using: &random)))
      canvas.write(String(Character(scalars[Int.random(in: 0..<7, using: &random)])), style, at: x, y)
    }
  }

  @Test("What a terminal shows after each text is the picture", arguments: Profile.Colors.allCases)
  func roundTrip(_ colors: Profile.Colors) throws {
    var random = SeededGenerator(seed: 5)
    let profile = Profile(colors: colors)
    var encoder = TerminalEncoder(profile: profile)
    var terminal = TerminalDecoder(size: Size(width: 30, height: 10))
    var canvas = Canvas(size: Size(width: 30, height: 10))
    for _ in 0..<200 {
      Self.change(&canvas, &random)
      try terminal.feed(encoder.encode(canvas))
      #expect(terminal.canvas.cells == canvas.lowered(to: profile).cells)
    }
    #expect(terminal.hidesCursor)
  }

  @Test("A picture that has not changed takes nothing, one cell a few bytes")
  func economy() {
    var encoder = TerminalEncoder()
    var canvas = Canvas(size: Size(width: 80, height: 24))
    canvas.fill(Rect(x: 0, y: 0, width: 80, height: 24), "x")
    #expect(encoder.encode(canvas).utf8.count > 80 * 24)
    #expect(encoder.encode(canvas).isEmpty)
    canvas.put("y", at: 40, 12)
    #expect(encoder.encode(canvas) == "\u{1B}[13;41Hy")
  }

  @Test("Another size starts afresh")
  func resize() throws {
    var encoder = TerminalEncoder()
    _ = encoder.encode(Canvas(size: Size(width: 4, height: 2)))
    #expect(encoder.encode(Canvas(size: Size(width: 5, height: 2))).hasSuffix("[2J"))
  }
}
