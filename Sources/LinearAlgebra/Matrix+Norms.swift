extension Matrix {
  /// ‖A‖₁, the largest absolute column sum; 0 for an empty matrix, as every norm here.
  public var norm1: Double {
    var sums = [Double](repeating: 0, count: columns)
    for i in 0..<rows {
      for j in 0..<columns { sums[j] += self[i, j].magnitude }
    }
    return Vector.normSup(sums)
  }

  /// ‖A‖_inf, the largest absolute row sum.
  public var normInf: Double {
    Vector.normSup((0..<rows).map { i in (0..<columns).reduce(0) { $0 + self[i, $1].magnitude } })
  }

  /// ‖A‖_F, the root of the sum of squares, without overflow on the way.
  public var normFrobenius: Double { Vector.norm2(values) }

  /// ‖A‖₂, the largest singular value.
  /// - Throws: as ``SingularValues/values(of:)``.
  public func norm2() throws(LinearAlgebraError) -> Double { try SingularValues.values(of: self).first ?? 0 }

  /// |A|, entrywise.
  public var absolute: Matrix { Matrix(rows: rows, columns: columns, values: values.map(\.magnitude)) }
}
