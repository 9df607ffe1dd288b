public import LinearAlgebra

/// One link of the pipeline that makes f: takes the running value v (and sees the state z) and gives the next value.
///
/// A new operator is one file that conforms to this protocol and one row in ``OperatorCatalog``. Every requirement is
/// exercised by the operators' conformance suite.
///
/// Shapes: v has ``inputShape``, the result ``outputShape``, both flat in row-major order. All derivatives are with
/// respect to v; the dependence on z is ``stateFactor`` times the identity and is added by the network.
public protocol Operator: Stage {
  /// Name and fields, as in the session file.
  static var description: OperatorDescription { get }

  /// Builds the operator from its fields.
  /// - Throws: `FieldError` naming the field whose value or shape does not fit.
  init(_ fields: FieldValues, in context: OperatorContext) throws(FieldError)

  var inputShape: Shape { get }
  var outputShape: Shape { get }

  /// The factor s of the term s · z that the operator adds to the value (0 for all but `skip`).
  var stateFactor: Double { get }

  /// W if the operator is a linear map with weights (the same W for every index of the other axes), else `nil`.
  var weight: Matrix? { get }

  /// result = op(value; state). Allocates nothing but the scratch, if ``scratchCount`` is not 0.
  func apply(_ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>)

  /// The operator for many samples at once; by default it is applied to one after the other.
  func batched() -> any BatchOperator

  /// The operator for many samples with an input each, one a row.
  /// - Throws: `FieldError` if it is not defined for an input.
  func batched(over inputs: Matrix) throws(FieldError) -> any BatchOperator

  /// result = D · tangent, with D the derivative at `value`: forward mode (JVP). Allocates nothing but the scratch.
  /// Where the operator is not differentiable, D is the element of Clarke's generalised Jacobian that the slope functions name.
  func pushForward(_ tangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>)

  /// result = Dᵀ · cotangent: reverse mode (VJP). Allocates nothing but the scratch.
  func pullBack(_ cotangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>)

  /// result = |D| · vector, with |.| entrywise and vector >= 0.
  func pushForwardAbsolute(_ vector: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>)

  /// D · running, for a dense Jacobian by the chain rule; `running` has `inputShape.count` rows.
  func multiplyJacobian(at value: Span<Double>, by running: Matrix) -> Matrix

  /// Encloses op(v; z) for all v in `value` and z in `state`, outward rounded: every exact value lies inside.
  /// - Throws: ``EnclosureError`` if the operator is not defined, or not bounded, on all of it.
  func enclose(_ value: IntervalVector, state: IntervalVector) throws(EnclosureError) -> IntervalVector

  /// Encloses D(v) · M for all v in `value` and M in `running`, outward rounded, including every element of the
  /// generalised Jacobian.
  func encloseJacobian(over value: IntervalVector, times running: IntervalMatrix) throws(EnclosureError)
    -> IntervalMatrix

  /// Encloses op(v; 0) by a linear function of the state, for every v of `value` that `form` encloses.
  /// - Throws: ``EnclosureError`` if the operator is not defined, or not bounded, on all of `value`.
  func relax(_ form: LinearForm, over value: IntervalVector) throws(EnclosureError) -> LinearForm

  /// Narrows boxes of v and z to what the operator can map into `result`: every v and z of the boxes with op(v; z) in
  /// `result` stays inside.
  /// - Returns: `false` if there is nothing of the kind.
  func narrow(_ value: inout IntervalVector, state: inout IntervalVector, to result: IntervalVector) -> Bool

  /// Takes away what of a box of v certainly lies outside the operator's domain.
  /// - Returns: `false` if the operator is defined nowhere in the box.
  func narrowToDomain(_ value: inout IntervalVector) -> Bool

  /// Whether the operator is certainly continuously differentiable in v on a neighbourhood of every v in `value`.
  func isSmooth(over value: IntervalVector) -> Bool
}

extension Operator {
  public var stateFactor: Double { 0 }
  public var scratchCount: Int { 0 }
  public var resultCount: Int { outputShape.count }
  public func batched() -> any BatchOperator { EachSample(self) }
  public func batched(over inputs: Matrix) throws(FieldError) -> any BatchOperator { batched() }
  public var weight: Matrix? { nil }
  public var name: String { Self.description.name }

  public func apply(
    _ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>,
    using scratch: inout MutableSpan<Double>
  ) { apply(value, state: state, into: &result) }
}

/// Name, meaning and fields of an operator: one row of the table in the format's description.
public struct OperatorDescription: Sendable {
  public let name: String
  /// What v becomes, in the notation of the format: `W v`.
  public let formula: String
  public let fields: [Field]

  public init(_ name: String, formula: String, fields: [Field]) {
    self.name = name
    self.formula = formula
    self.fields = fields
  }
}

/// What an operator sees when it is built: the shape of the running value, the shape of the state, and the input x.
public struct OperatorContext: Sendable {
  public let incoming: Shape
  public let state: Shape
  /// x, constant during a run; `nil` if the map has no input.
  public let input: Tensor?

  public init(incoming: Shape, state: Shape, input: Tensor?) {
    self.incoming = incoming
    self.state = state
    self.input = input
  }
}

/// An operator has no finite enclosure over the given intervals.
public struct EnclosureError: Error, Sendable, Equatable {
  /// Position of the operator in the pipeline, once the network knows it.
  public var position: Int?
  public let operatorName: String
  /// Flat index of the first entry concerned.
  public let unit: Int
  /// What went wrong, as a noun phrase: "logarithm of an interval that reaches -1.2".
  public let reason: String

  public init(operatorName: String, unit: Int, reason: String) {
    self.position = nil
    self.operatorName = operatorName
    self.unit = unit
    self.reason = reason
  }
}
