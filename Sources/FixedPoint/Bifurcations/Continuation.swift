internal import LinearAlgebra

/// Newton's iteration for points of a curve of fixed points, in hyperplanes across it, within one piece of f.
///
/// Source: Keller, *Numerical solution of bifurcation and nonlinear eigenvalue problems*, 1977; Allgower, Georg,
/// *Introduction to Numerical Continuation Methods*, SIAM 2003, chapter 10.
struct Continuation: Sendable {
  let family: NetworkFamily

  /// The fixed point near a state at a parameter; `nil` if Newton's iteration finds none.
  func place(near state: [Double], at parameter: Double) -> [Double]? {
    corrected(family.place(of: state, at: parameter), across: Self.parameterDirection(state.count), in: nil)
  }

  static func parameterDirection(_ count: Int) -> [Double] { Array(repeating: 0, count: count) + [1] }

  /// Newton's iteration within the hyperplane through `guess` across a direction, by the derivative of a cell, else of the
  /// piece that it is in; `nil` unless the residual ends at the level of rounding.
  func corrected(_ guess: [Double], across direction: [Double], in cell: Cell?) -> [Double]? {
    guard let own = cell ?? family.cell(of: guess), let slope = family.slope(at: guess, in: own) else { return nil }
    var place = guess
    var size = Double.infinity
    for _ in 0..<30 {
      guard let setting = family.setting(at: place) else { return nil }
      let old = size
      size = Vector.normSup(setting.residual)
      let floor = Self.floor(place, slope)
      if size == 0 || (size <= floor && (size > old / 4 || size <= floor / 1000)) { return place }
      let here = cell ?? setting.network.distances(to: setting.borders, at: setting.state).cell
      guard let derivative = setting.derivative(in: here, slope: slope),
        let factors = try? LUFactorization(Self.bordered(derivative, direction))
      else { return size <= floor ? place : nil }
      let offset = Vector.dot(direction, zip(place, guess).map(-))
      let move = factors.solve(setting.residual + [offset])
      place = place.moved(-1, along: move)
      guard place.allSatisfy(\.isFinite) else { return nil }
    }
    return size <= Self.floor(place, slope) ? place : nil
  }

  /// What of a residual is rounding, that of the parameter included: f changes with it by `slope` over the range.
  static func floor(_ place: [Double], _ slope: [Double]) -> Double {
    1e-13 * (1 + Vector.normSup(place)) * Double(place.count) + 4 * Double.ulpOfOne * Vector.normSup(slope)
  }

  /// A place as a point of a branch that runs through a piece of f, on the side of a direction.
  func point(at place: [Double], along direction: [Double], in cell: Cell) -> BranchPoint? {
    guard let setting = family.setting(at: place), let slope = family.slope(at: place, in: cell),
      let derivative = setting.derivative(in: cell, slope: slope)
    else { return nil }
    return point(setting, place, Self.tangent(derivative, along: direction), cell, meeting: cell.ties)
  }

  /// The same with a direction that is known; `ties` are the borders on both sides of which f is asked.
  func point(
    _ setting: NetworkFamily.Setting, _ place: [Double], _ tangent: [Double], _ cell: Cell, meeting ties: [Int]
  ) -> BranchPoint? {
    let borders = setting.borders
    var cells = cell.selections(over: ties, of: borders)
    let isCut = cells.isEmpty
    if isCut { cells = [cell] }
    var pieces: [(piece: BranchPoint.Piece, jacobian: Matrix)] = []
    for cell in cells {
      let jacobian = setting.jacobian(in: cell)
      guard let eigenvalues = try? jacobian.eigenvalues() else { return nil }
      let sorted = eigenvalues.sorted { $0.magnitude > $1.magnitude }
      pieces.append((BranchPoint.Piece(cell: cell, eigenvalues: sorted), jacobian))
    }
    let stability = LocalStability(network: setting.network, borders: borders, state: setting.state, pieces: pieces)
    let largest = pieces.map(\.piece).max { $0.spectralRadius < $1.spectralRadius }
    return BranchPoint(
      parameter: family.parameter(of: place), state: setting.state, eigenvalues: largest?.eigenvalues ?? [],
      stability: isCut ? .undecided : stability.verdict, place: place, tangent: tangent, cell: cell,
      pieces: pieces.map(\.piece))
  }

  /// The unit vector that the derivative takes to zero, on the side of `direction`; at a crossing of branches, where there
  /// are several, the direction itself.
  private static func tangent(_ derivative: Matrix, along direction: [Double]) -> [Double] {
    var right = [Double](repeating: 0, count: direction.count)
    right[direction.count - 1] = 1
    let factors = try? LUFactorization(bordered(derivative, direction))
    let solution = factors.flatMap { $0.reciprocalCondition > 1e-15 ? $0.solve(right) : nil } ?? direction
    let length = Vector.norm2(solution)
    return solution.map { $0 / length }
  }

  /// The derivative with one more row.
  static func bordered(_ derivative: Matrix, _ row: [Double]) -> Matrix {
    Matrix(rows: derivative.rows + 1, columns: derivative.columns, values: derivative.values + row)
  }
}
