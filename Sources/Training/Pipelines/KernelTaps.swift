internal import FixedPoint

/// The terms of a cross-correlation: which entry of the kernel [out, in, kh, kw] joins which pixel of the image to which
/// of the result.
struct KernelTaps {
  let sizes: [Int]
  let height: Int
  let width: Int
  let isCircular: Bool

  init(_ kernel: Shape, height: Int, width: Int, isCircular: Bool) {
    sizes = kernel.sizes
    self.height = height
    self.width = width
    self.isCircular = isCircular
  }

  func visit(_ body: (_ weight: Int, _ source: Int, _ target: Int) -> Void) {
    for output in 0..<sizes[0] {
      for input in 0..<sizes[1] {
        for row in 0..<sizes[2] {
          for column in 0..<sizes[3] {
            let weight = ((output * sizes[1] + input) * sizes[2] + row) * sizes[3] + column
            for y in 0..<height {
              guard let line = place(y + row - sizes[2] / 2, height) else { continue }
              for x in 0..<width {
                guard let pixel = place(x + column - sizes[3] / 2, width) else { continue }
                body(weight, (input * height + line) * width + pixel, (output * height + y) * width + x)
              }
            }
          }
        }
      }
    }
  }

  private func place(_ index: Int, _ size: Int) -> Int? {
    if 0..<size ~= index { return index }
    return isCircular ? (index % size + size) % size : nil
  }
}
