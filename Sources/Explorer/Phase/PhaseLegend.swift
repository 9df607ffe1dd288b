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
      for line in lines(survey, basins) where y < rect.height - 4 {
        draw(line, at: y, on: &region, look)
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
    return "   " + DisplayWidth.pad(names.0, to: 7, .right) + DisplayWidth.pad(names.1, to: 8, .right) + "   ρ  in%"
  }

  /// One fixed point: measured, proved, or both.
  private struct Line {
    let point: [Double]
    let letter: Unicode.Scalar
    let role: Theme.Role
    let spectralRadius: Double?
    let proof: EnclosedFixedPoint?
    /// The part of the starts that settle there.
    let share: Double?
  }

  private func lines(_ survey: PhaseSurvey, _ basins: BasinMap?) -> [Line] {
    let seen = board.fixedPoints.points.enumerated().map { index, point in
      Line(
        point: point.point, letter: PhasePortrait.letter(index, isLarge: true), role: PhasePortrait.role(index),
        spectralRadius: point.spectralRadius, proof: portrait.proof(of: point), share: share(index, survey, basins))
    }
    let unseen = portrait.unseen.map {
      Line(
        point: $0.center, letter: PhasePortrait.unseen, role: .text, spectralRadius: $0.spectralRadius, proof: $0,
        share: 0)
    }
    return seen + unseen
  }

  private func draw(_ line: Line, at y: Int, on canvas: inout Canvas, _ look: Look) {
    guard let place = portrait.plane?.place(of: line.point) else { return }
    let style = look[line.role].with(.bold)
    canvas.put(line.letter, style, at: 1, y)
    if let (left, right) = line.proof?.stability.brackets.scalars {
      canvas.put(left, style, at: 0, y)
      canvas.put(right, style, at: 2, y)
    }
    canvas.write(NumberText.significant(portrait.shown(place).x, width: 7), look[.number], at: 3, y)
    if !board.isSection {
      canvas.write(NumberText.significant(portrait.shown(place).y, width: 7), look[.number], at: 11, y)
    }
    let role: Theme.Role = line.spectralRadius.map { $0 < 1 ? .good : .warning } ?? .undefined
    canvas.write(NumberText.decimal(line.spectralRadius, places: 2, width: 5), look[role], at: 18, y)
    canvas.write(NumberText.percent(line.share, width: 5), look[.number], at: 23, y)
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
    if board.fixedPoints.points.isEmpty, portrait.unseen.isEmpty { lines.append(("none was found", .warning)) }
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
      proof, "Sampled: \(view)\(board.count) scattered (seed \(board.seed))\(newton).\(caution)", place,
      basins == nil ? "" : "in%: of the starts in view. The stronger the colour, the fewer steps.",
      survey.region.isCone ? "Starts stay in the positive cone." : "",
      "Followed by \(board.method), at most \(PhaseSurvey.mostSteps) steps.",
      "Points within \(NumberText.scientific(FixedPointList.tolerance, digits: 1)) count as one.",
    ]
    return notes.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// What is proved, and by which marks that is told.
  private var proof: String {
    guard let proved = portrait.proved, !proved.fixedPoints.isEmpty else { return "" }
    let isOpen = proved.fixedPoints.contains { $0.stability == .undecided }
    let marks = "[ ] attracts, < > repels" + (isOpen ? ", ( ) open" : "")
    return (proved.summary.first.map { $0 + ". " } ?? "") + marks + ": proved."
  }

  private var caution: String {
    portrait.proved?.isComplete == true ? "" : " Not proved: there may be others."
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
