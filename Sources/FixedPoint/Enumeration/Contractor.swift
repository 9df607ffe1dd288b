internal import LinearAlgebra

/// Narrows boxes without losing a fixed point.
///
/// One sweep: the pipeline is followed forward with an interval and a linear enclosure of every running value; the image
/// is intersected with the box (mean value and monotonicity tests are special cases of the linear one, whose slopes are
/// chords); the linear enclosure z ∈ A z + b is solved for z as an interval Newton step; and the box, as the
/// image that z = f(z) has to have, is followed backward through the operators.
///
/// With C close to (I - A)⁻¹: z = A z + b gives z = C b + (I - C (I - A)) z, and the last term is at the level of rounding.
/// Source: Benhamou, Goualard, Granvilliers, Puget, *Revising hull and box consistency*, ICLP 1999; Neumaier,
/// *Interval Methods for Systems of Equations*, 1990, section 5.1.
struct Contractor: Sendable {
  let network: Network

  struct Sweep {
    /// What is left of the box.
    var box: IntervalVector
    /// The entry to be cut in two if that is not enough.
    var cut: Int
    /// Why f could not be bounded on the box, where it could not.
    var obstacle: EnclosureError?
  }

  /// What is known of the running values over a box.
  private enum Passage {
    /// Boxes of the running values, and a linear enclosure of the image.
    case bounded(trace: [IntervalVector], form: LinearForm)
    /// f is not known to be defined on all of the box, or not to be bounded.
    case unbounded(EnclosureError)
    /// f is defined nowhere in the box.
    case undefined
  }

  /// `nil` if the box holds no fixed point.
  func sweep(_ box: IntervalVector) -> Sweep? {
    switch forward(box) {
    case .undefined: nil
    case .unbounded(let obstacle): Sweep(box: box, cut: box.widest, obstacle: obstacle)
    case .bounded(let trace, let form): sweep(box, trace, form)
    }
  }

  private func sweep(_ box: IntervalVector, _ trace: [IntervalVector], _ form: LinearForm) -> Sweep? {
    guard let image = trace[trace.count - 1].intersection(box) else { return nil }
    let solver = LinearSolve(form)
    guard let solved = solver.narrowed(image), let narrowed = backward(solved, through: trace) else { return nil }
    return Sweep(box: narrowed, cut: solver.cut(of: narrowed))
  }

  /// Follows the pipeline on the part of the box on which f is defined: only there can a fixed point be.
  private func forward(_ box: IntervalVector) -> Passage {
    var trace = [box]
    var form = LinearForm.state(network.dimension)
    for (position, link) in network.operators.enumerated() {
      guard link.narrowToDomain(&trace[position]) else { return .undefined }
      do throws(EnclosureError) {
        let next = try link.enclose(trace[position], state: box)
        form = try link.relax(form, over: trace[position])
        if link.stateFactor != 0 {
          form.coefficients = form.coefficients + link.stateFactor * IntervalMatrix.identity(network.dimension)
        }
        trace.append(form.range(over: box).intersection(next) ?? next)
      } catch {
        var obstacle = error
        obstacle.position = position
        return .unbounded(obstacle)
      }
      guard form.coefficients.isFinite && form.remainder.isFinite else {
        var obstacle = EnclosureError(operatorName: link.name, unit: 0, reason: "values beyond the largest number")
        obstacle.position = position
        return .unbounded(obstacle)
      }
    }
    return .bounded(trace: trace, form: form)
  }

  /// The box follows its image z = f(z) back to the start of the pipeline.
  private func backward(_ box: IntervalVector, through trace: [IntervalVector]) -> IntervalVector? {
    var state = box
    var result = box
    for position in network.operators.indices.reversed() {
      var value = trace[position]
      guard network.operators[position].narrow(&value, state: &state, to: result) else { return nil }
      result = value
    }
    return result.intersection(state)
  }
}

/// The equation z ∈ A z + b.
private struct LinearSolve {
  let form: LinearForm
  private let middle: Matrix
  /// C; `nil` where I - A is singular.
  private let inverse: Matrix?

  init(_ form: LinearForm) {
    self.form = form
    middle = form.coefficients.midpoint
    let factors = try? LUFactorization(middle.subtractedFromIdentity)
    inverse = factors.flatMap { $0.reciprocalCondition > 1e-12 ? $0.inverse : nil }
  }

  /// The part of the box in which the solutions are; `nil` if there are none.
  func narrowed(_ box: IntervalVector) -> IntervalVector? {
    guard let inverse else { return box }
    let identity = IntervalMatrix.identity(box.count)
    let left = IntervalMatrix(inverse)
    let defect = identity + -1 * (left * (identity + -1 * form.coefficients))
    return (left * form.remainder + defect * box).intersection(box)
  }

  /// The entry whose cut promises most: an entry's share in the widths of the running values, which the remainders
  /// grow with, weighted by what each remainder does to the solution.
  func cut(of box: IntervalVector) -> Int {
    let widths = box.intervals.map(\.width)
    var promise = Array(repeating: 0.0, count: box.count)
    for i in 0..<box.count {
      let effect = inverse.map { inverse in (0..<box.count).reduce(0) { $0 + abs(inverse[$1, i]) } } ?? 1
      let shares = widths.indices.map { abs(middle[i, $0]) * widths[$0] }
      let total = shares.reduce(0, +)
      guard total > 0 else { continue }
      for j in widths.indices { promise[j] += effect * form.remainder[i].width * shares[j] / total }
    }
    let best = promise.indices.max { promise[$0] < promise[$1] } ?? 0
    return promise[best] > 0 && widths[best] > 1e-3 * (widths.max() ?? 0) ? best : box.widest
  }
}

extension IntervalVector {
  /// The entry of the largest width relative to its size, the first of equals.
  fileprivate var widest: Int {
    let widths = intervals.map { $0.width / (1 + $0.magnitude) }
    return widths.indices.max { widths[$0] < widths[$1] } ?? 0
  }
}
