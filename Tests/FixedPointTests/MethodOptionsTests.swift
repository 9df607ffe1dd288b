import FixedPoint
import Testing

struct MethodOptionsTests {
  @Test func theCatalogNamesEveryMethod() {
    #expect(
      MethodCatalog.all.map { $0.description.name }
        == ["picard", "damped", "anderson", "forward-backward", "peaceman-rachford", "douglas-rachford"])
    #expect(MethodCatalog.named("newton") == nil)
  }

  @Test(arguments: MethodCatalog.all.map { $0.description.name })
  func unknownOptionsAreRefused(name: String) throws {
    let method = try #require(MethodCatalog.named(name))
    #expect(throws: FieldError.self) { _ = try method.init(FieldValues(["windows": .number(3)])) }
    #expect(throws: Never.self) { _ = try method.init(FieldValues()) }
  }

  @Test(arguments: [
    ("factor", FieldValue.number(0)), ("factor", .number(-0.5)), ("factor", .number(1.5)), ("factor", .number(.nan)),
    ("factor", .text("auto")), ("factor", .flag(true)),
  ])
  func dampedRefuses(name: String, value: FieldValue) {
    #expect { try Damped(FieldValues([name: value])) } throws: { ($0 as? FieldError)?.field == name }
  }

  @Test(arguments: [
    ("window", FieldValue.number(0)), ("window", .number(2.5)), ("window", .number(.infinity)), ("mixing", .number(0)),
    ("regularization", .number(-1)), ("type", .number(3)), ("restart", .number(0)), ("variant", .text("lu")),
  ])
  func andersonRefuses(name: String, value: FieldValue) {
    #expect { try Anderson(FieldValues([name: value])) } throws: { ($0 as? FieldError)?.field == name }
  }

  @Test func borderedRefusesWhatItWouldIgnore() {
    for (name, value) in [("type", 1.0), ("restart", 5)] {
      #expect {
        try Anderson(FieldValues(["variant": .text("bordered"), name: .number(value)]))
      } throws: {
        ($0 as? FieldError)?.field == name
      }
    }
  }

  @Test func defaultsOfTheVariants() throws {
    #expect(try Anderson(FieldValues()) == Anderson(window: 5, mixing: 1, regularization: 0, kind: .typeII))
    #expect(try Anderson(FieldValues(["variant": .text("bordered")])) == .bordered(window: 6, regularization: 1e-4))
    #expect(try Damped(FieldValues()).factor == 0.5)
  }

  @Test func messagesNameWhatWasExpected() {
    let fields = Anderson.description.options
    let error = #expect(throws: FieldError.self) {
      try FieldValues(["window": .number(0.5)]).validated(against: fields)
    }
    #expect(error == FieldError(field: "window", expected: "a whole number from 1 to 1000", found: "0.5"))
  }
}
