internal import Glibc
public import LinearAlgebra

/// Entrywise activation: v -> (σ(v) + shift)^power.
///
/// A power other than an integer needs σ(v) + shift >= 0; elsewhere the value is NaN, and no enclosure exists. Nor does one
/// where 0 may meet a negative power. x⁰ is 1 for every x.
public struct Activate: Operator {
  public static let description = OperatorDescription(
    "activation", formula: "(σ(v) + shift)^power",
    fields: [
      Field("kind", .choice(ActivationKind.allCases.map(\.rawValue)), required: true, "the function σ"),
      Field("shift", .number(.finite), default: .number(0), "added to σ(v)"),
      Field("power", .number(.finite), default: .number(1), "exponent of the sum"),
      Field("threshold", .number(0...Double.greatestFiniteMagnitude), "half width of the dead zone of softshrink"),
      Field("slope", .number(0...1), "slope of leaky-relu left of 0"),
    ])

  public let activation: Activation
  public let shift: Double
  public let power: Double
  public let inputShape: Shape
  public var outputShape: Shape { inputShape }

  public init(_ fields: FieldValues, in context: OperatorContext) throws(FieldError) {
    let checked = try fields.validated(against: Activate.description.fields)
    activation = try Activate.activation(checked)
    shift = checked.number("shift") ?? 0
    power = checked.number("power") ?? 1
    inputShape = context.incoming
  }

  private static func activation(_ fields: FieldValues) throws(FieldError) -> Activation {
    let name = fields.text("kind") ?? ""
    guard let kind = ActivationKind(rawValue: name) else {
      throw FieldError(field: "kind", expected: "the name of an activation", found: "\"\(name)\"")
    }
    for parameter in [ActivationKind.Parameter.threshold, .slope] where parameter != kind.parameter {
      guard let value = fields[parameter.rawValue] else { continue }
      throw FieldError(
        field: parameter.rawValue, expected: "no \(parameter.rawValue), since \(name) has none", found: value.summary)
    }
    return Activation(kind, parameter: kind.parameter.flatMap { fields.number($0.rawValue) })
  }

  public func apply(_ value: Span<Double>, state: Span<Double>, into result: inout MutableSpan<Double>) {
    activation.apply(value, into: &result)
    if shift != 0 { VectorMath.add(shift, to: &result) }
    if power != 1 { for i in 0..<value.count { result[i] = pow(result[i], power) } }
  }

  public func batched() -> any BatchOperator { Entrywise(link: self) }

  /// The derivative at t: σ'(t) · power · (σ(t) + shift)^(power - 1).
  func slope(_ t: Double) -> Double {
    if power == 0 { return 0 }
    let inner = activation.slope(t)
    return power == 1 ? inner : power * pow(activation.value(t) + shift, power - 1) * inner
  }

  public func pushForward(_ tangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    for i in 0..<value.count { result[i] = slope(value[i]) * tangent[i] }
  }

  public func pullBack(_ cotangent: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>) {
    pushForward(cotangent, at: value, into: &result)
  }

  public func pushForwardAbsolute(
    _ vector: Span<Double>, at value: Span<Double>, into result: inout MutableSpan<Double>
  ) {
    for i in 0..<value.count { result[i] = abs(slope(value[i])) * vector[i] }
  }

  public func multiplyJacobian(at value: Span<Double>, by running: Matrix) -> Matrix {
    var product = running
    for i in 0..<running.rows {
      let slope = slope(value[i])
      for j in 0..<running.columns { product[i, j] *= slope }
    }
    return product
  }

  /// Encloses the exact value and also the one that ``apply(_:state:into:)`` computes.
  public func enclose(_ value: IntervalVector, state: IntervalVector) throws(EnclosureError) -> IntervalVector {
    var result = value
    for i in 0..<value.count { result[i] = try enclosure(over: value[i], unit: i, ulps: activation.forwardUlps) }
    return result
  }

  /// Encloses (σ(t) + shift)^power over an interval, with σ(t) off by some units in the last place.
  func enclosure(over interval: Interval, unit: Int, ulps: Double = 0) throws(EnclosureError) -> Interval {
    let base = try base(over: interval, unit: unit, ulps: ulps)
    let image = Interval.power(base, power)
    guard image.isFinite || !interval.isFinite else { throw unbounded(base, unit: unit) }
    return image
  }

  public func encloseJacobian(
    over value: IntervalVector, times running: IntervalMatrix
  ) throws(EnclosureError) -> IntervalMatrix {
    var product = running
    for i in 0..<value.count { product.scaleRow(i, by: try slopeRange(over: value[i], unit: i)) }
    return product
  }

  /// Encloses the derivative over an interval of the pre-activation.
  func slopeRange(over interval: Interval, unit: Int) throws(EnclosureError) -> Interval {
    guard let inner = activation.slopeRange(over: interval) else {
      throw error(unit, "slope of \(activation.kind.rawValue) over \(interval)")
    }
    if power == 1 { return inner }
    let base = try base(over: interval, unit: unit)
    if power == 0 { return Interval(0) }
    let outer = Interval(power) * Interval.power(base, oneBelow: power)
    guard outer.isFinite else { throw unbounded(base, unit: unit) }
    return inner * outer
  }

  /// Encloses σ(v) + shift, where the power allows it.
  private func base(over interval: Interval, unit: Int, ulps: Double = 0) throws(EnclosureError) -> Interval {
    guard let range = activation.range(over: interval) else {
      throw error(unit, "\(activation.kind.rawValue) over \(interval)")
    }
    let base = activation.loosened(range, over: interval, ulps: ulps) + Interval(shift)
    guard base.lower >= 0 || power.isInteger else {
      throw error(unit, "power \(power) of \(base), which reaches below 0")
    }
    guard power >= 0 || !base.contains(0) else { throw error(unit, "power \(power) of \(base), which holds 0") }
    return base
  }

  private func unbounded(_ base: Interval, unit: Int) -> EnclosureError {
    error(unit, "power \(power) of \(base), which is unbounded")
  }

  private func error(_ unit: Int, _ reason: String) -> EnclosureError {
    EnclosureError(operatorName: name, unit: unit, reason: reason)
  }
}
