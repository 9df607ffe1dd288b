internal import LinearAlgebra

/// Which fixed point each start of a grid in a phase plane ends at, and after how many steps: coarse first, then finer.
///
/// A value that grows by ``refine(on:by:)``: the same parts in the same order, whenever they are made, give the same map.
/// The fixed points are those that were seen: measured, not proved.
public struct BasinMap: Sendable, Equatable {
  /// What became of a start.
  public enum Fate: Sendable, Equatable {
    /// It settled at the fixed point with this index.
    case settled(Int, steps: Int)
    /// It settled at one of more fixed points than are told apart.
    case settledElsewhere
    case failed(Outcome)
    /// Starts are not allowed there: it is outside the positive cone.
    case outside
  }

  public let grid: PhaseGrid
  public let region: StartRegion
  public private(set) var fixedPoints: FixedPointList
  /// Starts that settled at each fixed point.
  public private(set) var counts: [Int]
  /// Starts that were tried.
  public private(set) var tried = 0
  /// How many starts settled after so many steps.
  private var histogram: [Int] = []
  /// Row by row from below.
  private var fates: [Fate?]
  private let order: [Int32]
  private var next = 0

  /// A map of nothing yet; `known` are the fixed points that are listed first.
  public init(_ grid: PhaseGrid, in region: StartRegion, known: FixedPointList) {
    self.grid = grid
    self.region = region
    fixedPoints = known
    counts = known.points.map { _ in 0 }
    fates = Array(repeating: nil, count: grid.count)
    order = Self.order(columns: grid.columns, rows: grid.rows)
  }

  /// Every site once: those at multiples of the coarsest spacing first, then what each halving adds.
  private static func order(columns: Int, rows: Int) -> [Int32] {
    var order: [Int32] = []
    for spacing in spacings {
      for row in stride(from: 0, to: rows, by: spacing) {
        for column in stride(from: 0, to: columns, by: spacing) {
          let isOld = row.isMultiple(of: 2 * spacing) && column.isMultiple(of: 2 * spacing)
          if spacing == spacings[0] || !isOld { order.append(Int32(row * columns + column)) }
        }
      }
    }
    return order
  }

  private static let spacings = [8, 4, 2, 1]

  public var isComplete: Bool { next == order.count }
  /// 0 to 1.
  public var progress: Double { order.isEmpty ? 1 : Double(next) / Double(order.count) }

  /// What became of the start at a place, or of the nearest coarser one while that is not known; `nil` outside the map.
  public func fate(at place: PhasePoint) -> Fate? {
    guard let across = grid.window.x.share(of: place.x), let up = grid.window.y.share(of: place.y),
      (0..<1).contains(across), (0..<1).contains(up) || grid.rows == 1
    else { return nil }
    let row = grid.rows == 1 ? 0 : Int(up * Double(grid.rows))
    return fate(column: Int(across * Double(grid.columns)), row: row)
  }

  /// The same by the site's column and row, from below.
  public func fate(column: Int, row: Int) -> Fate? {
    for spacing in Self.spacings.reversed() {
      let site = row / spacing * spacing * grid.columns + column / spacing * spacing
      if let fate = fates[site] { return fate }
    }
    return nil
  }

  /// For each number of steps that a start took, the part of the starts that took more, and half of those that took as
  /// many: near 1 for the quickest, near 0 for the slowest.
  public var quickness: [Double] {
    let total = histogram.reduce(0, +)
    var slower = total
    return histogram.map { count in
      slower -= count
      return (Double(slower) + Double(count) / 2) / Double(max(1, total))
    }
  }

  /// Starts that failed in some way, with the ways in the order in which they were met.
  public var failures: [(outcome: Outcome, count: Int)] {
    var result: [(outcome: Outcome, count: Int)] = []
    for case .failed(let outcome)? in fates {
      if let index = result.firstIndex(where: { $0.outcome == outcome }) {
        result[index].count += 1
      } else {
        result.append((outcome, 1))
      }
    }
    return result
  }
}

// MARK: - Growing

extension BasinMap {
  /// Starts of one part: so few that a map that is no longer wanted is soon left.
  static func partSize(dimension: Int) -> Int {
    let size = Double(dimension)
    return max(16, min(1024, Int(1e8 / ((size * size + 60 * size) * 60))))
  }

  /// Solves the next part of the starts, all at once.
  public mutating func refine(on network: Network, by solver: some EntrywiseSolver) {
    let sites = order[next..<min(order.count, next + Self.partSize(dimension: grid.plane.dimension))]
    next += sites.count
    let starts = sites.map { (site: Int($0), state: grid.state(of: Int($0))) }
    let allowed = starts.filter { region.allows($0.state) }
    for start in starts where !region.allows(start.state) { fates[start.site] = .outside }
    guard !allowed.isEmpty else { return }
    let matrix = Matrix(rows: allowed.count, columns: network.dimension, values: allowed.flatMap(\.state))
    let rule = PhaseSurvey.stopping(region, dimension: network.dimension, count: 1)
    let solutions = Batch(network, count: allowed.count).solve(from: matrix, by: solver, stopping: rule)
    for (start, solution) in zip(allowed, solutions) { note(solution, at: start.site, of: network) }
  }

  private mutating func note(_ solution: Solution, at site: Int, of network: Network) {
    tried += 1
    guard let point = solution.fixedPoint else {
      fates[site] = .failed(solution.outcome)
      return
    }
    guard let index = fixedPoints.include(settled: point, of: network) else {
      fates[site] = .settledElsewhere
      return
    }
    if index == counts.count { counts.append(0) }
    counts[index] += 1
    while histogram.count <= solution.steps { histogram.append(0) }
    histogram[solution.steps] += 1
    fates[site] = .settled(index, steps: solution.steps)
  }
}
