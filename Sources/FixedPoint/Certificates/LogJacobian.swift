internal import LinearAlgebra

/// Encloses the log-Jacobian L(z) = diag(f)⁻¹ J(z) diag(z) over boxes of the open cone.
///
/// The pipeline is read as `f = h(s(z))`: s up to the last operator that mixes entries, h entrywise behind it, perhaps a
/// normalisation at the end. With that,
/// * row i of L is (h_i'/h_i)(s_i) · ∂s_i/∂z · diag(z), and the quotient h_i'/h_i is enclosed over pieces of the range of
///   s_i: slope and value belong to the same s_i, so that they are not bounded apart;
/// * the normalised map F/‖F‖_p has L = (I - 1 wᵀ) L_F with w >= 0, Σ w = 1 (w_i = F_i^p / Σ F_j^p, or any element of the
///   subdifferential): its row a lies in the hull of L_F,a - L_F,b over the rows b.
///
/// Source: theory, section 2.
struct LogJacobian {
  private let dimension: Int
  /// The operators up to the last one that mixes entries.
  private let mixing: ArraySlice<any Operator>
  /// Entrywise operators behind them.
  private let entrywise: ArraySlice<any Operator>
  /// The normalisation that ends the pipeline, if one does.
  let normalization: Normalize?

  init(of network: Network) {
    dimension = network.dimension
    normalization = network.operators.last as? Normalize
    let unnormalized = network.operators.dropLast(normalization == nil ? 0 : 1)
    let start = unnormalized.lastIndex { !LogJacobian.isEntrywise($0) }.map { $0 + 1 } ?? 0
    mixing = unnormalized[..<start]
    entrywise = unnormalized[start...]
  }

  private static func isEntrywise(_ link: any Operator) -> Bool {
    link is Activate || link is Inject || link is Scale
  }

  /// Bounds |L| over a box, entry by entry; `nil` if z or f is not positive on it, or L is unbounded.
  func magnitude(over box: IntervalVector) -> Matrix? {
    guard normalization == nil else { return enclosure(over: box)?.magnitude }
    guard let (growth, derivative) = factors(over: box) else { return nil }
    var result = derivative.magnitude
    for i in 0..<result.rows {
      let steepest = growth[i].magnitude
      for j in 0..<result.columns {
        let entry = result.values[i * result.columns + j]
        // Zero stays zero; else two products, each rounded up.
        if entry > 0 { result.values[i * result.columns + j] = ((steepest * entry).nextUp * box.upper[j]).nextUp }
      }
    }
    return result.values.allSatisfy(\.isFinite) ? result : nil
  }

  /// Encloses L over a box; `nil` if z or f is not positive on it, or L is unbounded.
  func enclosure(over box: IntervalVector) -> IntervalMatrix? {
    guard let unnormalized = enclosureBeforeNormalization(over: box) else { return nil }
    guard let normalization else { return unnormalized }
    return LogJacobian.normalized(unnormalized, sliceSize: normalization.sliceSize)
  }

  /// Encloses L of the map without the normalisation that may end it.
  func enclosureBeforeNormalization(over box: IntervalVector) -> IntervalMatrix? {
    guard let (growth, derivative) = factors(over: box) else { return nil }
    var result = derivative
    for i in 0..<result.rows {
      for j in 0..<result.columns { result[i, j] = growth[i] * result[i, j] * box[j] }
    }
    return result.isFinite ? result : nil
  }

  /// Encloses h_i'/h_i and ∂s_i/∂z.
  private func factors(over box: IntervalVector) -> (growth: [Interval], derivative: IntervalMatrix)? {
    guard DenseLimit.obstacle(dimension, atMost: DenseLimit.provedEntries) == nil, box.lower.allSatisfy({ $0 > 0 }),
      let (inner, derivative) = try? enclosedMixing(over: box)
    else { return nil }
    guard inner.isFinite, let growth = relativeSlopes(over: inner) else { return nil }
    return (growth, derivative)
  }

  /// Encloses s and its Jacobian.
  private func enclosedMixing(
    over box: IntervalVector
  ) throws(EnclosureError) -> (value: IntervalVector, derivative: IntervalMatrix) {
    var value = box
    var derivative = IntervalMatrix.identity(dimension)
    for (position, link) in mixing.enumerated() {
      if position == 0, let matrix = link.wholeMatrix {
        derivative = matrix
      } else {
        derivative = try link.encloseJacobian(over: value, times: derivative)
      }
      if link.stateFactor != 0 { derivative = derivative + link.stateFactor * .identity(dimension) }
      value = try link.enclose(value, state: box)
    }
    return (value, derivative)
  }

  /// Number of pieces that the ranges of s are cut into: finer for wider ones.
  private func pieces(for inner: IntervalVector) -> Int {
    entrywise.isEmpty ? 1 : Int(min(32, max(1, (12 * inner.width).rounded(.up))))
  }

  /// Encloses h_i'/h_i over each range; `nil` where h is not positive or the quotient unbounded.
  private func relativeSlopes(over inner: IntervalVector) -> [Interval]? {
    var result: [Interval]?
    let pieces = pieces(for: inner)
    for piece in 0..<pieces {
      let part = inner.piece(piece, of: pieces)
      guard let quotients = try? relativeSlopes(onPiece: part) else { return nil }
      result = result.map { zip($0, quotients).map { $0.hull($1) } } ?? quotients
    }
    return result
  }

  private func relativeSlopes(onPiece part: IntervalVector) throws(EnclosureError) -> [Interval]? {
    var value = part
    let ones = Matrix(rows: part.count, columns: 1, repeating: 1)
    var slope = IntervalMatrix(ones)
    for link in entrywise {
      slope = try link.encloseJacobian(over: value, times: slope)
      value = try link.enclose(value, state: value)
    }
    guard value.lower.allSatisfy({ $0 > 0 }) else { return nil }
    return (0..<part.count).map { slope[$0, 0] / value[$0] }
  }

  /// Encloses (I - 1 wᵀ) L for all weights w >= 0 with sum 1, slice by slice.
  private static func normalized(_ matrix: IntervalMatrix, sliceSize: Int) -> IntervalMatrix {
    var result = matrix
    for start in stride(from: 0, to: matrix.rows, by: sliceSize) {
      let rows = start..<start + sliceSize
      for j in 0..<matrix.columns {
        for i in rows {
          // Σ_k w_k (L_ij - L_kj), where the term of k = i is exactly 0.
          var range = Interval(0)
          for k in rows where k != i { range = range.hull(matrix[i, j] - matrix[k, j]) }
          result[i, j] = range
        }
      }
    }
    return result
  }
}

extension Operator {
  /// Encloses the matrix of a linear operator that acts on all entries at once; `nil` for others.
  var wholeMatrix: IntervalMatrix? {
    guard let linear = self as? any LinearOperator, linear.action.weight.columns == inputShape.count else { return nil }
    return linear.action.weightEnclosure
  }
}

extension IntervalVector {
  /// The part `index` of `count` equal parts of every entry's interval; together they cover it.
  func piece(_ index: Int, of count: Int) -> IntervalVector {
    func cut(_ entry: Int, _ position: Int) -> Double {
      if position == 0 { return lower[entry] }
      if position == count { return upper[entry] }
      let share = Double(position) / Double(count)
      return min(max(lower[entry] + share * (upper[entry] - lower[entry]), lower[entry]), upper[entry])
    }
    return IntervalVector((0..<self.count).map { Interval(cut($0, index), cut($0, index + 1)) })
  }
}
