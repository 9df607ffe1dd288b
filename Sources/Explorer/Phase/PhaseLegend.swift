import FixedPoint
import Screen

/// The fixed points that were found, what did not settle, and what the portrait means.
struct PhaseLegend {
  let portrait: PhasePortrait
  private var board: PhaseBoard { portrait.board }

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    guard let survey = board.survey else { return }
    let basins = portrait.shownBasins
    canvas.draw(in: rect) { region in
      region.write(header, look[.dim], at: 0, 0)
      var y = 1
      for (index, point) in board.fixedPoints.points.enumerated() where y < rect.height - 4 {
        draw(point, index, share: share(index, survey, basins), at: y, on: &region, look)
        y += 1
      }
      for (text, role) in rest(basins) where y < rect.height - 4 {
        region.write(text, look[role], at: 0, y, width: rect.width)
        y += 1
      }
      for line in TextBlock(notes(survey, basins)).lines(width: rect.width).prefix(max(0, rect.height - y - 1)) {
        y += 1
        region.write(line, look[.dim], at: 0, y)
      }
    }
  }

  private var header: String {
    let names = (board.isSection ? "along" : "across", board.isSection ? "" : "up")
    return "  " + DisplayWidth.pad(names.0, to: 7, .right) + DisplayWidth.pad(names.1, to: 8, .right) + "   ρ  in%"
  }

  private func draw(
    _ point: ComputedFixedPoint, _ index: Int, share: Double?, at y: Int, on canvas: inout Canvas, _ look: Look
  ) {
    guard let place = portrait.plane?.place(of: point.point) else { return }
    let letter = String(Character(PhasePortrait.letter(index, isLarge: true)))
    canvas.write(letter, look[PhasePortrait.role(index)].with(.bold), at: 0, y)
    canvas.write(NumberText.significant(portrait.shown(place).x, width: 7), look[.number], at: 1, y)
    if !board.isSection {
      canvas.write(NumberText.significant(portrait.shown(place).y, width: 7), look[.number], at: 9, y)
    }
    let radius = point.spectralRadius
    let role: Theme.Role = radius.map { $0 < 1 ? .good : .warning } ?? .undefined
    canvas.write(NumberText.decimal(radius, places: 2, width: 5), look[role], at: 16, y)
    canvas.write(NumberText.percent(share, width: 5), look[.number], at: 21, y)
  }

  /// The part of the starts that settle there: those of the basins, else the scattered ones.
  private func share(_ index: Int, _ survey: PhaseSurvey, _ basins: BasinMap?) -> Double? {
    if let basins, basins.tried > 0 {
      return index < basins.counts.count ? Double(basins.counts[index]) / Double(basins.tried) : nil
    }
    let settled = survey.trajectories.filter { trajectory in
      trajectory.fixedPoint.flatMap { survey.fixedPoints.index(of: $0) } == index
    }
    return Double(settled.count) / Double(max(1, survey.trajectories.count))
  }

  /// More than are listed, and the ways of not settling.
  private func rest(_ basins: BasinMap?) -> [(text: String, role: Theme.Role)] {
    var lines: [(text: String, role: Theme.Role)] = []
    if board.fixedPoints.points.isEmpty { lines.append(("none was found", .warning)) }
    if board.fixedPoints.isFull { lines.append(("* more than are told apart", .warning)) }
    guard let basins, basins.tried > 0 else { return lines }
    return lines
      + basins.failures.map { outcome, count in
        let share = NumberText.percent(Double(count) / Double(basins.tried), width: 4)
        return ("\(outcome.letter) \(DisplayWidth.pad(outcome.word, to: 20))\(share)", .undefined)
      }
  }

  /// What the numbers mean, what matters most first.
  private func notes(_ survey: PhaseSurvey, _ basins: BasinMap?) -> String {
    let view = basins.map { "\($0.tried) starts in view, " } ?? ""
    let newton = board.dimension <= PhaseSurvey.largestSearch ? ", Newton" : ""
    let notes = [
      "Sampled: \(view)\(board.count) scattered (seed \(board.seed))\(newton). Not proved: there may be others.", place,
      basins == nil ? "" : "in%: of the starts in view. The stronger the colour, the fewer steps.",
      survey.region.isCone ? "Starts stay in the positive cone." : "",
      "Followed by \(board.method), at most \(PhaseSurvey.mostSteps) steps.",
      "Points within \(NumberText.scientific(FixedPointList.tolerance, digits: 1)) count as one.",
    ]
    return notes.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// What the picture leaves out of the space.
  private var place: String {
    guard board.dimension > (board.isSection ? 1 : 2) else { return "" }
    if board.isSection {
      return "Line through step \(portrait.step), the rest held. The stairs are this section's, not the run's."
    }
    return "Plane through step \(portrait.step), the rest held; points and paths are projected."
  }
}
