import LinearAlgebra
import TestSupport
import Testing

@testable import FixedPoint

/// Values from a loop over all six indices, written in another language; the integers make them exact.
@Suite struct ConvolveTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let kernel: [Int]
    let image: [Int]
    let padding: String
    let expected: [Double]
    var testDescription: String { "\(kernel) on \(image), \(padding)" }
  }

  static let cases: [Case] = [
    Case(
      kernel: [2, 3, 3, 3], image: [3, 2, 4], padding: "zero",
      expected: [-66, -65, 23, 31, -22, 22, 12, -58, -20, 19, -76, 12, 28, 69, -87, -78]),
    Case(kernel: [1, 2, 5, 3], image: [2, 3, 2], padding: "zero", expected: [-14, 60, -73, 50, -7, 33]),
    Case(
      kernel: [2, 2, 1, 1], image: [2, 2, 3], padding: "zero",
      expected: [-14, 2, 8, 4, 16, -8, 26, -22, -32, -4, -16, -16]),
    Case(
      kernel: [2, 2, 1, 1], image: [2, 2, 3], padding: "circular",
      expected: [-14, 2, 8, 4, 16, -8, 26, -22, -32, -4, -16, -16]),
    Case(
      kernel: [2, 1, 3, 5], image: [1, 3, 5], padding: "zero",
      expected: [
        -59, -72, 69, 35, -28, 20, 58, 2, -62, -43, -19, -55, -11, -28, 57, -52, -69, 41, 73, -4, -44, 50, 54, 8, -63,
        59, 11, -22, -19, -23,
      ]),
    Case(
      kernel: [2, 1, 3, 5], image: [1, 3, 5], padding: "circular",
      expected: [
        -102, -97, 94, 86, 3, 21, 83, 2, -69, -51, 46, -104, -57, -26, 163, -94, -35, -7, 137, 27, -60, 67, 54, 3, -138,
        97, 1, -49, -9, 10,
      ]),
    Case(
      kernel: [1, 1, 5, 5], image: [1, 5, 6], padding: "zero",
      expected: [
        67, -108, -69, 42, 31, 9, -114, 17, 157, 14, -86, 27, 165, 95, -187, -65, 45, 28, -60, -142, 23, 100, -7, -27,
        -7, 134, 64, -120, -57, 11,
      ]),
    Case(
      kernel: [1, 1, 5, 5], image: [1, 5, 6], padding: "circular",
      expected: [
        49, -122, -136, 37, 68, 124, -174, -12, 223, 50, -91, -47, 194, 76, -187, -65, 3, -4, -28, -184, 22, 127, 22,
        21, -46, 254, 67, -174, -30, -101,
      ]),
  ]

  /// ((a k² + b k + 3) mod m) - m/2 for k = 0, 1, …
  private static func integers(_ sizes: [Int], _ m: Int, _ a: Int, _ b: Int) -> Tensor {
    let shape = Shape(sizes)
    return Tensor(
      shape: shape, values: (0..<shape.count).map { k in Double((a * k * k + b * k + 3) % m - m / 2) })
  }

  private static func convolve(_ kernel: Tensor, on image: [Int], _ padding: String = "zero") throws -> Convolve {
    let shape = Shape(image)
    return try Convolve(
      FieldValues(["kernel": .tensor(kernel), "padding": .text(padding)]),
      in: OperatorContext(incoming: shape, state: shape, input: nil))
  }

  @Test(arguments: cases)
  func valuesOfADirectLoop(_ example: Case) throws {
    let link = try Self.convolve(Self.integers(example.kernel, 11, 2, 7), on: example.image, example.padding)
    let value = Self.integers(example.image, 13, 3, 5).values
    #expect(filled(link.outputShape.count) { link.multiply(value.span, into: &$0) } == example.expected)
    #expect(link.outputShape == Shape([example.kernel[0]] + example.image.dropFirst()))
  }

  @Test func zeroIsTheDefaultPadding() throws {
    let kernel = Tensor(filling: Shape([1, 1, 3, 3]), with: 1)
    let shape = Shape([1, 2, 2])
    let link = try Convolve(
      FieldValues(["kernel": .tensor(kernel)]), in: OperatorContext(incoming: shape, state: shape, input: nil))
    let ones = [Double](repeating: 1, count: 4)
    #expect(filled(4) { link.multiply(ones.span, into: &$0) } == [4, 4, 4, 4])
  }

  /// A circular kernel adds its entries up at every pixel of a constant image.
  @Test func constantImagesAreEigenvectorsOnATorus() throws {
    let kernel = Self.integers([1, 1, 3, 5], 11, 2, 7)
    let link = try Self.convolve(kernel, on: [1, 4, 7], "circular")
    let image = filled(28) { link.multiply([Double](repeating: 1, count: 28).span, into: &$0) }
    #expect(image == Array(repeating: kernel.values.reduce(0, +), count: 28))
  }

  @Test func nonNegativeKernelsKeepExactSigns() throws {
    let kernel = Tensor(filling: Shape([2, 2, 3, 3]), with: 0.1)
    let link = try Self.convolve(kernel, on: [2, 3, 3])
    let zeros = [Double](repeating: 0, count: 18)
    let box = IntervalVector(lower: zeros, upper: zeros.map { $0 + 1 })
    let image = try link.enclose(box, state: box)
    #expect(image.lower == zeros)
    #expect(image.upper.allSatisfy { $0 >= 0.8 && $0 < 1.81 })
    let jacobian = try link.encloseJacobian(over: box, times: .identity(18))
    #expect(jacobian.lower.values.allSatisfy { $0 >= 0 })
    #expect(jacobian.upper[0, 8] == 0)
  }

  @Test func unboundedBoxesStayUnbounded() throws {
    let link = try Self.convolve(Tensor(filling: Shape([1, 1, 3, 3]), with: 0.1), on: [1, 1, 3])
    let box = IntervalVector(lower: [0, 0, 0], upper: [1, 1, .infinity])
    let image = try link.enclose(box, state: box)
    #expect(image.lower == [0, 0, 0])
    #expect(image.upper[0].isFinite && image.upper[1] == .infinity && image.upper[2] == .infinity)
  }

  /// Buffers that other maps have used change nothing.
  @Test func sharedBuffersGiveTheSameBits() throws {
    let links = try [[2, 3, 3, 3], [3, 2, 5, 1]].map {
      try Self.convolve(Self.integers($0, 11, 2, 7), on: [$0[1], 6, 5])
    }
    let there = try Network(stateShape: Shape([3, 6, 5]), operators: links)
    let back = try Network(stateShape: Shape([2, 6, 5]), operators: links.reversed())
    var workspace = Workspace()
    for network in [there, back, there, back] {
      var generator = SeededGenerator(seed: 3)
      let point = generator.vector(network.dimension)
      let image = filled(network.dimension) { network.evaluate(point.span, into: &$0, using: &workspace) }
      #expect(image == network.image(of: point))
      #expect(image == network.values(at: point)[2])
    }
  }
}
