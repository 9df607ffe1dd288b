import Glibc
import LinearAlgebra
import TestSupport
import Testing

@Suite struct VectorMathTests {
  struct Function: Sendable, CustomTestStringConvertible {
    let name: String
    /// Where samples are drawn from.
    let range: ClosedRange<Double>
    let library: @Sendable (Double) -> Double
    let vector: @Sendable ([Double]) -> [Double]
    let inPlace: @Sendable ([Double]) -> [Double]

    var testDescription: String { name }
  }

  private static func apply(
    _ x: [Double], _ body: (Span<Double>, inout MutableSpan<Double>) -> Void
  ) -> [Double] {
    var result = [Double](repeating: .nan, count: x.count)
    var span = result.mutableSpan
    body(x.span, &span)
    return result
  }

  private static func apply(_ x: [Double], _ body: (inout MutableSpan<Double>) -> Void) -> [Double] {
    var result = x
    var span = result.mutableSpan
    body(&span)
    return result
  }

  static let functions = [
    Function(
      name: "tanh", range: -25...25, library: { Glibc.tanh($0) },
      vector: { apply($0) { VectorMath.tanh($0, into: &$1) } },
      inPlace: { apply($0) { VectorMath.tanh(&$0) } }),
    Function(
      name: "exp", range: -700...700, library: { Glibc.exp($0) },
      vector: { apply($0) { VectorMath.exp($0, into: &$1) } },
      inPlace: { apply($0) { VectorMath.exp(&$0) } }),
    Function(
      name: "log", range: 0x1p-60...9000, library: { Glibc.log($0) },
      vector: { apply($0) { VectorMath.log($0, into: &$1) } },
      inPlace: { apply($0) { VectorMath.log(&$0) } }),
    Function(
      name: "log1p", range: -0.999...900, library: { Glibc.log1p($0) },
      vector: { apply($0) { VectorMath.log1p($0, into: &$1) } },
      inPlace: { apply($0) { VectorMath.log1p(&$0) } }),
    Function(
      name: "expm1", range: -40...700, library: { Glibc.expm1($0) },
      vector: { apply($0) { VectorMath.expm1($0, into: &$1) } },
      inPlace: { apply($0) { VectorMath.expm1(&$0) } }),
    Function(
      name: "atan", range: -90...90, library: { Glibc.atan($0) },
      vector: { apply($0) { VectorMath.atan($0, into: &$1) } },
      inPlace: { apply($0) { VectorMath.atan(&$0) } }),
    Function(
      name: "erf", range: -6...6, library: { Glibc.erf($0) },
      vector: { apply($0) { VectorMath.erf($0, into: &$1) } },
      inPlace: { apply($0) { VectorMath.erf(&$0) } }),
    Function(
      name: "sin", range: -300...300, library: { Glibc.sin($0) },
      vector: { apply($0) { VectorMath.sin($0, into: &$1) } },
      inPlace: { apply($0) { VectorMath.sin(&$0) } }),
    Function(
      name: "cos", range: -300...300, library: { Glibc.cos($0) },
      vector: { apply($0) { VectorMath.cos($0, into: &$1) } },
      inPlace: { apply($0) { VectorMath.cos(&$0) } }),
  ]

  @Test(arguments: functions) func withinTheErrorBound(_ function: Function) throws {
    let references = try #require(vectorMathReferences[function.name])
    #expect(references.count > 20)
    let results = function.vector(references.map(\.argument))
    for (result, reference) in zip(results, references) {
      let error = abs((result - reference.high) - reference.low) / reference.high.ulp
      #expect(error <= VectorMath.errorBoundInUlps, "\(function.name)(\(reference.argument))")
    }
  }

  /// libm's own error is below 1 ulp.
  @Test(arguments: functions) func agreesWithTheLibrary(_ function: Function) {
    var generator = SeededGenerator(seed: 13)
    let samples =
      generator.vector(2000, in: function.range) + generator.vector(500, in: 0...1).map { $0 * 0x1p-30 }
    for (x, result) in zip(samples, function.vector(samples)) {
      let expected = function.library(x)
      #expect(abs(result - expected) <= (VectorMath.errorBoundInUlps + 1) * expected.ulp, "\(function.name)(\(x))")
    }
  }

  static let special: [Double] = [
    0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, -.leastNormalMagnitude,
    .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, .nan, 1, -1, -2, 0x1.8p-1030,
    -0x1.8p-1030, 710,
    -746, -745.1, -708.5, 709.9,
  ]

  /// Signs of zero, infinities, poles, overflow, underflow, and what is not a number.
  @Test(arguments: functions) func specialValuesAreTheLibrarys(_ function: Function) {
    for (x, result) in zip(Self.special, function.vector(Self.special)) {
      let expected = function.library(x)
      if expected.isNaN {
        #expect(result.isNaN, "\(function.name)(\(x))")
      } else if expected == 0 || expected.isInfinite {
        #expect(result.bitPattern == expected.bitPattern, "\(function.name)(\(x))")
      } else {
        #expect(abs(result - expected) <= (VectorMath.errorBoundInUlps + 1) * expected.ulp, "\(function.name)(\(x))")
      }
    }
  }

  /// Alone, at every place of vectors of every length up to 19, beside special values, and in place: the same bits.
  @Test(arguments: functions) func entriesDoNotSeeEachOther(_ function: Function) {
    var generator = SeededGenerator(seed: 14)
    let mixed = zip(generator.vector(21, in: function.range), Self.special).flatMap { [$0, $1] }
    let alone = mixed.map { function.vector([$0])[0].bitPattern }
    for start in 0..<mixed.count {
      for length in 0..<min(20, mixed.count - start) {
        let part = Array(mixed[start..<(start + length)])
        #expect(function.vector(part).map(\.bitPattern) == Array(alone[start..<(start + length)]))
        #expect(function.inPlace(part).map(\.bitPattern) == Array(alone[start..<(start + length)]))
      }
    }
  }

  @Test func namesItsInstructionSet() { #expect(["avx512", "avx2", "scalar"].contains(VectorMath.kernelName)) }

  /// Sums are those of single numbers, whatever the length and wherever the lanes end.
  @Test(arguments: [0, 1, 3, 4, 7, 8, 9, 16, 31, 87])
  func sumsAreThoseOfSingleNumbers(count: Int) {
    var generator = SeededGenerator(seed: 12)
    let (x, y) = (generator.vector(count), generator.vector(count))
    var shifted = x
    var target = shifted.mutableSpan
    VectorMath.add(0.3, to: &target)
    #expect(shifted == x.map { $0 + 0.3 })
    var sum = x
    target = sum.mutableSpan
    VectorMath.add(y.span, to: &target)
    #expect(sum == zip(x, y).map { $0 + $1 })
    var other = [Double](repeating: .nan, count: count)
    target = other.mutableSpan
    VectorMath.add(x.span, y.span, into: &target)
    #expect(other == sum)
  }
}
