import Screen
import Testing

@Suite("Number text")
struct NumberTextTests {
  // Expected: C's printf("%.*e").
  @Test(
    "Scientific",
    arguments: [
      (4.1e-07, 2, "4.1e-07"), (0, 2, "0.0e+00"), (1, 1, "1e+00"), (-12345, 3, "-1.23e+04"), (9.96, 2, "1.0e+01"),
      (1e-308, 2, "1.0e-308"), (1.7976931348623157e308, 5, "1.7977e+308"), (0.5, 4, "5.000e-01"),
      (123_456_789, 2, "1.2e+08"),
    ])
  func scientific(_ value: Double, _ digits: Int, _ text: String) {
    #expect(NumberText.scientific(value, digits: digits) == text)
  }

  // Expected: C's printf("%.*f"), which rounds these the same way.
  @Test(
    "Decimal",
    arguments: [
      (0.412, 3, "0.412"), (1.2846, 2, "1.28"), (-0.001, 2, "0.00"), (0.999, 2, "1.00"), (99.999, 1, "100.0"),
      (0, 0, "0"),
      (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"), (1234.5678, 1, "1234.6"), (1e21, 1, "1000000000000000000000.0"),
      (1e-9, 3, "0.000"), (-2.75, 1, "-2.8"),
    ])
  func decimal(_ value: Double, _ places: Int, _ text: String) {
    #expect(NumberText.decimal(value, places: places) == text)
  }

  @Test(
    "Significant: plain where short, else scientific",
    arguments: [
      (0.4123, "0.412"), (1.2846, "1.28"), (4.123e-7, "4.12e-07"), (12345, "12345"), (123456, "1.23e+05"), (0, "0"),
      (0.001234, "0.00123"), (99.96, "100"), (-0.5, "-0.500"),
    ])
  func significant(_ value: Double, _ text: String) { #expect(NumberText.significant(value) == text) }

  @Test("Shortest reads back", arguments: [0.1, 1, -3, 1e300, 5.5e-9, 123456.789])
  func shortest(_ value: Double) {
    #expect(Double(NumberText.shortest(value)) == value)
    #expect(!NumberText.shortest(value).hasSuffix(".0"))
  }

  @Test("What is undefined is never a number")
  func undefined() {
    for value in [nil, Double.nan, -Double.nan] {
      #expect(NumberText.scientific(value) == "—")
      #expect(NumberText.decimal(value) == "—")
      #expect(NumberText.significant(value) == "—")
      #expect(NumberText.shortest(value) == "—")
      #expect(NumberText.percent(value) == "—")
    }
    #expect(NumberText.scientific(.infinity) == "inf")
    #expect(NumberText.decimal(-.infinity) == "-inf")
  }

  @Test("Percent and width")
  func percent() {
    #expect(NumberText.percent(0.456) == "46%")
    #expect(NumberText.percent(0.12345, places: 1) == "12.3%")
    #expect(NumberText.percent(0) == "0%")
    #expect(NumberText.scientific(1, width: 9) == "  1.0e+00")
    #expect(NumberText.decimal(nil, width: 4) == "   —")
  }
}
