internal import LinearAlgebra

/// A convolution with 0 outside the image.
///
/// Images are [height, width, channels], so that the pixels beside each other in a row are one run of memory; kernels
/// are [side · side · inputs, outputs]. Around every pixel of an image, and of the rows above and below it, the `side`
/// pixels of its row are copied; a row of the kernel then multiplies these runs as they lie, from as many rows down as
/// its number. That takes a `side`-th of the memory of whole patches around the pixels.
struct KernelPart: Sendable {
  let height: Int
  let width: Int
  let inputs: Int
  let outputs: Int
  let side: Int
  let kernel: Range<Int>

  var pixels: Int { height * width }
  /// Entries of a run, and of the rows of a kernel that multiply it.
  private var runSize: Int { side * inputs }
  /// Runs of an image's rows and of those that continue it.
  private var runCount: Int { (height + side - 1) * width }
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

  /// results <- the convolution of each image, with `scratch` for the runs of one.
  func apply<Scalar: BatchScalar>(
    _ kernel: Span<Scalar>, _ images: Span<Scalar>, into results: inout MutableSpan<Scalar>, scratch: inout [Scalar]
  ) {
    let sizes = ProductSizes(pixels, runSize, outputs)
    forEachImage(images, &scratch) { sample, row, runs in
      var result = results._mutatingExtracting(sample * outputCount..<(sample + 1) * outputCount)
      Scalar.multiply(
        runs, .asStored, kernel.extracting(entries(ofKernelRow: row)), .asStored, sizes: sizes, into: &result, scale: 1,
        keep: row == 0 ? 0 : 1)
    }
  }

  /// gradient <- gradient + the kernel's gradient, from the cotangents of the results.
  func accumulate<Scalar: BatchScalar>(
    _ cotangents: Span<Scalar>, at images: Span<Scalar>, to gradient: inout MutableSpan<Scalar>, scratch: inout [Scalar]
  ) {
    let sizes = ProductSizes(runSize, pixels, outputs)
    forEachImage(images, &scratch) { sample, row, runs in
      var slope = gradient._mutatingExtracting(entries(ofKernelRow: row))
      Scalar.multiply(
        runs, .transposed, cotangents.extracting(sample * outputCount..<(sample + 1) * outputCount), .asStored,
        sizes: sizes, into: &slope, scale: 1, keep: 1)
    }
  }

  private func entries(ofKernelRow row: Int) -> Range<Int> {
    row * runSize * outputs..<(row + 1) * runSize * outputs
  }

  /// Calls `body` for every image and row of the kernel, with the runs [pixels, side · inputs] that the row multiplies.
  private func forEachImage<Scalar: BatchScalar>(
    _ images: Span<Scalar>, _ scratch: inout [Scalar], _ body: (Int, Int, Span<Scalar>) -> Void
  ) {
    scratch.reserve(runCount * runSize)
    for sample in 0..<images.count / inputCount {
      let image = images.extracting(sample * inputCount..<(sample + 1) * inputCount)
      scratch.mutate(0..<runCount * runSize) { collect(image, into: &$0) }
      for row in 0..<side {
        let first = row * width * runSize
        body(sample, row, scratch.span.extracting(first..<first + pixels * runSize))
      }
    }
  }

  /// The runs of one image.
  private func collect<Scalar: BatchScalar>(_ image: Span<Scalar>, into runs: inout MutableSpan<Scalar>) {
    let reach = side / 2
    let margin = reach * width * runSize
    var above = runs._mutatingExtracting(0..<margin)
    fill(&above, with: 0)
    var below = runs._mutatingExtracting(runs.count - margin..<runs.count)
    fill(&below, with: 0)
    for y in 0..<height {
      for x in 0..<width {
        let first = max(0, x - reach)
        let last = min(width - 1, x + reach)
        let start = margin + (y * width + x) * runSize
        let lead = start + (first - x + reach) * inputs
        let source = (y * width + first) * inputs..<(y * width + last + 1) * inputs
        for i in start..<lead { runs[i] = 0 }
        var run = runs._mutatingExtracting(lead..<lead + source.count)
        run.copy(image.extracting(source))
        for i in lead + source.count..<start + runSize { runs[i] = 0 }
      }
    }
  }
}
