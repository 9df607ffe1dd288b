internal import Glibc

/// What a formula for an activation needs of its numbers: written once, it is evaluated with numbers and with intervals.
protocol ElementaryScalar {
  init(_ value: Double)
  static prefix func - (operand: Self) -> Self
  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
  static var pi: Self { get }
  /// 2 / √π
  static var twoOverRootPi: Self { get }
  static func root(_ operand: Self) -> Self
  static func exp(_ operand: Self) -> Self
  static func expm1(_ operand: Self) -> Self
  static func log1p(_ operand: Self) -> Self
  static func tanh(_ operand: Self) -> Self
  static func atan(_ operand: Self) -> Self
  static func erf(_ operand: Self) -> Self
  static func erfc(_ operand: Self) -> Self
  static func sin(_ operand: Self) -> Self
  static func cos(_ operand: Self) -> Self
  /// exp(factor · t²), for a negative power of two.
  static func exp(_ factor: Double, timesSquareOf t: Self) -> Self
  /// Φ(t) = erfc(-t / √2) / 2: accurate in the left tail.
  static func normalDistribution(_ t: Self) -> Self
}

extension Double: ElementaryScalar {
  static let twoOverRootPi = 2 / Double.pi.squareRoot()
  static func root(_ operand: Double) -> Double { operand.squareRoot() }
  static func exp(_ operand: Double) -> Double { Glibc.exp(operand) }
  static func expm1(_ operand: Double) -> Double { Glibc.expm1(operand) }
  static func log1p(_ operand: Double) -> Double { Glibc.log1p(operand) }
  static func tanh(_ operand: Double) -> Double { Glibc.tanh(operand) }
  static func atan(_ operand: Double) -> Double { Glibc.atan(operand) }
  static func erf(_ operand: Double) -> Double { Glibc.erf(operand) }
  static func erfc(_ operand: Double) -> Double { Glibc.erfc(operand) }
  static func sin(_ operand: Double) -> Double { Glibc.sin(operand) }
  static func cos(_ operand: Double) -> Double { Glibc.cos(operand) }
  static func exp(_ factor: Double, timesSquareOf t: Double) -> Double { Glibc.exp(factor * (t * t)) }
  static func normalDistribution(_ t: Double) -> Double { 0.5 * Glibc.erfc(-(t * (0.5).squareRoot())) }
}
