/// min_i (A w)_i / w_i and max_i (A w)_i / w_i for w > 0 and A non-negative off the diagonal, rounded outward.
///
/// The sums are of non-negative terms: their rounding error is below γ_n of the computed sum, in any order, plus half the
/// smallest number for each product. Twice that is allowed for.
/// Source: Collatz 1942; Wielandt 1950; Higham, *Accuracy and Stability of Numerical Algorithms*, section 3.1.
struct CollatzWielandt: Equatable {
  /// At most the spectral abscissa.
  private(set) var lower = Double.infinity
  /// At least the spectral abscissa, and A w <= upper · w.
  private(set) var upper = -Double.infinity

  init(_ matrix: Matrix, weights: [Double]) {
    for i in 0..<matrix.rows {
      let (low, high) = Self.quotient(matrix, row: i, weights)
      lower = min(lower, low)
      upper = max(upper, high)
    }
  }

  /// Encloses (A w)_i / w_i.
  private static func quotient(_ matrix: Matrix, row i: Int, _ weights: [Double]) -> (low: Double, high: Double) {
    var sum = 0.0
    var terms = 0
    for j in 0..<matrix.columns where j != i && matrix[i, j] != 0 {
      sum += matrix[i, j] * weights[j]
      terms += 1
    }
    let diagonal = matrix[i, i]
    if terms == 0 { return (diagonal, diagonal) }
    let slack = Double(terms + 4) * Double.ulpOfOne
    let tiny = Double(terms) * Double.leastNonzeroMagnitude
    let high = ((sum * (1 + slack) + tiny).nextUp / weights[i]).nextUp
    let low = sum.isFinite ? ((sum * (1 - slack) - tiny).nextDown / weights[i]).nextDown : 0
    return (low > 0 ? (diagonal + low).nextDown : diagonal, (diagonal + high).nextUp)
  }
}
