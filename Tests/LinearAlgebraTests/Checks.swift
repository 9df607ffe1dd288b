import LinearAlgebra

/// max |a_ij - b_ij|
func largestDifference(_ first: Matrix, _ second: Matrix) -> Double {
  largestDifference(first.values, second.values)
}

/// max |a_i - b_i|, infinite for different lengths, not a number if one entry is not.
func largestDifference(_ first: [Double], _ second: [Double]) -> Double {
  guard first.count == second.count else { return .infinity }
  return Vector.normSup(zip(first, second).map { $0 - $1 })
}

/// W of the golden trace: its certificates disagree.
let goldenMatrix = Matrix(rows: 3, columns: 3, values: [0.5, -0.3, 0.2, 0.1, 0.4, -0.6, -0.2, 0.3, 0.5])
