import FixedPoint
import TestSupport
import Testing

@testable import Sessions

@Suite("JSON Schema of sessions")
struct SessionSchemaTests {
  private let checker = SchemaChecker(root: SessionSchema.json)

  @Test("The shipped schema is the one of the code")
  func shipped() throws {
    let path = ShippedProblem.folder + "/deq-session-1.schema.json"
    #expect(try SessionText.read(path) == SessionSchema.json.text)
  }

  @Test("Every shipped session fits")
  func sessions() throws {
    for path in try SessionFile.list(in: ShippedProblem.folder) {
      #expect(try checker.accepts(try JSON(reading: path)), "\(path)")
    }
  }

  /// What no schema can say: that nested arrays are rectangular, that a shape is not too large as a whole, that checks
  /// come in order, that a hexadecimal float is the canonical one.
  private static func isBeyondSchemas(_ error: SessionError) -> Bool {
    error.all.allSatisfy { error in
      error.expected.hasSuffix("entries as before") || error.expected.contains("nested arrays of numbers")
        || error.expected == "a number" || error.expected == "steps in order" || error.path.contains("shape[")
        || error.expected.hasPrefix("a hexadecimal float")
    }
  }

  @Test("It accepts what the reader accepts, and refuses what the reader refuses, in 6,000 documents right and wrong")
  func agreesWithTheReader() throws {
    var documents = RandomDocument(seed: 11)
    var mutation = RandomMutation(seed: 12)
    var (good, bad) = (0, 0)
    for _ in 0..<1200 {
      let right = documents.document().json
      for json in [right] + (0..<4).map({ _ in mutation.mutated(right) }) {
        let accepted = try checker.accepts(json)
        do throws(SessionError) {
          _ = try SessionDocument(json)
          good += 1
          #expect(accepted, "the schema refuses \(json.lineText)")
        } catch {
          bad += 1
          #expect(!accepted || Self.isBeyondSchemas(error), "the schema accepts what has \(error.message)")
        }
      }
    }
    #expect(good > 1200 && bad > 3000)
  }

  @Test("Every operator, method, law, action and field of the tables is in it")
  func complete() {
    let text = SessionSchema.json.text
    let fields =
      OperatorCatalog.all.flatMap { $0.description.fields } + MethodCatalog.all.flatMap { $0.description.options }
    let names = OperatorCatalog.all.map { $0.description.name } + MethodCatalog.all.map { $0.description.name }
    for name in names + fields.map(\.name) + Ensemble.Law.names { #expect(text.contains("\"\(name)\""), "\(name)") }
    for field in fields { #expect(text.contains(JSON(field.summary).lineText)) }
  }
}
