internal import COpenBLAS

/// GMRES for A x = b where A is known by its products: after k steps, the x of the Krylov space with the least ‖b - A x‖₂.
///
/// One product a step, one more at each restart and where the space is exhausted; starts at x = 0. A value: a copy goes its own way. Keeps restart + 1
/// vectors, reserved once.
/// Source: Saad, Schultz, *GMRES: a generalized minimal residual algorithm for solving nonsymmetric linear systems*,
/// SIAM J. Sci. Stat. Comput. 7 (1986), with the basis orthogonalised twice (Giraud, Langou, Rozložník, van den Eshof,
/// Numer. Math. 101, 2005).
public struct GMRES: Sendable, Equatable {
  /// result = A vector.
  public typealias Product = (_ vector: Span<Double>, _ result: inout MutableSpan<Double>) -> Void

  /// b
  public let right: [Double]
  /// The Krylov space is given up for a new one at this dimension.
  public let restart: Int
  /// ‖b - A x‖₂ at the start and after each step: by the recurrence, and as measured at a restart.
  public private(set) var residualNorms: [Double]
  /// Products with A so far.
  public private(set) var products = 0
  /// The Krylov space ended before it held a solution, as it may where A is singular, or a product was not finite:
  /// ``solution`` is the best there is, and further steps change nothing.
  public private(set) var hasBrokenDown = false

  /// x at the last restart.
  private var origin: [Double]
  /// The orthonormal vectors, one after the other; one more than columns in the triangle while the space can grow.
  private var basis: [Double]
  /// R of A V = Q R, packed column by column.
  private var triangle: [Double] = []
  private var rotations: [GivensRotation] = []
  /// Qᵀ of the residual at the origin: its last entry is what no x of the space can reduce.
  private var target: [Double] = []
  private var vector: [Double]

  public init(right: [Double], restart: Int = 50) {
    precondition(restart >= 1, "a Krylov space has at least one dimension")
    self.right = right
    self.restart = min(restart, max(right.count, 1))
    origin = [Double](repeating: 0, count: right.count)
    vector = right
    basis = []
    residualNorms = [Vector.norm2(right)]
    reserve()
    begin()
  }

  private mutating func reserve() {
    basis.reserveCapacity((restart + 1) * right.count)
    triangle.reserveCapacity(restart * (restart + 1) / 2)
    rotations.reserveCapacity(restart)
    target.reserveCapacity(restart + 1)
  }

  /// ‖b - A x‖₂ of ``solution``, as far as it is known.
  public var residualNorm: Double { residualNorms[residualNorms.count - 1] }

  /// x
  public var solution: [Double] {
    var result = origin
    let columns = Int32(rotations.count)
    if columns == 0 { return result }
    var coefficients = Array(target[..<rotations.count])
    unsafe cblas_dtpsv(CblasColMajor, CblasUpper, CblasNoTrans, CblasNonUnit, columns, triangle, &coefficients, 1)
    let height = Int32(right.count)
    unsafe cblas_dgemv(CblasColMajor, CblasNoTrans, height, columns, 1, basis, height, coefficients, 1, 1, &result, 1)
    return result
  }
}

// MARK: Steps

extension GMRES {
  /// Steps until ‖b - A x‖₂ is at most `tolerance`, there were `maxProducts` products, or the method has broken down.
  /// - Returns: whether the tolerance is met.
  @discardableResult
  public mutating func solve(tolerance: Double, maxProducts: Int, _ product: Product) -> Bool {
    while residualNorm > tolerance, products < maxProducts, !hasBrokenDown { advance(product) }
    return residualNorm <= tolerance
  }

  /// One step: extends the Krylov space by one dimension. A zero residual or a breakdown leave everything as it is.
  public mutating func advance(_ product: Product) {
    if hasBrokenDown || residualNorm == 0 { return }
    if rotations.count == restart { renew(product) }
    if hasBrokenDown || residualNorm == 0 { return }
    let size = right.count
    let start = rotations.count * size
    for i in 0..<size { vector[i] = basis[start + i] }
    var image = [Double](repeating: 0, count: size)
    multiply(into: &image, product)
    let length = Vector.norm2(image)
    var coefficients = orthogonalize(&image)
    let rest = Vector.norm2(image)
    let isExhausted = rest <= Double(size) * Double.ulpOfOne * length
    append(&coefficients, rest: isExhausted ? 0 : rest, scale: length)
    if hasBrokenDown { return }
    if isExhausted { return renew(product) }
    basis.append(contentsOf: image.lazy.map { $0 / rest })
  }

  private mutating func multiply(into image: inout [Double], _ product: Product) {
    var result = image.mutableSpan
    product(vector.span, &result)
    products += 1
  }

  /// Takes the part in the space out of `image`, twice.
  /// - Returns: that part's coefficients.
  private func orthogonalize(_ image: inout [Double]) -> [Double] {
    let (height, width) = (Int32(right.count), Int32(rotations.count + 1))
    var coefficients = [Double](repeating: 0, count: rotations.count + 1)
    var sweep = coefficients
    BLAS.prepare()
    for _ in 0..<2 {
      unsafe cblas_dgemv(CblasColMajor, CblasTrans, height, width, 1, basis, height, image, 1, 0, &sweep, 1)
      unsafe cblas_dgemv(CblasColMajor, CblasNoTrans, height, width, -1, basis, height, sweep, 1, 1, &image, 1)
      Vector.add(times: sweep, to: &coefficients)
    }
    return coefficients
  }

  /// Takes in a column of the Hessenberg matrix: `coefficients`, and `rest` below them.
  private mutating func append(_ coefficients: inout [Double], rest: Double, scale: Double) {
    let last = rotations.count
    for (i, rotation) in rotations.enumerated() { rotation.apply(&coefficients, i) }
    let rotation = GivensRotation(zeroing: rest, with: coefficients[last])
    let (diagonal, _) = rotation.turn(coefficients[last], rest)
    guard diagonal.isFinite, diagonal.magnitude > Double(right.count) * Double.ulpOfOne * scale else {
      hasBrokenDown = true
      return
    }
    coefficients[last] = diagonal
    triangle.append(contentsOf: coefficients)
    target.append(0)
    rotation.apply(&target, last)
    rotations.append(rotation)
    residualNorms.append(target[last + 1].magnitude)
  }

  /// Starts a new space at the x so far, from its residual as measured.
  private mutating func renew(_ product: Product) {
    origin = solution
    vector = origin
    var image = [Double](repeating: 0, count: right.count)
    multiply(into: &image, product)
    for i in vector.indices { vector[i] = right[i] - image[i] }
    residualNorms[residualNorms.count - 1] = Vector.norm2(vector)
    begin()
  }

  /// An empty space at the origin, whose residual is in `vector`.
  private mutating func begin() {
    let length = residualNorm
    basis.removeAll(keepingCapacity: true)
    triangle.removeAll(keepingCapacity: true)
    rotations.removeAll(keepingCapacity: true)
    target.removeAll(keepingCapacity: true)
    target.append(length)
    hasBrokenDown = !length.isFinite
    if length > 0 { basis.append(contentsOf: vector.lazy.map { $0 / length }) }
  }
}
