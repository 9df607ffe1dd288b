internal import LinearAlgebra

extension Operator {
  /// The mean value form: op(v) ∈ op(c) + D (v - c) with D over the box and c its middle.
  ///
  /// D's middle goes to the coefficients, what D varies by to the remainder.
  public func relax(_ form: LinearForm, over value: IntervalVector) throws(EnclosureError) -> LinearForm {
    let center = value.midpoint
    let still = IntervalVector(Array(repeating: 0, count: center.count))
    let image = try enclose(IntervalVector(center), state: still)
    let slopes = try encloseJacobian(over: value, times: .identity(value.count))
    let middle = slopes.midpoint
    let deviation = IntervalVector((0..<value.count).map { value[$0] - Interval(center[$0]) })
    let bend = slopes.deviation(from: middle) * deviation
    let offset = IntervalVector((0..<value.count).map { form.remainder[$0] - Interval(center[$0]) })
    return LinearForm(
      coefficients: IntervalMatrix(middle) * form.coefficients,
      remainder: image + IntervalMatrix(middle) * offset + bend)
  }

  /// The form of a linear operator, exact but for rounding.
  func relaxLinear(_ form: LinearForm) throws(EnclosureError) -> LinearForm {
    LinearForm(
      coefficients: try encloseJacobian(over: form.remainder, times: form.coefficients),
      remainder: try enclose(form.remainder, state: form.remainder))
  }
}

extension LinearOperator {
  public func relax(_ form: LinearForm, over value: IntervalVector) throws(EnclosureError) -> LinearForm {
    try relaxLinear(form)
  }
}

extension SparseLinearOperator {
  public func relax(_ form: LinearForm, over value: IntervalVector) throws(EnclosureError) -> LinearForm {
    try relaxLinear(form)
  }
}

extension Scale {
  public func relax(_ form: LinearForm, over value: IntervalVector) throws(EnclosureError) -> LinearForm {
    try relaxLinear(form)
  }
}

extension Inject {
  public func relax(_ form: LinearForm, over value: IntervalVector) throws(EnclosureError) -> LinearForm {
    LinearForm(coefficients: form.coefficients, remainder: form.remainder + constantEnclosure)
  }
}

extension Skip {
  public func relax(_ form: LinearForm, over value: IntervalVector) throws(EnclosureError) -> LinearForm { form }
}

extension IntervalMatrix {
  /// Encloses what is left of every matrix inside when `center` is taken away.
  fileprivate func deviation(from center: Matrix) -> IntervalMatrix {
    let radius = radius(around: center)
    return IntervalMatrix(
      lower: Matrix(rows: rows, columns: columns, values: radius.values.map { -$0 }), upper: radius)
  }
}
