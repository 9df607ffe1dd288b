internal import LinearAlgebra

/// Cross-correlation of planes with a kernel of odd height and width, the planes continued so that their size stays.
///
/// result[o, y, x] = Σ kernel[o, i, a, b] · v[i, y + a - kh/2, x + b - kw/2], with / rounding down.
///
/// Every plane is copied once for each b, shifted by b and continued above and below; a shift by a is then an offset
/// into the copies, and the sum one matrix product for each row a of the kernel. With 32 channels of 28 x 28 and a
/// kernel of 3 x 3 this runs at nine tenths of the rate of a large matrix product; copies for each (a, b), as usual,
/// reach eight tenths and take three times the memory.
struct Correlation: Sendable {
  enum Padding: String, CaseIterable, Sendable {
    /// 0 outside.
    case zero
    /// The plane repeated.
    case circular
  }

  /// [out, in, kh, kw].
  let kernel: Tensor
  let padding: Padding
  let height: Int
  let width: Int
  /// For every row a of the kernel the matrix kernel[o, (i, b)].
  private let slices: [Matrix]

  init(_ kernel: Tensor, padding: Padding, height: Int, width: Int) {
    self.kernel = kernel
    self.padding = padding
    self.height = height
    self.width = width
    slices = (0..<kernel.shape.sizes[2]).map { Correlation.slice($0, of: kernel) }
  }

  private static func slice(_ a: Int, of kernel: Tensor) -> Matrix {
    let (outputs, inputs, rows, columns) = kernel.sizes
    var result = Matrix(rows: outputs, columns: inputs * columns)
    for o in 0..<outputs {
      for i in 0..<inputs {
        for b in 0..<columns {
          result[o, i * columns + b] = kernel.values[((o * inputs + i) * rows + a) * columns + b]
        }
      }
    }
    return result
  }

  var inputs: Int { kernel.sizes.inputs }
  var outputs: Int { kernel.sizes.outputs }

  /// Entries of a copy of a plane: its rows and those that continue it.
  private var copySize: Int { (height + kernel.sizes.rows - 1) * width }
  var scratchCount: Int { inputs * kernel.sizes.columns * copySize }

  func multiply(
    _ vector: Span<Double>, into result: inout MutableSpan<Double>, using scratch: inout MutableSpan<Double>
  ) {
    fill(&scratch, from: vector)
    let (stride, size) = (copySize, height * width)
    slices[0].multiply(strided: scratch.span, stride: stride, width: size, into: &result)
    for a in 1..<slices.count {
      slices[a].add(
        strided: scratch.span.extracting(droppingFirst: a * width), stride: stride, width: size, to: &result)
    }
  }

  /// The same with scratch of its own.
  func multiply(_ vector: Span<Double>, into result: inout MutableSpan<Double>) {
    var scratch = [Double](repeating: 0, count: scratchCount)
    var span = scratch.mutableSpan
    multiply(vector, into: &result, using: &span)
  }

  private func fill(_ scratch: inout MutableSpan<Double>, from vector: Span<Double>) {
    let (_, inputs, _, columns) = kernel.sizes
    let planeSize = height * width
    var start = 0
    for i in 0..<inputs {
      let plane = vector.extracting(i * planeSize..<(i + 1) * planeSize)
      for b in 0..<columns {
        var copy = scratch._mutatingExtracting(start..<start + copySize)
        fillRows(of: &copy, from: plane, shift: b - columns / 2)
        continueRows(of: &copy)
        start += copySize
      }
    }
  }

  /// Where the rows of the plane itself start in a copy.
  private var margin: Int { kernel.sizes.rows / 2 * width }

  /// Copies the plane shifted to the left as one piece, then mends the columns into which the next row has run.
  private func fillRows(of copy: inout MutableSpan<Double>, from plane: Span<Double>, shift: Int) {
    let kept = max(plane.count - abs(shift), 0)
    let start = margin + min(max(-shift, 0), plane.count)
    let from = min(max(shift, 0), plane.count)
    var target = copy._mutatingExtracting(start..<start + kept)
    target.copy(plane.extracting(from..<from + kept))
    for x in shift < 0 ? 0..<min(-shift, width) : max(width - shift, 0)..<width {
      let source = place(x + shift, width)
      for y in 0..<height { copy[margin + y * width + x] = source.map { plane[y * width + $0] } ?? 0 }
    }
  }

  /// Writes the rows above and below the plane's.
  private func continueRows(of copy: inout MutableSpan<Double>) {
    let above = kernel.sizes.rows / 2
    for y in -above..<height + above where !(0..<height ~= y) {
      let source = place(y, height).map { margin + $0 * width }
      for x in 0..<width { copy[margin + y * width + x] = source.map { copy[$0 + x] } ?? 0 }
    }
  }

  /// Where an index that may lie outside is found; `nil` if there is 0.
  private func place(_ index: Int, _ size: Int) -> Int? {
    if 0..<size ~= index { return index }
    return padding == .zero ? nil : (index % size + size) % size
  }

  /// The transposed map: in and out exchanged, the kernel turned by half a circle.
  var transposed: Correlation {
    let (outputs, inputs, rows, columns) = kernel.sizes
    var values: [Double] = []
    values.reserveCapacity(kernel.values.count)
    for i in 0..<inputs {
      for o in 0..<outputs {
        let start = (o * inputs + i) * rows * columns
        values += kernel.values[start..<start + rows * columns].reversed()
      }
    }
    let shape = Shape([inputs, outputs, rows, columns])
    return Correlation(Tensor(shape: shape, values: values), padding: padding, height: height, width: width)
  }

  /// The entries of a row of the map's matrix, by column.
  func terms(ofRow row: Int) -> [SparseTerm] {
    let (_, inputs, rows, columns) = kernel.sizes
    let (o, y, x) = (row / (height * width), row / width % height, row % width)
    var terms: [SparseTerm] = []
    for i in 0..<inputs {
      for a in 0..<rows {
        guard let line = place(y + a - rows / 2, height) else { continue }
        for b in 0..<columns {
          guard let column = place(x + b - columns / 2, width) else { continue }
          let weight = kernel.values[((o * inputs + i) * rows + a) * columns + b]
          terms.append(SparseTerm(column: (i * height + line) * width + column, weight: Interval(weight)))
        }
      }
    }
    return terms
  }
}

extension Tensor {
  /// The sizes of a kernel [out, in, kh, kw].
  fileprivate var sizes: (outputs: Int, inputs: Int, rows: Int, columns: Int) {
    (shape.sizes[0], shape.sizes[1], shape.sizes[2], shape.sizes[3])
  }
}
