import Testing

@testable import Sessions

@Suite("JSON parser")
struct JSONParserTests {
  private func parse(_ text: String) throws -> JSON { try JSONParser.parse(Array(text.utf8)) }

  @Test("Objects keep their order, values their places")
  func orderAndPlaces() throws {
    let json = try parse(#"{"b": [1, true], "a": {"c": null}}"#)
    guard case .object(let members) = json.content else { throw Unexpected() }
    #expect(members.map(\.name) == ["b", "a"])
    #expect(json["b"]?.offset == 6)
    #expect(json["a"]?["c"]?.offset == 28)
  }

  @Test(
    "Numbers are rounded correctly",
    arguments: [
      ("0", 0.0), ("-0", -0.0), ("1", 1), ("0.1", 0.1), ("1e-10", 1e-10), ("123456789012345678", 1.2345678901234568e17),
      ("9007199254740993", 9_007_199_254_740_992), ("9007199254740995", 9_007_199_254_740_996),
      ("9007199254740993.0000000000001", 9_007_199_254_740_994), ("5e-324", .leastNonzeroMagnitude), ("2e-324", 0),
      ("2.2250738585072011e-308", Double(bitPattern: 0xF_FFFF_FFFF_FFFF)),
      ("1.7976931348623157e308", 0x1.fffffffffffffp+1023),
      ("0.3e1", 3), ("1E+2", 100), ("0.000000000000000000000000000000000000001", 1e-39),
      ("8.5e-27", 8.5e-27), ("3.3333333333333333e27", 3.3333333333333333e27), ("1e400000000000000000000e", nil),
    ] as [(String, Double?)])
  func numbers(text: String, expected: Double?) throws {
    guard let expected else {
      #expect(throws: JSONSyntaxError.self) { try parse(text) }
      return
    }
    guard case .number(let value) = try parse(text).content else { throw Unexpected() }
    #expect(value.bitPattern == expected.bitPattern)
  }

  @Test("The exact short way agrees with the standard library on random decimals")
  func numbersAtRandom() throws {
    var random = RandomGenerator(seed: 7)
    for _ in 0..<20_000 {
      let digits = random.next() >> (random.next() % 64)
      let text = "\(digits)e\(Int(random.next() % 80) - 40)"
      guard case .number(let value) = try parse(text).content else { throw Unexpected() }
      #expect(value == Double(text), "\(text)")
    }
  }

  @Test("Every double reads back to its bits")
  func roundTrip() throws {
    var random = RandomGenerator(seed: 11)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      guard case .number(let value) = try parse(shortestDigits(number)).content else { throw Unexpected() }
      #expect(value.bitPattern == number.bitPattern)
    }
  }

  @Test(
    "What RFC 8259 forbids, and what would be ambiguous, is refused at its place",
    arguments: [
      ("", 0), ("{", 1), ("[1,]", 3), ("[1 2]", 3), ("{\"a\":1,}", 7), ("{\"a\" 1}", 5), ("{a:1}", 1), ("[01]", 2),
      ("[+1]", 1), ("[.5]", 1), ("[1.]", 3), ("[1e]", 3), ("[NaN]", 1), ("[Infinity]", 1), ("[-]", 2), ("nul", 0),
      ("[1e999]", 1), ("\"a", 2), ("\"\u{1}\"", 1), ("\"\\x\"", 2), ("\"\\ud800\"", 1), ("\"\\udc00\"", 1),
      ("\"\\ud800\\u0041\"", 1), ("\"\\u12g4\"", 5), ("1 2", 2), ("{\"a\":1,\"a\":2}", 7), ("\u{FEFF}{}", 0),
      ("[1]//", 3), ("'a'", 0), ("{\"a\":1,\"\\u0061\":2}", 7),
    ])
  func refused(text: String, offset: Int) {
    do throws(JSONSyntaxError) {
      _ = try JSONParser.parse(Array(text.utf8))
      Issue.record("accepted")
    } catch {
      #expect(error.offset == offset)
    }
  }

  @Test(
    "Invalid UTF-8 is refused", arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]])
  func invalidUnicode(bytes: [UInt8]) {
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse([0x22] + bytes + [0x22]) }
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bytes) }
  }

  @Test("Escapes")
  func escapes() throws {
    #expect(try parse(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#).content == .text("\"\\/\u{8}\u{c}\n\r\t\u{e9}😀é"))
  }

  @Test("Ten million brackets are one error, and soon")
  func brackets() {
    for bracket in ["[", "{\"a\":"] {
      let bytes = Array(String(repeating: bracket, count: 10_000_000 / bracket.utf8.count).utf8)
      do throws(JSONSyntaxError) {
        _ = try JSONParser.parse(bytes)
        Issue.record("accepted")
      } catch {
        #expect(error.offset == JSONParser.maximumDepth * bracket.utf8.count)
      }
    }
    let deepest = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(throws: Never.self) { try parse(deepest) }
  }

  @Test("A cut at any byte is an error, never a crash")
  func truncated() {
    let text = Array(#"{"a": [1.5e-3, "é\n\ud83d\ude00", true, null, {"b": -0}]}"#.utf8)
    for count in 0..<text.count {
      #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array(text.prefix(count))) }
    }
  }
}

struct Unexpected: Error {}
