import FixedPoint
import Testing

struct MethodOptionsTests {
  @Test func theCatalogNamesEveryMethod() {
    let names = MethodCatalog.all.map { $0.description.name }
    let expected = [
      "picard", "damped", "averaged", "anderson", "anderson-log", "broyden", "newton", "newton-krylov", "newton-log",
      "forward-backward", "peaceman-rachford", "douglas-rachford", "aitken", "rre", "mpe",
    ]
    #expect(expected.allSatisfy(names.contains) && Set(names).count == names.count)
    #expect(MethodCatalog.named("gauss") == nil)
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

  @Test(arguments: [
    ("averaged", "factor", FieldValue.number(0)), ("averaged", "factor", .number(1.1)),
    ("averaged", "factor", .text("automatic")), ("anderson-log", "window", .number(0)),
    ("anderson-log", "mixing", .number(-1)), ("anderson-log", "variant", .text("bordered")),
    ("broyden", "memory", .number(0)), ("broyden", "memory", .number(1.5)), ("newton", "restart", .number(5)),
    ("newton-krylov", "restart", .number(0)), ("newton-log", "window", .number(5)), ("aitken", "factor", .number(1)),
    ("rre", "window", .number(0)), ("mpe", "window", .text("auto")),
  ])
  func othersRefuse(method: String, name: String, value: FieldValue) throws {
    let type = try #require(MethodCatalog.named(method))
    #expect { _ = try type.init(FieldValues([name: value])) } throws: { ($0 as? FieldError)?.field == name }
  }

  @Test func defaultsOfTheOthers() throws {
    #expect(try Averaged(FieldValues()).factor == .automatic)
    #expect(try Averaged(FieldValues(["factor": .text("auto")])).factor == .automatic)
    #expect(try Averaged(FieldValues(["factor": .number(0.25)])).factor == .fixed(0.25))
    #expect(try AndersonLog(FieldValues()) == AndersonLog(window: 5, mixing: 1, regularization: 0))
    #expect(try Broyden(FieldValues()).memory == 20)
    #expect(try NewtonKrylov(FieldValues()).restart == 50)
    #expect(try ReducedRank(FieldValues()).window == 5 && MinimalPolynomial(FieldValues()).window == 5)
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
