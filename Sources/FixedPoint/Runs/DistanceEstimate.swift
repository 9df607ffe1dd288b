internal import LinearAlgebra

/// How far a vector is from a fixed point, estimated from the derivative there: a residual alone does not tell.
///
/// The estimate is the length of a Newton step, ‖(I - J)⁻¹ (f(z) - z)‖₂, in one dimension |f(z) - z|/|1 - ρ|. It proves
/// nothing: on z + exp(-z), which has no fixed point, it is 1 everywhere, however small the residual becomes.
/// Source: Kelley, *Iterative Methods for Linear and Nonlinear Equations*, SIAM 1995, section 5.2.
public struct DistanceEstimate: Sendable, Equatable {
  /// An estimate is made for states of at most this many entries: it takes an LU factorisation, and the eigenvalues of J
  /// where it says that the residual tells nothing.
  public static let largestDimension = 512

  /// The length of the Newton step; `nil` where I - J is singular to working precision.
  public let distance: Double?
  /// ‖f(z) - z‖₂
  public let residual: Double
  /// ‖z‖₂
  public let size: Double
  /// ρ(J), only where the residual tells nothing.
  public let spectralRadius: Double?

  /// Whether the residual tells nothing about the distance: the estimate is a thousand times as large, and no small
  /// part of the vector, or there is none.
  public var isOpen: Bool {
    guard residual > 0 else { return false }
    guard let distance else { return true }
    return distance > Self.amplification * residual && distance > max(Self.part, 10 * residual / size) * size
  }

  private static let amplification = 1000.0
  private static let part = 0.01

  /// `nil` where the state is too large or a value is not finite. One evaluation of f and one Jacobian.
  public init?(of network: Network, at iterate: [Double]) {
    guard iterate.count <= Self.largestDimension, iterate.allSatisfy(\.isFinite) else { return nil }
    self.init(network.jacobian(at: iterate), at: iterate, image: network.image(of: iterate))
  }

  /// From J and f(z) at an iterate z; `nil` where a value is not finite.
  init?(_ jacobian: Matrix, at iterate: [Double], image: [Double]) {
    let isFinite = [iterate, image, jacobian.values].allSatisfy { $0.allSatisfy(\.isFinite) }
    guard isFinite else { return nil }
    let difference = Vector.difference(image, iterate)
    let residual = Vector.norm2(difference)
    let distance = residual == 0 ? 0 : Self.step(jacobian, difference)
    let found = DistanceEstimate(distance: distance, residual: residual, size: Vector.norm2(iterate))
    self = found.isOpen ? found.with(spectralRadius: try? jacobian.spectralRadius()) : found
  }

  private init(distance: Double?, residual: Double, size: Double, spectralRadius: Double? = nil) {
    self.distance = distance
    self.residual = residual
    self.size = size
    self.spectralRadius = spectralRadius
  }

  private func with(spectralRadius: Double?) -> DistanceEstimate {
    DistanceEstimate(distance: distance, residual: residual, size: size, spectralRadius: spectralRadius)
  }

  private static func step(_ jacobian: Matrix, _ difference: [Double]) -> Double? {
    let system = Matrix.identity(jacobian.rows).adding(-1, times: jacobian)
    guard let factors = try? LUFactorization(system), factors.reciprocalCondition >= .ulpOfOne else { return nil }
    let length = Vector.norm2(factors.solve(difference))
    return length.isFinite ? length : nil
  }
}

extension Run where Map == Network {
  /// At the last row; `nil` before the first, and where there is none.
  public var distanceEstimate: DistanceEstimate? {
    trace.isEmpty ? nil : DistanceEstimate(of: map, at: iterate)
  }
}
