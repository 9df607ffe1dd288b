internal import LinearAlgebra

/// Aitken's Δ² process for vectors, as Irons and Tuck: z <- z + ω r with r = f(z) - z and ω from the last step.
///
/// ω = -Δzᵀ Δr / ‖Δr‖² makes the secant of the last step vanish; in one dimension it is the secant method. The first step
/// is the plain one, and so is one whose ω is not positive or more than ``largestFactor``. One evaluation a step under
/// ``AcceleratedMethod``'s safeguard.
/// Source: Irons, Tuck, *A version of the Aitken accelerator for computer iteration*, Int. J. Numer. Meth. Eng. 1 (1969);
/// Ramière, Helfer, *Iterative residual-based vector methods to accelerate fixed point iterations*, Comput. Math. Appl. 70
/// (2015).
public struct Aitken: AcceleratedMethod {
  public static let description = MethodDescription(
    "aitken", summary: "part of the way, by the last step's secant")

  /// Beyond this a step says too little about the next.
  static let largestFactor = 1e3

  public init() {}

  public init(_ options: FieldValues) throws(FieldError) {
    _ = try options.validated(against: Self.description.options)
  }

  public var options: FieldValues { FieldValues() }

  public var patience: Int { 10 }

  public func emptyMemory(dimension: Int) -> AitkenFactor { AitkenFactor() }

  public func proposal(_ memory: inout AitkenFactor, iterate: [Double], residual: [Double]) -> [Double]? {
    guard let factor = memory.value else { return nil }
    var next = iterate
    Vector.add(factor, times: residual, to: &next)
    return next
  }

  public func record(_ memory: inout AitkenFactor, step: [Double], change: [Double]) {
    let factor = -Vector.dot(step, change) / Vector.dot(change, change)
    memory.value = factor > 0 && factor <= Self.largestFactor ? factor : nil
  }
}

/// The factor ω that the last step suggests.
public struct AitkenFactor: AccelerationMemory {
  /// ω, `nil` for a plain step.
  var value: Double?

  public var footprint: Int { 0 }
  public mutating func removeAll() { value = nil }
}
