internal import Glibc

/// A complex number, for eigenvalues.
public struct ComplexNumber: Sendable, Hashable {
  public let real: Double
  public let imaginary: Double

  public init(_ real: Double, _ imaginary: Double = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  /// |z|, without overflow on the way.
  public var magnitude: Double { hypot(real, imaginary) }

  /// The angle of z in (-π, π].
  public var argument: Double { atan2(imaginary, real) }
}
