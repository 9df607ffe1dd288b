import FixedPoint
import Screen

/// What a board shows of a run at one step: the plot's parts and its words.
struct PhasePortrait {
  let board: PhaseBoard
  let run: Run<Network>
  /// The step whose state the plane goes through.
  let step: Int
  let state: [Double]
  let plane: PhasePlane?
  /// What is proved of the map's fixed points; the board's own are measured.
  let proved: FixedPointsBoard?

  init(board: PhaseBoard, proved: FixedPointsBoard?, run: Run<Network>, cursor: Int) {
    self.board = board
    self.proved = proved
    self.run = run
    step = cursor
    state = run.iterate(at: cursor)
    plane = board.plane(through: state)
  }

  /// The letter of a fixed point: large at the point, small in its basin.
  static func letter(_ index: Int, isLarge: Bool = false) -> Unicode.Scalar {
    let first: UInt32 = isLarge ? 65 : 97
    return Unicode.Scalar(first + UInt32(index % FixedPointList.most)) ?? "?"
  }

  /// Stands for a proved fixed point that sampling has not seen.
  static let unseen: Unicode.Scalar = "#"

  /// What is proved of a point that was measured, if anything is.
  func proof(of point: ComputedFixedPoint) -> EnclosedFixedPoint? {
    guard let points = proved?.fixedPoints else { return nil }
    return points.index(reachedAt: point.point).map { points[$0] }
  }

  /// Those that are proved, and that sampling has not seen.
  var unseen: [EnclosedFixedPoint] {
    let seen = Set(board.fixedPoints.points.compactMap { proved?.fixedPoints.index(reachedAt: $0.point) })
    return proved?.fixedPoints.enumerated().filter { !seen.contains($0.offset) }.map(\.element) ?? []
  }

  static func role(_ index: Int) -> Theme.Role { .series(index) }

  // MARK: Words

  var title: String {
    if board.isSection { return board.dimension == 1 ? "cobweb of f" : "cobweb along \(acrossName)" }
    switch board.axes {
    case .units(let across, let up): return "z\(up) over z\(across)"
    case .principal: return "principal 2\(spread(1)) over 1\(spread(0))"
    }
  }

  /// Of the list: how many of the fixed points are proved.
  var legendTitle: String {
    guard let proved, !proved.fixedPoints.isEmpty else { return "fixed points, measured" }
    return proved.isComplete ? "all \(proved.fixedPoints.count) fixed points" : "fixed points"
  }

  private var acrossName: String {
    switch board.axes {
    case .units(let unit, _): "z\(unit)"
    case .principal: "principal 1"
    }
  }

  /// A direction's share of the spread of the trajectories.
  private func spread(_ rank: Int) -> String {
    board.survey?.principal.map { " (\(NumberText.percent($0.shares[rank])))" } ?? ""
  }

  var caption: String {
    guard board.shows(.basins), let basins = shownBasins else { return board.isLogarithmic ? "log" : "" }
    let text = basins.isComplete ? "\(basins.tried) starts" : "basins \(NumberText.percent(basins.progress))"
    return (board.isLogarithmic ? "log, " : "") + text
  }

  /// What is under the cursor.
  var readOut: String {
    guard let place = board.place, let plane else { return "" }
    let state = plane.state(at: place)
    let shown = shown(place)
    let coordinates = [shown.x] + (board.isSection ? [] : [shown.y])
    let here = "(" + coordinates.map { NumberText.significant($0) }.joined(separator: ", ") + ")  "
    guard board.survey?.region.allows(state) == true else { return here + "outside the positive cone" }
    let image = board.network.image(of: state)
    let whole = Distance.euclidean(image.span, state.span)
    return here + "|f(z) - z| \(NumberText.scientific(whole))" + partText(of: image, from: place) + fateText(at: place)
  }

  /// A place for people: what is nothing beside the window's width is 0.
  func shown(_ place: PhasePoint) -> PhasePoint {
    guard let window = board.shownWindow else { return place }
    func shown(_ value: Double, _ range: PhaseRange) -> Double {
      range.scale == .linear && abs(value) < 1e-9 * (range.upper - range.lower) ? 0 : value
    }
    return PhasePoint(shown(place.x, window.x), shown(place.y, window.y))
  }

  /// How much of the step lies in the plane, where not all of it does.
  private func partText(of image: [Double], from place: PhasePoint) -> String {
    guard let plane, board.dimension > (board.isSection ? 1 : 2) else { return "" }
    let to = plane.place(of: image)
    let step = [to.x - place.x, board.isSection ? 0 : to.y - place.y]
    return ", \(NumberText.scientific(Distance.euclidean(step.span, [0, 0].span))) in view"
  }

  private func fateText(at place: PhasePoint) -> String {
    switch shownBasins?.fate(at: place) {
    case .settled(let index, let steps)?: "  nearest: \(Self.letter(index, isLarge: true)), \(steps) steps"
    case .settledElsewhere?: "  nearest: not listed"
    case .failed(let outcome)?: "  nearest: \(outcome.word)"
    case .outside?, nil: ""
    }
  }

  /// The basins, if they are of this plane.
  var shownBasins: BasinMap? {
    guard board.shows(.basins), let basins = board.basins, basins.grid.plane == plane else { return nil }
    return basins
  }
}

// MARK: - The plot

extension PhasePortrait {
  /// `nil` until the first trajectories are there.
  var plot: PlanePlot? {
    guard let window = board.shownWindow, plane != nil else { return nil }
    var plot = PlanePlot(x: Self.axis(window.x), y: Self.axis(window.y), name: acrossName)
    if let basins = shownBasins { plot.region = Self.regions(basins, window) }
    plot.arrows = arrows
    plot.curves = board.isSection ? cobweb(window) : paths
    plot.marks = marks
    plot.cursor = board.place.map { ($0.x, $0.y) }
    return plot
  }

  private static func axis(_ range: PhaseRange) -> Axis {
    Axis(range.scale == .linear ? .linear : .log10, from: range.lower, to: range.upper)
  }

  private static func regions(_ basins: BasinMap, _ window: PhaseWindow)
    -> @Sendable (Double, Double)
    -> PlanePlot.Region?
  {
    let quickness = basins.quickness
    return { across, up in
      basins.fate(at: window.place(across, up)).flatMap { region(of: $0, quickness) }
    }
  }

  private static func region(of fate: BasinMap.Fate, _ quickness: [Double]) -> PlanePlot.Region? {
    switch fate {
    case .settled(let index, let steps):
      return PlanePlot.Region(letter(index), role: role(index), strength: quickness[steps])
    case .settledElsewhere: return PlanePlot.Region("*", role: .neutral, strength: 0.5)
    case .failed(let outcome):
      return PlanePlot.Region(outcome.letter.unicodeScalars.first ?? "?", role: .undefined, strength: 0.3)
    case .outside: return nil
    }
  }

  private var arrows: [PlanePlot.Arrow] {
    guard board.shows(.field), !board.isSection, let field = board.field, field.grid.plane == plane else { return [] }
    return field.arrows.map { PlanePlot.Arrow(from: ($0.from.x, $0.from.y), to: ($0.to.x, $0.to.y)) }
  }

  private var marks: [PlanePlot.Mark] {
    guard let plane else { return [] }
    let points = board.fixedPoints.points.enumerated().map { index, point in
      mark(
        plane.place(of: point.point), Self.letter(index, isLarge: true), .cursor, proof(of: point)?.stability.brackets)
    }
    let others = unseen.map { mark(plane.place(of: $0.center), Self.unseen, .cursor, $0.stability.brackets) }
    let start = board.isSection ? [] : [mark(plane.place(of: run.start), "○", .focus)]
    return start + [mark(plane.place(of: state), "●", .focus)] + points + others
  }

  /// In a cobweb everything stands on the diagonal.
  private func mark(
    _ place: PhasePoint, _ glyph: Unicode.Scalar, _ role: Theme.Role, _ brackets: PlanePlot.Brackets? = nil
  ) -> PlanePlot.Mark {
    PlanePlot.Mark(place.x, board.isSection ? place.x : place.y, glyph: glyph, role: role, brackets: brackets)
  }
}

// MARK: - Curves

extension PhasePortrait {
  /// Steps of the run that are drawn at most, the last ones.
  private static let mostSteps = 400

  /// The iterates of the run up to the step that are kept.
  private var runIterates: [[Double]] {
    [run.start] + run.storedSteps.filter { $0 > 1 && $0 <= step }.suffix(Self.mostSteps).map(run.iterate(at:))
  }

  private var paths: [PlanePlot.Curve] {
    let scattered = board.shows(.trajectories) ? board.sketch.scattered : []
    let own = plane.map { plane in runIterates.map(plane.place(of:)) } ?? []
    let all: [([PhasePoint], Theme.Role)] =
      scattered.map { ($0, .text) } + board.sketch.added.map { ($0, .text) } + [(own, .focus)]
    return all.map { points, role in PlanePlot.Curve(points.map { ($0.x, $0.y) }, role: role) }
  }

  /// The curve of f, the diagonal, and the stairs between them.
  private func cobweb(_ window: PhaseWindow) -> [PlanePlot.Curve] {
    let ends = [window.x.lower, window.x.upper]
    let diagonal = PlanePlot.Curve(ends.map { ($0, $0) }, role: .dim, stroke: .dashed)
    guard let section = board.section, section.request.line == plane else { return [diagonal] }
    let graph = PlanePlot.Curve(section.curve.map { ($0.x, $0.y) }, role: .text)
    return [diagonal, graph] + stairs(section)
  }

  /// Of one unit the run's own steps and those that were added; of more the section's.
  private func stairs(_ section: MapSection) -> [PlanePlot.Curve] {
    guard board.dimension == 1 else {
      let orbit = zip(section.orbit, section.orbit.dropFirst()).flatMap { [(x: $0, y: $0), (x: $0, y: $1)] }
      return [PlanePlot.Curve(orbit, role: .focus)]
    }
    let added = board.addedTrajectories.map { PlanePlot.Curve(stairs($0.iterates), role: .neutral) }
    return added + [PlanePlot.Curve(stairs(runIterates), role: .focus)]
  }

  private func stairs(_ iterates: [[Double]]) -> [(x: Double, y: Double)] {
    iterates.flatMap { iterate in
      [(x: iterate[0], y: iterate[0]), (x: iterate[0], y: board.network.image(of: iterate)[0])]
    }
  }
}
