internal import LinearAlgebra

/// The coordinates u in which a method works: those of the state, or their logarithms on the open cone.
///
/// The logarithms are the natural ones for Thompson's distance: it is the sup norm of their differences.
public enum Coordinates: Sendable, Equatable {
  case state
  case logarithms

  /// Whether an iterate and its image have such coordinates.
  func contain(_ iterate: [Double], _ image: [Double]) -> Bool {
    switch self {
    case .state: iterate.allSatisfy(\.isFinite) && image.allSatisfy(\.isFinite)
    case .logarithms: iterate.allSatisfy(Self.hasLogarithm) && image.allSatisfy(Self.hasLogarithm)
    }
  }

  private static func hasLogarithm(_ number: Double) -> Bool { number > 0 && number.isFinite }

  /// u of a vector.
  func of(_ vector: [Double]) -> [Double] {
    if self == .state { return vector }
    var result = vector
    var entries = result.mutableSpan
    VectorMath.log(&entries)
    return result
  }

  /// The residual in these coordinates: u of the image minus u of the iterate.
  func residual(_ iterate: [Double], _ image: [Double]) -> [Double] { Vector.difference(of(image), of(iterate)) }

  /// The vector whose coordinates are those of `vector` plus `step`.
  func move(_ vector: [Double], by step: [Double]) -> [Double] {
    var result = step
    switch self {
    case .state:
      Vector.add(times: vector, to: &result)
    case .logarithms:
      var entries = result.mutableSpan
      VectorMath.exp(&entries)
      for i in result.indices { result[i] *= vector[i] }
    }
    return result
  }

  /// The vector whose coordinates are `next`, given one whose coordinates are `place`.
  func point(_ next: [Double], from vector: [Double], at place: [Double]) -> [Double] {
    self == .state ? next : move(vector, by: Vector.difference(next, place))
  }

  /// - Throws: ``SolverError/needs(method:requirement:)`` where the cone is left.
  func require(_ iterate: [Double], _ image: [Double], method: String) throws(SolverError) {
    guard self == .logarithms, !contain(iterate, image) else { return }
    throw .needs(method: method, requirement: "a positive iterate with a positive image")
  }
}

extension Vector {
  /// x - y as a new array, for equal lengths.
  static func difference(_ x: [Double], _ y: [Double]) -> [Double] {
    var result = x
    Vector.add(-1, times: y, to: &result)
    return result
  }
}
