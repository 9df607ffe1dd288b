internal import LinearAlgebra

/// Good Broyden: Newton's step for f(z) - z with an inverse Jacobian that is updated by rank one from step to step.
///
/// The inverse B starts as -I, so that the first step is the plain one; with v = Bᵀ Δz and Δg the change of the
/// residual, B <- B + (Δz - B Δg) vᵀ / (vᵀ Δg). Only the last updates are kept: once one is dropped, the others are made
/// again from -I. Where vᵀ Δg vanishes the past is forgotten. One evaluation a step under ``AcceleratedMethod``'s
/// safeguard.
/// Source: Broyden, *A class of methods for solving nonlinear simultaneous equations*, Math. Comp. 19 (1965), method 1;
/// Kelley, *Iterative Methods for Linear and Nonlinear Equations*, SIAM 1995, section 7.3.
public struct Broyden: AcceleratedMethod {
  public static let description = MethodDescription(
    "broyden", summary: "newton with an inverse learned from the steps",
    options: [
      Field("memory", .integer(1...1000), default: .number(20), "how many past steps the inverse is made of")
    ])

  /// How many past steps the inverse is made of.
  public let memory: Int

  public init(memory: Int = 20) {
    precondition(memory >= 1, "Broyden's inverse is made of at least one step")
    self.memory = memory
  }

  public init(_ options: FieldValues) throws(FieldError) {
    let checked = try options.validated(against: Self.description.options)
    self.init(memory: checked.integer("memory") ?? 20)
  }

  public var options: FieldValues { FieldValues(["memory": .number(Double(memory))]) }

  public var patience: Int { 20 }

  public func emptyMemory(dimension: Int) -> BroydenInverse { BroydenInverse() }

  public func proposal(_ memory: inout BroydenInverse, iterate: [Double], residual: [Double]) -> [Double]? {
    var next = iterate
    Vector.add(-1, times: memory.multiply(residual), to: &next)
    return next
  }

  public func record(_ memory: inout BroydenInverse, step: [Double], change: [Double]) {
    memory.append(step: step, change: change, limit: self.memory)
  }
}

/// Broyden's approximation -I + Σ u vᵀ of the inverse Jacobian of f(z) - z, and the steps that it is made of.
public struct BroydenInverse: AccelerationMemory {
  /// |vᵀ Δg| below this part of ‖v‖ ‖Δg‖ is taken for zero.
  static let leastCosine = 1e-12

  private var steps: [[Double]] = []
  private var changes: [[Double]] = []
  private var left: [[Double]] = []
  private var right: [[Double]] = []

  public var footprint: Int { left.isEmpty ? 0 : 32 * left[0].count + 32 * left.count }

  public mutating func removeAll() { self = BroydenInverse() }

  /// B x
  func multiply(_ vector: [Double]) -> [Double] {
    var result = vector.map(-)
    for (u, v) in zip(left, right) { Vector.add(Vector.dot(v, vector), times: u, to: &result) }
    return result
  }

  /// Bᵀ x
  private func multiplyTransposed(_ vector: [Double]) -> [Double] {
    var result = vector.map(-)
    for (u, v) in zip(left, right) { Vector.add(Vector.dot(u, vector), times: v, to: &result) }
    return result
  }

  /// Makes B map `change` to `step`; past `limit` steps the oldest is dropped.
  mutating func append(step: [Double], change: [Double], limit: Int) {
    if steps.count < limit { return update(step, change) }
    let kept = Array(zip(steps, changes).dropFirst())
    removeAll()
    for (step, change) in kept { update(step, change) }
    update(step, change)
  }

  private mutating func update(_ step: [Double], _ change: [Double]) {
    let v = multiplyTransposed(step)
    let denominator = Vector.dot(v, change)
    let scale = Vector.norm2(v) * Vector.norm2(change)
    guard denominator.isFinite, denominator.magnitude > Self.leastCosine * scale else { return removeAll() }
    var u = Vector.difference(step, multiply(change))
    for i in u.indices { u[i] /= denominator }
    steps.append(step)
    changes.append(change)
    left.append(u)
    right.append(v)
  }
}
