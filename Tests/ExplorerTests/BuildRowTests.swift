import FixedPoint
import Screen
import Sessions
import TestSupport
import Testing

@testable import Explorer

struct BuildRowTests {
  private func rows(_ text: String) throws -> [BuildRow] {
    let document = try SessionFile.parse(Array(text.utf8))
    return BuildRow.all(of: document, PipelineTrial(document, directory: "."))
  }

  private func row(_ kind: Field.Kind, _ value: FieldValue, default usual: FieldValue? = nil) -> BuildRow {
    let field = Field("x", kind, default: usual, "")
    return BuildRow(
      path: "a.x", label: "x", indent: 1, value: value.text, isGiven: true, summary: "",
      content: .field(field, value: value, target: .member), section: 0, position: nil, tensor: nil)
  }

  @Test(
    arguments: [
      (0.3, BuildCommand.Step.more, 0.4), (0.3, .less, 0.2), (0.1, .less, 0), (0, .less, -0.1), (1.603, .more, 1.7),
      (1.603, .less, 1.6), (1.603, .slightlyMore, 1.61), (0.29, .slightlyLess, 0.28), (2.5, .muchMore, 3),
      (-0.7, .muchLess, -1), (1e6, .more, 1_000_000.1),
    ])
  func numbersGoToTheNextMultipleOfTheStep(number: Double, step: BuildCommand.Step, expected: Double) throws {
    let edit = row(.number(-1e300...1e300), .number(number)).edit(by: step)
    #expect(edit == BuildEdit(path: "a.x", value: JSON(expected)))
  }

  @Test func aThousandStepsAreStillShortDecimals() {
    var number = 0.0
    for count in 1...1000 {
      number = BuildCommand.Step.slightlyMore.next(after: number)
      #expect(number == Double(count) / 100)
    }
  }

  @Test(
    arguments: [
      (1e-10, BuildCommand.Step.more, 1e-9), (1e-10, .less, 1e-11), (3e-7, .more, 1e-6), (1e-4, .muchLess, 1e-7),
    ])
  func tolerancesGoByPowersOfTen(number: Double, step: BuildCommand.Step, expected: Double) {
    let edit = row(.number(0...1e300), .number(number), default: .number(1e-10)).edit(by: step)
    #expect(edit?.value == JSON(expected))
  }

  @Test func stepsStayWithinWhatIsAllowed() {
    #expect(row(.number(0...1), .number(0.95)).edit(by: .more)?.value == 1)
    #expect(row(.number(0...1), .number(1)).edit(by: .more) == nil)
    #expect(row(.integer(1...7), .number(6)).edit(by: .muchMore)?.value == 7)
    #expect(row(.number(Double.leastNonzeroMagnitude...1), .number(0.1)).edit(by: .less) == nil)
    #expect(row(.choice(["a", "b", "c"]), .text("c")).edit(by: .more)?.value == "a")
    #expect(row(.flag, .flag(true)).edit(by: .less)?.value == false)
    #expect(row(.numberOrChoice(1...1e300, ["inf"]), .text("inf")).edit(by: .less)?.value == 1)
  }

  /// Every field of every operator and of every method is there with a value, or is said to be absent.
  @Test func everyFieldOfEveryOperatorAndMethodHasARow() throws {
    for kind in OperatorCatalog.all {
      let shape = ["convolve": [2, 3, 3], "propagate": [3, 2]][kind.description.name] ?? [4]
      var document = SessionDocument(network: NetworkSource(stateShape: Shape(shape), operators: []))
      let usual = OperatorSource.usual(kind.description.name, on: Shape(shape), in: document)
      document.network.operators = [usual]
      let problem = try Problem(document, directory: ".")
      #expect(problem.network.operators[0].outputShape == Shape(shape), "\(kind.description.name)")
      let rows = BuildRow.all(of: document, PipelineTrial(document, directory: "."))
      for field in kind.description.fields where !["slope", "threshold"].contains(field.name) {
        #expect(rows.contains { $0.path == "network.operators[0].\(field.name)" && !$0.value.isEmpty }, "\(field.name)")
      }
    }
    for method in MethodCatalog.all {
      var document = SessionDocument(network: NetworkSource(stateShape: Shape([2]), operators: []))
      document.solver = SolverSource(method.description.name)
      let rows = BuildRow.all(of: document, PipelineTrial(document, directory: "."))
      for option in method.description.options {
        #expect(rows.contains { $0.path == "solver.\(option.name)" }, "\(option.name)")
      }
    }
  }

  /// Whatever a step or a default changes is a session again, and a menu's choices too.
  @Test func stepsOnAnyRowGiveSessions() throws {
    let texts = [SpecimenSessions.threeUnits, SpecimenSessions.positive, SpecimenSessions.dense]
    for text in texts {
      let document = try SessionFile.parse(Array(text.utf8))
      for row in try rows(text) {
        for step in BuildCommand.Step.allCases {
          guard let edit = row.edit(by: step) else { continue }
          let next = try document.setting(path: edit.path, to: edit.value)
          #expect(next != document, "\(row.path) \(step)")
        }
      }
    }
  }

  @Test func aCellIsTheEntryThatItsIndicesSay() {
    for sizes in [[5], [3, 4], [2, 3, 4], [2, 3, 3, 5]] {
      let grid = TensorGrid(Shape(sizes))
      let count = sizes.reduce(1, *)
      #expect(grid.rows * grid.columns == count)
      let tensor = Tensor(shape: Shape(sizes), values: (0..<count).map(Double.init))
      let shown = grid.values(of: tensor)
      var seen: Set<Int> = []
      for row in 0..<grid.rows {
        for column in 0..<grid.columns {
          let cell = MatrixMap.Cell(row: row, column: column)
          let indices = grid.indices(cell)
          #expect(zip(indices, sizes).allSatisfy { $0 >= 0 && $0 < $1 })
          #expect(shown[row * grid.columns + column] == Double(grid.index(cell)))
          seen.insert(grid.index(cell))
        }
      }
      #expect(seen.count == count)
    }
  }

  @Test func changingTheKindDropsTheParameterOfTheOther() throws {
    let text = SpecimenSessions.threeUnits.replacing(
      #""kind": "tanh""#, with: #""kind": "leaky-relu", "slope": 0.2, "shift": 0.5"#)
    let document = try SessionFile.parse(Array(text.utf8))
    let kind = try #require(try rows(text).first { $0.path == "network.operators[2].kind" })
    #expect(try rows(text).contains { $0.path == "network.operators[2].slope" })
    let edit = try #require(kind.edit(to: .text("tanh")))
    let next = try document.setting(path: edit.path, to: edit.value)
    #expect(next.network.operators[2].fields.map(\.name) == ["kind", "shift"])
    _ = try Problem(next, directory: ".")
  }
}
