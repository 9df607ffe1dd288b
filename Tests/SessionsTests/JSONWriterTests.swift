import Testing

@testable import Sessions

@Suite("JSON writer")
struct JSONWriterTests {
  @Test("A vector takes a line, a matrix a row a line, a flat object a line")
  func layout() throws {
    let json: JSON = [
      "title": "a \"b\"\n\u{1}é", "empty": [], "none": JSON([JSON.Member]()),
      "matrix": [[1, 2.5], [-0.0, 1e-10]], "flat": ["shape": [87], "seed": 3],
      "list": [["op": "dense"], ["op": "scale", "by": 1e21]],
    ]
    let text = """
      {
        "title": "a \\"b\\"\\n\\u0001é",
        "empty": [],
        "none": {},
        "matrix": [
          [1, 2.5],
          [-0, 1e-10]
        ],
        "flat": {"shape": [87], "seed": 3},
        "list": [
          {"op": "dense"},
          {"op": "scale", "by": 1e+21}
        ]
      }

      """
    #expect(json.text == text)
    #expect(try JSONParser.parse(Array(text.utf8)) == json)
  }

  @Test("A flat object that is too wide takes a line a member; a vector never breaks")
  func width() {
    let wide: JSON = [
      "first": JSON(String(repeating: "x", count: 60)), "second": JSON(String(repeating: "y", count: 60)),
    ]
    #expect(wide.text.split(separator: "\n").count == 4)
    #expect(JSON((0..<500).map(Double.init)).text.split(separator: "\n").count == 1)
  }

  @Test(
    "Digits",
    arguments: [
      (0, "0"), (-0.0, "-0"), (1, "1"), (0.1, "0.1"), (100, "100"), (1e-5, "1e-5"), (1e16, "1e+16"),
      (1.5e300, "1.5e+300"), (.leastNonzeroMagnitude, "5e-324"), (0x1.fffffffffffffp+1023, "1.7976931348623157e+308"),
    ])
  func digits(number: Double, text: String) { #expect(shortestDigits(number) == text) }
}
