public import FixedPoint
import Screen

extension Enumeration {
  /// How many fixed points there are in the set that was searched for, as far as that is proved: a local box is never
  /// taken for the map.
  public func conclusion(in scope: Scope) -> String {
    let count = fixedPoints.count == 1 ? "1 fixed point" : "\(fixedPoints.count) fixed points"
    let open = undecided == 1 ? "1 box undecided" : "\(undecided) boxes undecided"
    guard scope.isWhole else {
      return isComplete
        ? "\(scope.text): \(count), complete there; there may be others outside"
        : "\(scope.text): at least \(count), \(open)"
    }
    return isComplete
      ? "complete: exactly \(count) (\(scope.text))" : "not complete: at least \(count) (\(scope.text)), \(open)"
  }

  /// What it took, and how much of the region that settles.
  public var effort: String {
    "\(examined) boxes searched, \(NumberText.percent(decidedShare, places: 3)) of the volume decided" + unboundedText
  }

  /// Where f could not be bounded, and why: no budget decides such a place while it is a pole of f.
  private var unboundedText: String {
    guard unbounded > 0 else { return "" }
    let reason = obstacle.map { ", first in \($0.operatorName): \($0.reason)" } ?? ""
    return "; f could not be bounded on \(unbounded) of them\(reason)"
  }
}

extension FixedPointsBoard {
  /// How many fixed points there are, and how far the search has come: two lines.
  var summary: [String] {
    switch search {
    case nil where isSearching: ["looking for a box that holds every fixed point…", ""]
    case nil: ["not searched yet", "the search of \(dimension) units may take long: space begins it"]
    case .nowhere(let points):
      [
        "at least \(points.count): no box is known that f maps into itself",
        "proved near computed ones; nothing searched",
      ]
    case .box(let search, let scope): [search.conclusion(in: scope), search.effort + (isSearching ? "…" : "")]
    }
  }

  /// Of how many: "3", "3 or more", or "3 in a box" where nothing is known of the rest.
  var countText: String {
    guard case .box(_, let scope) = search, isComplete else { return "\(fixedPoints.count) or more" }
    return "\(fixedPoints.count)" + (scope.isWhole ? "" : " in a box")
  }

  /// What the shares are of, and which starts went elsewhere.
  var sharesText: String {
    guard let shares else { return fixedPoints.isEmpty ? "" : "starts are followed once the search rests" }
    guard shares.isComplete else { return "following \(BasinShares.count) starts: \(shares.tried) done" }
    return "Measured: \(shares.tried) starts (seed \(shares.seed)) from \(Scope.text(of: shares.region.box));\n"
      + "\(shares.unsettled) did not settle in \(PhaseSurvey.mostSteps) steps by \(method)"
      + (shares.elsewhere > 0 ? ", \(shares.elsewhere) settled at none of these." : ".")
  }

  /// Where a state of the run is among the fixed points; `nil` where none is known.
  func whereabouts(of state: [Double], isSettled: Bool) -> String? {
    let points = fixedPoints
    if isSettled, let index = points.index(reachedAt: state) { return "reached #\(index + 1) of \(countText)" }
    guard state.allSatisfy(\.isFinite), let index = points.index(nearest: state) else { return nil }
    return "\(NumberText.significant(points[index].distance(to: state))) from #\(index + 1) of \(countText)"
  }
}

extension Watch {
  /// Where the state at the cursor is among the fixed points that are proved; `nil` where none is known.
  var whereabouts: String? {
    fixedPoints?.whereabouts(of: run.iterate(at: cursor), isSettled: isAtEnd && run.outcome == .converged)
  }
}

extension EnclosedFixedPoint.Stability {
  var role: Theme.Role {
    switch self {
    case .attracting: .good
    case .repelling, .saddle, .unstable: .warning
    case .undecided: .undefined
    }
  }

  /// Marks a fixed point that is proved, and tells without a colour whether it attracts.
  var brackets: PlanePlot.Brackets {
    switch self {
    case .attracting: .square
    case .repelling, .saddle, .unstable: .angle
    case .undecided: .round
    }
  }
}
