import FixedPoint
import TestSupport
import Testing

/// Fields and shapes that do not fit name the field, what was expected and what was found.
@Suite struct OperatorRejectionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let fields: [String: FieldValue]
    var shape = [4]
    var input: Tensor?
    let error: FieldError

    var testDescription: String { "\(name): \(error.field) \(error.found)" }
  }

  static func tensor(_ sizes: Int...) -> FieldValue { .tensor(Tensor(filling: Shape(sizes), with: 1)) }

  static let cases: [Case] = [
    Case(name: "dense", fields: [:], error: FieldError(field: "weight", expected: "a tensor", found: "nothing")),
    Case(
      name: "dense", fields: ["weight": tensor(4, 3)],
      error: FieldError(field: "weight", expected: "shape [m, 4]", found: "shape [4, 3]")),
    Case(
      name: "dense", fields: ["weight": tensor(4)],
      error: FieldError(field: "weight", expected: "shape [m, 4]", found: "shape [4]")),
    Case(
      name: "dense", fields: ["weight": .tensor(Tensor(filling: Shape([4, 4]), with: .nan))],
      error: FieldError(field: "weight", expected: "finite numbers", found: "nan at entry 0")),
    Case(
      name: "dense", fields: ["weights": tensor(4, 4)],
      error: FieldError(field: "weights", expected: "one of weight", found: "weights")),
    Case(
      name: "monotone", fields: ["m": .number(1), "A": tensor(4, 4), "B": tensor(3, 4)],
      error: FieldError(field: "B", expected: "shape [4, 4]", found: "shape [3, 4]")),
    Case(
      name: "monotone", fields: ["m": .number(1), "A": tensor(4, 3), "B": tensor(4, 4)],
      error: FieldError(field: "A", expected: "shape [m, 4]", found: "shape [4, 3]")),
    Case(
      name: "inject", fields: ["weight": tensor(4, 3)],
      error: FieldError(
        field: "weight", expected: "no weight, since the map has no input", found: "a tensor of shape [4, 3]")),
    Case(
      name: "inject", fields: ["weight": tensor(4, 2)], input: Tensor(vector: [1, 2, 3]),
      error: FieldError(field: "weight", expected: "shape [4, 3]", found: "shape [4, 2]")),
    Case(
      name: "inject", fields: [:], input: Tensor(vector: [1, 2, 3]),
      error: FieldError(
        field: "weight", expected: "a matrix, since the input has shape [3] and the value [4]", found: "nothing")),
    Case(
      name: "inject", fields: ["bias": tensor(3)],
      error: FieldError(field: "bias", expected: "shape [4], or one that is repeated to it", found: "shape [3]")),
    Case(
      name: "inject", fields: ["bias": .tensor(Tensor(filling: Shape([4]), with: -1)), "activation": .text("sqrt")],
      error: FieldError(
        field: "activation", expected: "a function that is defined at every entry of U x + b",
        found: "sqrt at -1.0 (entry 0)")),
    Case(
      name: "activation", fields: ["kind": .text("tanh"), "slope": .number(0.5)],
      error: FieldError(field: "slope", expected: "no slope, since tanh has none", found: "0.5")),
    Case(
      name: "activation", fields: ["kind": .text("leaky-relu"), "threshold": .number(0.5)],
      error: FieldError(field: "threshold", expected: "no threshold, since leaky-relu has none", found: "0.5")),
    Case(
      name: "activation", fields: ["kind": .text("leaky-relu"), "slope": .number(2)],
      error: FieldError(field: "slope", expected: "a number from 0 to 1", found: "2")),
    Case(
      name: "normalize", fields: ["norm": .number(0.5)],
      error: FieldError(field: "norm", expected: "a number of at least 1 or \"inf\"", found: "0.5")),
    Case(
      name: "normalize", fields: ["norm": .text("inf"), "axis": .text("node")],
      error: FieldError(
        field: "axis", expected: "a value of shape [nodes, features] for \"node\"", found: "shape [4]")),
    Case(
      name: "scale", fields: ["by": .number(.infinity)],
      error: FieldError(field: "by", expected: "a number", found: "inf")),
  ]

  @Test(arguments: cases)
  func theFieldIsNamed(_ rejection: Case) throws {
    let type = try #require(OperatorCatalog.named(rejection.name))
    let shape = Shape(rejection.shape)
    let context = OperatorContext(incoming: shape, state: shape, input: rejection.input)
    #expect(throws: rejection.error) { _ = try type.init(FieldValues(rejection.fields), in: context) }
  }

  @Test func skipNeedsTheStatesShape() throws {
    let context = OperatorContext(incoming: Shape([3]), state: Shape([4]), input: nil)
    #expect(throws: FieldError(field: "op", expected: "a value of the state's shape [4]", found: "shape [3]")) {
      _ = try Skip(FieldValues(), in: context)
    }
  }
}
