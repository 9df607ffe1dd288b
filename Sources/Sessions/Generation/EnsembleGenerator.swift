import FixedPoint

/// Makes the numbers of an ``Ensemble``: documented, and the same bits on every machine.
///
/// The tensor is a matrix of `rows` (its first axis) by `columns` (the product of the others); a vector is one column.
/// Draws are made by one ``RandomGenerator`` seeded with the ensemble's seed, entries in row-major order, each with
/// standard deviation s = gain/sqrt(fan-in); fan-in is the number of inputs that a unit has on average:
///
/// | law | entries | fan-in |
/// |---|---|---|
/// | `gaussian` | s · normal | columns |
/// | `uniform` | s · √3 · (2u - 1) | columns |
/// | `orthogonal` | Q of the Householder QR of a tall normal matrix, R's diagonal made positive (Haar measure); transposed if the ensemble is wide, times sqrt(rows/columns) if it is tall, times gain | columns |
/// | `sparse` | for each entry a uniform u; where u < density, s · normal | density · columns |
/// | `low-rank` | s/sqrt(rank) · A Bᵀ; A (rows x rank) drawn before B (columns x rank) | columns |
/// | `symmetric` | i <= j drawn as s · normal, mirrored | columns |
/// | `antisymmetric` | i < j drawn as s · normal, mirrored with the other sign, diagonal 0 | columns |
/// | `banded` | where the distance of i and j is at most width, s · normal | mean number of entries in a row |
/// | `correlated` | i <= j drawn as s · g; for i < j entry (j, i) is s · (c g + sqrt(1 - c²) h), h drawn after g | columns |
///
/// Constraints come after: `nonnegative` takes absolute values; `row-stochastic` takes absolute values and divides each
/// row by its sum; the others multiply the matrix by r over the present value of their quantity. The spectral radius is
/// found by ``HessenbergEigenvalues``, and is 0 where the entries that are not 0 form no cycle; ‖W‖₂ is the square root of
/// that of WᵀW, the Perron root that of |W|.
///
/// Source of `correlated`: Sommers, Crisanti, Sompolinsky, Stein, *Spectrum of large random asymmetric matrices*, 1988.
struct EnsembleGenerator {
  private let ensemble: Ensemble
  private let rows: Int
  private let columns: Int
  private var random: RandomGenerator
  private var values: [Double]

  /// - Throws: ``FieldError`` if the law or the constraint asks for another shape, or a rescaling finds nothing to scale.
  static func generate(_ ensemble: Ensemble, shape: Shape) throws(FieldError) -> Tensor {
    var generator = EnsembleGenerator(ensemble, shape)
    try generator.draw()
    try generator.constrain()
    guard generator.values.allSatisfy(\.isFinite) else {
      throw FieldError(field: "gain", expected: "a gain that keeps entries finite", found: "\(ensemble.gain)")
    }
    return Tensor(shape: shape, values: generator.values)
  }

  private init(_ ensemble: Ensemble, _ shape: Shape) {
    self.ensemble = ensemble
    rows = shape.sizes.first ?? 1
    columns = shape.count / rows
    random = RandomGenerator(seed: ensemble.seed)
    values = Array(repeating: 0, count: shape.count)
  }

  // MARK: Laws

  private mutating func draw() throws(FieldError) {
    let deviation = self.deviation
    switch ensemble.law {
    case .gaussian: fill { _, _, random in deviation * random.normal() }
    case .uniform: fill { _, _, random in deviation * 1.7320508075688772 * (2 * random.uniform() - 1) }
    case .sparse(let density): fill { _, _, random in random.uniform() < density ? deviation * random.normal() : 0 }
    case .banded(let width):
      fill { row, column, random in abs(row - column) <= width ? deviation * random.normal() : 0 }
    case .orthogonal: drawOrthogonal()
    case .lowRank(let rank): try drawLowRank(rank, deviation)
    case .symmetric:
      try drawPairs { random in
        let g = deviation * random.normal()
        return (g, g)
      }
    case .antisymmetric:
      try drawPairs(diagonal: false) { random in
        let g = deviation * random.normal()
        return (g, -g)
      }
    case .correlated(let correlation): try drawCorrelated(correlation, deviation)
    }
  }

  private var deviation: Double { ensemble.gain / fanIn.squareRoot() }

  private var fanIn: Double {
    switch ensemble.law {
    case .sparse(let density): return density * Double(columns)
    case .banded(let width):
      var count = 0
      for row in 0..<rows {
        count += max(0, min(columns - 1, row + min(width, columns)) - max(0, row - min(width, rows)) + 1)
      }
      return Double(max(count, 1)) / Double(rows)
    default: return Double(columns)
    }
  }

  private mutating func fill(_ entry: (Int, Int, inout RandomGenerator) -> Double) {
    for row in 0..<rows {
      for column in 0..<columns { values[row * columns + column] = entry(row, column, &random) }
    }
  }

  private mutating func drawOrthogonal() {
    let tall = max(rows, columns)
    let short = min(rows, columns)
    let normals = (0..<tall * short).map { _ in random.normal() }
    let q = orthonormalColumns(of: normals, rows: tall, columns: short)
    let scale = rows > columns ? ensemble.gain * (Double(rows) / Double(columns)).squareRoot() : ensemble.gain
    for row in 0..<rows {
      for column in 0..<columns {
        values[row * columns + column] = scale * (rows >= columns ? q[row * short + column] : q[column * short + row])
      }
    }
  }

  private mutating func drawLowRank(_ rank: Int, _ deviation: Double) throws(FieldError) {
    guard rank <= min(rows, columns) else {
      throw FieldError(field: "rank", expected: "at most \(min(rows, columns))", found: "\(rank)")
    }
    let left = (0..<rows * rank).map { _ in random.normal() }
    let right = (0..<columns * rank).map { _ in random.normal() }
    let scale = deviation / Double(rank).squareRoot()
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0.0
        for k in 0..<rank { sum += left[row * rank + k] * right[column * rank + k] }
        values[row * columns + column] = scale * sum
      }
    }
  }

  private mutating func drawPairs(
    diagonal: Bool = true, _ pair: (inout RandomGenerator) -> (Double, Double)
  ) throws(FieldError) {
    try requireSquare(ensemble.law.name)
    for row in 0..<rows {
      for column in (diagonal ? row : row + 1)..<max(columns, row + 1) {
        let (upper, lower) = pair(&random)
        values[column * columns + row] = lower
        values[row * columns + column] = upper
      }
    }
  }

  private mutating func drawCorrelated(_ correlation: Double, _ deviation: Double) throws(FieldError) {
    try requireSquare(ensemble.law.name)
    let rest = (1 - correlation * correlation).squareRoot()
    for row in 0..<rows {
      values[row * columns + row] = deviation * random.normal()
      for column in row + 1..<max(columns, row + 1) {
        let g = random.normal()
        values[row * columns + column] = deviation * g
        values[column * columns + row] = deviation * (correlation * g + rest * random.normal())
      }
    }
  }

  private func requireSquare(_ what: String) throws(FieldError) {
    guard rows == columns else {
      throw FieldError(field: "", expected: "a square shape for \(what)", found: "\(rows) x \(columns)")
    }
  }

  // MARK: Constraints

  private mutating func constrain() throws(FieldError) {
    switch ensemble.constraint {
    case nil: break
    case .nonnegative: values = values.map(\.magnitude)
    case .rowStochastic: try makeRowStochastic()
    case .spectralRadius(let target):
      try requireSquare("spectralRadius")
      try rescale("spectralRadius", from: Self.radius(ofCyclesIn: values, size: rows), to: target)
    case .norm2(let target):
      try rescale("norm2", from: spectralRadius(of: gram, size: columns).squareRoot(), to: target)
    case .normInf(let target): try rescale("normInf", from: largestRowSum, to: target)
    case .perronRoot(let target):
      try requireSquare("perronRoot")
      try rescale("perronRoot", from: Self.radius(ofCyclesIn: values.map(\.magnitude), size: rows), to: target)
    }
  }

  private mutating func makeRowStochastic() throws(FieldError) {
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      let sum = values[range].reduce(0) { $0 + $1.magnitude }
      guard sum > 0 else {
        throw FieldError(field: "constraint", expected: "an entry in every row", found: "none in row \(row)")
      }
      for position in range { values[position] = values[position].magnitude / sum }
    }
  }

  private mutating func rescale(_ name: String, from present: Double, to target: Double) throws(FieldError) {
    // Below the smallest normal number the factor overflows.
    guard present >= .leastNormalMagnitude, present.isFinite else {
      let reason = present == 0 && name != "norm2" && name != "normInf" ? ": it is nilpotent" : ""
      throw FieldError(
        field: "constraint", expected: "a matrix whose \(name) can be scaled", found: "\(name) \(present)" + reason)
    }
    let factor = target / present
    values = values.map { $0 * factor }
  }

  /// The spectral radius of a square matrix, which is that of its cycles alone: 0 exactly where there is none. The rest
  /// makes the matrix defective, and hides it: of a block of order k the eigenvalue 0 is found to about the k-th root
  /// of the rounding error.
  static func radius(ofCyclesIn matrix: [Double], size: Int) -> Double {
    let whole = spectralRadius(of: matrix, size: size)
    let units = cyclicUnits(of: matrix, size: size)
    if units.count == size { return whole }
    let part = units.flatMap { row in units.map { matrix[row * size + $0] } }
    let radius = spectralRadius(of: part, size: units.count)
    // Rounding apart they are equal: the bits are those of the whole.
    return (whole - radius).magnitude <= 1e-10 * radius ? whole : radius
  }

  /// The units that stay when those without an entry to or from another that stays are taken away, again and again:
  /// all units of cycles are among them, and none is left where there is no cycle.
  private static func cyclicUnits(of matrix: [Double], size: Int) -> [Int] {
    var left = Array(0..<size)
    while true {
      let kept = left.filter { unit in
        left.contains { matrix[unit * size + $0] != 0 } && left.contains { matrix[$0 * size + unit] != 0 }
      }
      if kept.count == left.count { return kept }
      left = kept
    }
  }

  private var largestRowSum: Double {
    (0..<rows).map { row in (0..<columns).reduce(0) { $0 + values[row * columns + $1].magnitude } }.max() ?? 0
  }

  /// WᵀW, row by row of W.
  private var gram: [Double] {
    var gram = [Double](repeating: 0, count: columns * columns)
    for row in 0..<rows {
      for i in 0..<columns {
        let factor = values[row * columns + i]
        for j in 0..<columns { gram[i * columns + j] += factor * values[row * columns + j] }
      }
    }
    return gram
  }
}
