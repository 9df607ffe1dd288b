import CTerminal
import Screen
import Testing

@testable import Terminal

struct KeyDecoderTests {
  private static func decode(_ text: String) -> [Event] { decode(Array(text.utf8).map(Int32.init)) }

  private static func decode(_ codes: [Int32]) -> [Event] {
    var decoder = KeyDecoder()
    return codes.flatMap { decoder.feed($0) } + decoder.settle()
  }

  private static func number(_ key: Int, _ modifiers: Int = 0) -> Int32 {
    Int32(Int(TERMINAL_KEYS) + 8 * key + modifiers)
  }

  @Test(arguments: [
    ("a", Key.character("a")), ("\0", .control(" ")), ("\u{1}", .control("a")), ("\u{1A}", .control("z")),
    ("\u{8}", .control("h")), ("\t", Key(.tab)), ("\r", Key(.enter)), ("\n", .control("j")),
    ("\u{7F}", Key(.backspace)),
    ("\u{1B}", Key(.escape)), ("\u{1C}", .control("\\")), ("\u{1F}", .control("_")), ("é", .character("é")),
    ("漢", .character("漢")), ("😀", .character("😀")), ("\u{1B}x", Key(.character("x"), alt: true)),
    ("\u{1B}é", Key(.character("é"), alt: true)), ("\u{1B}\r", Key(.enter, alt: true)),
    ("\u{1B}\u{18}", Key(.character("x"), control: true, alt: true)), ("\u{1B}[", Key(.character("["), alt: true)),
    ("\u{1B}O", Key(.character("O"), alt: true)), ("\u{1B}\u{7F}", Key(.backspace, alt: true)),
  ])
  func bytes(_ text: String, _ key: Key) { #expect(Self.decode(text) == [.key(key)]) }

  @Test func twoEscapesAreTwo() { #expect(Self.decode("\u{1B}\u{1B}") == [.key(Key(.escape)), .key(Key(.escape))]) }

  @Test func unknownSequencesAreSwallowedWhole() {
    #expect(Self.decode("\u{1B}[?62;4ca") == [.key(.character("a"))])
    #expect(Self.decode("\u{1B}Oya") == [.key(.character("a"))])
  }

  @Test func invalidUTF8IsDropped() {
    #expect(Self.decode([0xFF, 0x80, 0xC3, 0x41]) == [.key(.character("A"))])
    #expect(Self.decode([0xED, 0xA0, 0x80, 0x41]) == [.key(.character("A"))])
    #expect(Self.decode([0xF4, 0x90, 0x80, 0x80, 0x41]) == [.key(.character("A"))])
  }

  @Test func charactersMayComeInPieces() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(0xC3) + decoder.settle() == [])
    #expect(decoder.feed(0xA9) == [.key(.character("é"))])
  }

  @Test func namedKeys() {
    #expect(Self.decode([Self.number(Int(TERMINAL_UP))]) == [.key(Key(.up))])
    #expect(Self.decode([Self.number(Int(TERMINAL_FUNCTION) + 12)]) == [.key(Key(.function(12)))])
    let modifiers = Int(TERMINAL_CONTROL) | Int(TERMINAL_ALT) | Int(TERMINAL_SHIFT)
    #expect(Self.decode([Self.number(Int(TERMINAL_HOME), modifiers)]) == [.key(Key(.home, control: true, alt: true))])
    #expect(Self.decode([27, Self.number(Int(TERMINAL_LEFT))]) == [.key(Key(.left, alt: true))])
    #expect(Self.decode([Self.number(Int(TERMINAL_OTHER))]) == [])
  }

  @Test func pasteKeepsTextAndLosesKeys() {
    let start = Self.number(Int(TERMINAL_PASTE_START))
    let end = Self.number(Int(TERMINAL_PASTE_END))
    let text = Array("q\rλ\u{1B}[A".utf8).map(Int32.init)
    #expect(Self.decode([start] + text + [Self.number(Int(TERMINAL_UP)), end]) == [.paste("q\nλ\u{1B}[A")])
    #expect(Self.decode([start] + text) == [])
  }

  @Test(arguments: [
    ("0;1;1M", Mouse(.press, .left, at: Point(x: 0, y: 0))), ("1;2;3M", Mouse(.press, .middle, at: Point(x: 1, y: 2))),
    ("2;300;100m", Mouse(.release, .right, at: Point(x: 299, y: 99))),
    ("32;5;6M", Mouse(.drag, .left, at: Point(x: 4, y: 5))), ("34;5;6M", Mouse(.drag, .right, at: Point(x: 4, y: 5))),
    ("64;5;6M", Mouse(.wheelUp, .none, at: Point(x: 4, y: 5))),
    ("81;5;6M", Mouse(.wheelDown, .none, at: Point(x: 4, y: 5))),
    ("16;5;6M", Mouse(.press, .left, at: Point(x: 4, y: 5))),
  ])
  func mouse(_ report: String, _ mouse: Mouse) {
    #expect(Self.decode([Self.number(Int(TERMINAL_MOUSE_SGR))] + report.utf8.map(Int32.init)) == [.mouse(mouse)])
  }

  @Test func malformedMouseReportsSayNothing() {
    for report in ["0;0;1M", "0;1M", "0;1;99999999999999999999999M", "a"] {
      #expect(Self.decode([Self.number(Int(TERMINAL_MOUSE_SGR))] + report.utf8.map(Int32.init)) == [], "\(report)")
    }
  }

  @Test func oldMouseReports() {
    let start = Self.number(Int(TERMINAL_MOUSE_X10))
    #expect(Self.decode([start, 32, 255, 33]) == [.mouse(Mouse(.press, .left, at: Point(x: 222, y: 0)))])
    #expect(Self.decode([start, 35, 34, 34]) == [.mouse(Mouse(.release, .none, at: Point(x: 1, y: 1)))])
    #expect(Self.decode([start, 64, 34, 34]) == [.mouse(Mouse(.drag, .left, at: Point(x: 1, y: 1)))])
    #expect(Self.decode([start, 97, 34, 34]) == [.mouse(Mouse(.wheelDown, .none, at: Point(x: 1, y: 1)))])
  }
}
