import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions

@Suite("Locales")
struct LocaleTests {
  private static let commaLocale = ["de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE"].first { name in
    let locale = unsafe newlocale(1 << LC_NUMERIC, name, nil)
    guard let locale = unsafe locale else { return false }
    unsafe freelocale(locale)
    return true
  }

  @Test(
    "A decimal comma changes nothing", .enabled(if: commaLocale != nil, "no locale with a decimal comma is installed"))
  func comma() throws {
    let bytes = Array(SessionDocumentTests.small.utf8)
    let before = try SessionFile.parse(bytes)
    let locale = unsafe newlocale(1 << LC_NUMERIC, Self.commaLocale, nil)
    let old = unsafe uselocale(locale)
    defer {
      unsafe uselocale(old)
      unsafe freelocale(locale)
    }
    // Long and tiny numbers take the standard library's conversion, the others the short way.
    #expect(
      try JSONParser.parse(Array("[1.5, 0.12345678901234567890123, 1.5e-300]".utf8)) == [
        1.5, 0.12345678901234568, 1.5e-300,
      ])
    #expect(try SessionFile.parse(bytes) == before)
    #expect(SessionFile.text(of: before) == SessionFile.text(of: try SessionFile.parse(bytes)))
    #expect(shortestDigits(1.5) == "1.5")
    #expect(try NumberTable.read(Array("1.5\n2.5\n".utf8), name: "w.csv").values == [1.5, 2.5])
  }
}
