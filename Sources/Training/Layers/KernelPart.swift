internal import LinearAlgebra

/// A convolution with 0 outside the image: as one product a sample of the patches around its pixels with the kernel.
///
/// Images are [height, width, channels], so that a row of a patch is one run of memory; kernels are
/// [side · side · inputs, outputs].
struct KernelPart: Sendable {
  let height: Int
  let width: Int
  let inputs: Int
  let outputs: Int
  let side: Int
  let kernel: Range<Int>

  var pixels: Int { height * width }
  var patchSize: Int { side * side * inputs }
  var inputCount: Int { pixels * inputs }
  var outputCount: Int { pixels * outputs }

  /// The kernel of the transposed map, [side · side · outputs, inputs].
  func transposed<Scalar: BatchScalar>(_ kernel: Span<Scalar>) -> [Scalar] {
    var result = [Scalar](repeating: 0, count: kernel.count)
    let taps = side * side
    for tap in 0..<taps {
      for input in 0..<inputs {
        for output in 0..<outputs {
          result[((taps - 1 - tap) * outputs + output) * inputs + input] =
            kernel[
              (tap * inputs + input) * outputs + output]
        }
      }
    }
    return result
  }

  /// The map that goes the other way.
  var reversed: KernelPart {
    KernelPart(height: height, width: width, inputs: outputs, outputs: inputs, side: side, kernel: kernel)
  }

  /// results <- the convolution of each image, with `patches` as scratch of `pixels * patchSize`.
  func apply<Scalar: BatchScalar>(
    _ kernel: Span<Scalar>, _ images: Span<Scalar>, into results: inout MutableSpan<Scalar>, patches: inout [Scalar]
  ) {
    patches.reserve(pixels * patchSize)
    for sample in 0..<images.count / inputCount {
      let image = images.extracting(sample * inputCount..<(sample + 1) * inputCount)
      patches.mutate(0..<pixels * patchSize) { collect(image, into: &$0) }
      var result = results._mutatingExtracting(sample * outputCount..<(sample + 1) * outputCount)
      Scalar.multiply(
        patches.span.extracting(first: pixels * patchSize), .asStored, kernel, .asStored,
        sizes: ProductSizes(pixels, patchSize, outputs), into: &result, scale: 1, keep: 0)
    }
  }

  /// gradient <- gradient + the kernel's gradient, from the cotangents of the results.
  func accumulate<Scalar: BatchScalar>(
    _ cotangents: Span<Scalar>, at images: Span<Scalar>, to gradient: inout MutableSpan<Scalar>,
    patches: inout [Scalar]
  ) {
    patches.reserve(pixels * patchSize)
    for sample in 0..<images.count / inputCount {
      let image = images.extracting(sample * inputCount..<(sample + 1) * inputCount)
      patches.mutate(0..<pixels * patchSize) { collect(image, into: &$0) }
      Scalar.multiply(
        patches.span.extracting(first: pixels * patchSize), .transposed,
        cotangents.extracting(sample * outputCount..<(sample + 1) * outputCount), .asStored,
        sizes: ProductSizes(patchSize, pixels, outputs), into: &gradient, scale: 1, keep: 1)
    }
  }

  /// patches [pixels, patchSize] of one image.
  private func collect<Scalar: BatchScalar>(_ image: Span<Scalar>, into patches: inout MutableSpan<Scalar>) {
    let reach = side / 2
    let run = side * inputs
    for y in 0..<height {
      for x in 0..<width {
        let patch = (y * width + x) * patchSize
        let first = max(0, x - reach)
        let last = min(width - 1, x + reach)
        let lead = (first - x + reach) * inputs
        let length = (last - first + 1) * inputs
        for row in 0..<side {
          var line = patches._mutatingExtracting(patch + row * run..<patch + (row + 1) * run)
          let source = y + row - reach
          guard source >= 0, source < height else {
            fill(&line, with: 0)
            continue
          }
          let start = (source * width + first) * inputs
          for i in 0..<lead { line[i] = 0 }
          for i in 0..<length { line[lead + i] = image[start + i] }
          for i in lead + length..<run { line[i] = 0 }
        }
      }
    }
  }
}
