internal import LinearAlgebra

/// A fixed point where pieces of f meet, and the ways on from there.
struct BorderPoint {
  let place: [Double]
  /// The borders that it lies in, besides those that the branch runs in.
  let ties: [Int]
  /// How far the parameter may be off, as a part of its range.
  let uncertainty: Double
  private let continuation: Continuation
  /// Zero in all ties.
  private let cell: Cell

  /// A way on: the piece that it leads into, and a unit direction.
  struct Exit {
    let cell: Cell
    let tangent: [Double]
  }

  /// A place that is known to be a fixed point, come to in the piece `running`, whose own borders are no ties; `nil` for a
  /// start.
  init(at place: [Double], from running: Cell?, _ continuation: Continuation, uncertainty: Double = 0) {
    self.place = place
    self.uncertainty = uncertainty
    self.continuation = continuation
    let here = continuation.family.cell(of: place) ?? Cell(sides: [])
    ties = here.ties.filter { running == nil || running?.sides[$0] != 0 }
    var cell = running ?? here
    for index in ties { cell.sides[index] = 0 }
    self.cell = cell
  }

  /// The border point near a place, at a border that a branch in a cell comes to: both z = f(z, λ) and the border's distance
  /// 0, by Newton's iteration; `nil` if there is none that can be told apart from other fixed points in the border.
  init?(near guess: [Double], at border: Int, of cell: Cell, _ continuation: Continuation) {
    guard let (place, uncertainty) = Self.solved(guess, border, cell, continuation) else { return nil }
    self.init(at: place, from: cell, continuation, uncertainty: uncertainty)
    guard ties.contains(border), let distances = continuation.family.distances(at: place), cell.admits(distances) else {
      return nil
    }
  }

  private static func solved(
    _ guess: [Double], _ border: Int, _ cell: Cell, _ continuation: Continuation
  ) -> (place: [Double], uncertainty: Double)? {
    let family = continuation.family
    guard let slope = family.slope(at: guess, in: cell) else { return nil }
    var place = guess
    var uncertainty = 0.0
    for _ in 0..<30 {
      guard let setting = family.setting(at: place), let derivative = setting.derivative(in: cell, slope: slope),
        let row = row(of: border, setting, place, cell, family)
      else { return nil }
      let factors = try? LUFactorization(Continuation.bordered(derivative, row.gradient))
      guard let factors, factors.reciprocalCondition > 1e-11 else { return nil }
      let move = factors.solve(setting.residual + [row.distance])
      place = place.moved(-1, along: move)
      let last = factors.solveTransposed(Continuation.parameterDirection(place.count - 1))
      uncertainty = abs(move[place.count - 1]) + 1e-15 * (1 + Vector.normSup(place)) * last.reduce(0) { $0 + abs($1) }
      guard place.allSatisfy(\.isFinite), -0.5...1.5 ~= place[place.count - 1] else { return nil }
      if Vector.normSup(move) <= Continuation.floor(place, slope) / 100 { break }
    }
    // Where other fixed points run in the border, the equations are singular at them.
    guard let setting = family.setting(at: place), let own = family.slope(at: place, in: cell),
      let derivative = setting.derivative(in: cell, slope: own),
      let row = row(of: border, setting, place, cell, family),
      let factors = try? LUFactorization(Continuation.bordered(derivative, row.gradient)),
      factors.reciprocalCondition > 1e-8
    else { return nil }
    return Vector.normSup(setting.residual) <= Continuation.floor(place, slope) ? (place, uncertainty) : nil
  }

  /// A border's distance and its gradient with respect to a place.
  private static func row(
    of index: Int, _ setting: NetworkFamily.Setting, _ place: [Double], _ cell: Cell, _ family: NetworkFamily
  ) -> (distance: Double, gradient: [Double])? {
    let borders = setting.borders
    let here = setting.network.distances(to: borders, at: setting.state).values[index]
    let step = 1e-6
    func beside(_ offset: Double) -> Double? {
      let parameter = family.range.lowerBound + (place[place.count - 1] + offset) * family.width
      return family.network(at: parameter)?.distances(to: borders, at: setting.state).values[index]
    }
    let (low, high) = (beside(-step), beside(step))
    let change: Double
    switch (low, high) {
    case (let low?, let high?): change = (high - low) / (2 * step)
    case (let low?, nil): change = (here - low) / step
    case (nil, let high?): change = (high - here) / step
    case (nil, nil): return nil
    }
    return (here, setting.network.gradient(of: borders[index], at: setting.state, in: cell, of: borders) + [change])
  }

  /// All directions in which fixed points go on, each into its piece: those of one piece may be two.
  var exits: [Exit] {
    guard let setting = continuation.family.setting(at: place) else { return [] }
    var exits: [Exit] = []
    for selected in cell.selections(over: ties, of: setting.borders) {
      guard let slope = continuation.family.slope(at: place, in: selected),
        let derivative = setting.derivative(in: selected, slope: slope), let line = derivative.kernel
      else { continue }
      for tangent in [line, line.map { -$0 }] {
        guard let exit = exit(along: tangent, in: selected) else { continue }
        if !exits.contains(where: { $0.tangent.distance(to: tangent) < 1e-6 }) { exits.append(exit) }
      }
    }
    return exits
  }

  /// The direction as an exit, if it leads into the piece, or along its border.
  private func exit(along tangent: [Double], in selected: Cell) -> Exit? {
    let length = 1e-6 * (1 + Vector.normSup(place))
    guard let moved = continuation.family.distances(at: place.moved(length, along: tangent)) else { return nil }
    var cell = selected
    for index in ties {
      let distance = moved.values[index]
      if abs(distance) <= 1e-4 * length {
        cell.sides[index] = 0
      } else if Double(cell.sides[index]) * distance < 0 {
        return nil
      }
    }
    return Exit(cell: cell, tangent: tangent)
  }

  /// The fixed point as a point of a branch, at which the pieces of all ties meet.
  func point(along tangent: [Double]) -> BranchPoint? {
    guard let setting = continuation.family.setting(at: place) else { return nil }
    return continuation.point(setting, place, tangent, cell, meeting: cell.ties)
  }

  /// The same as a point of the branch within one piece.
  func point(along exit: Exit) -> BranchPoint? {
    guard let setting = continuation.family.setting(at: place) else { return nil }
    return continuation.point(setting, place, exit.tangent, exit.cell, meeting: exit.cell.ties)
  }
}

extension Matrix {
  /// The unit vector that a matrix with one more column than rows takes to zero; `nil` if there are several.
  fileprivate var kernel: [Double]? {
    let padded = Matrix(rows: columns, columns: columns, values: values + [Double](repeating: 0, count: columns))
    guard let singular = try? SingularValues(padded) else { return nil }
    let last = columns - 1
    let least = last > 0 ? singular.values[last - 1] : 1
    guard least > 1e-11 * max(1, singular.values[0]) else { return nil }
    return (0..<columns).map { singular.rightTransposed[last, $0] }
  }
}
