import Glibc
public import Screen

/// What a colour looks like to people of each kind of colour vision, and how far two are apart for them.
public enum ColorVision: Sendable, CaseIterable {
  case all, protanopia, deuteranopia, tritanopia

  /// Linear RGB as it is seen, row by row.
  ///
  /// Source: Machado, Oliveira, Fernandes, *A physiologically-based model for simulation of color vision deficiency*,
  /// 2009, table for severity 1.0.
  private var matrix: [[Double]] {
    switch self {
    case .all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    case .deuteranopia:
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    case .tritanopia:
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    }
  }

  /// The distance of two colours in CIELAB (1976): about 2.3 is just noticeable side by side.
  public func distance(_ one: Color, _ other: Color) -> Double {
    zip(lab(one), lab(other)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
  }

  private func lab(_ color: Color) -> [Double] {
    let linear = Self.levels(of: color).map(Self.linear)
    let seen = matrix.map { row in min(1, max(0, zip(row, linear).map(*).reduce(0, +))) }
    let xyz = zip(Self.toXYZ, Self.white).map { row, white in
      Self.compressed(zip(row, seen).map(*).reduce(0, +) / white)
    }
    return [116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])]
  }

  /// Source: IEC 61966-2-1, D65.
  private static let toXYZ = [
    [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041],
  ]
  private static let white = [0.95047, 1, 1.08883]

  private static func linear(_ level: Double) -> Double {
    level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4)
  }

  private static func compressed(_ share: Double) -> Double {
    share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
  }

  /// Red, green and blue from 0 to 1; of an index as xterm has it.
  private static func levels(of color: Color) -> [Double] {
    let bytes: [Int] =
      switch color {
      case .standard: [0, 0, 0]
      case .rgb(let red, let green, let blue): [Int(red), Int(green), Int(blue)]
      case .palette(let index) where index < 16: xterm[Int(index)]
      case .palette(let index) where index < 232: cube(Int(index) - 16)
      case .palette(let index): Array(repeating: 8 + 10 * (Int(index) - 232), count: 3)
      }
    return bytes.map { Double($0) / 255 }
  }

  private static func cube(_ index: Int) -> [Int] {
    [index / 36, index / 6 % 6, index % 6].map { $0 == 0 ? 0 : 55 + 40 * $0 }
  }

  private static let xterm = [
    [0, 0, 0], [205, 0, 0], [0, 205, 0], [205, 205, 0], [0, 0, 238], [205, 0, 205], [0, 205, 205], [229, 229, 229],
    [127, 127, 127], [255, 0, 0], [0, 255, 0], [255, 255, 0], [92, 92, 255], [255, 0, 255], [0, 255, 255],
    [255, 255, 255],
  ]
}
