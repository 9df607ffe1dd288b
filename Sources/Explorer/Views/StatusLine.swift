public import FixedPoint
import Screen

/// The first line of the watch screen: what is open, by which method, and where the run stands. What matters less is
/// left out first where there is no room.
struct StatusLine: Drawable {
  let watch: Watch

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.fill(rect, " ", look[.text])
    let x = rect.x + 1
    let mark = watch.isModified ? " *" : ""
    let wanted = min(DisplayWidth.of(watch.title), 30) + mark.count
    let right = facts(room: rect.maxX - x - wanted - 3)
    let start = rect.maxX - DisplayWidth.of(right) - 1
    let title = DisplayWidth.truncate(watch.title, to: max(0, start - x - mark.count - 2))
    canvas.write(title + mark, look[.title], at: x, rect.y)
    canvas.write(right, look[.text], at: start, rect.y)
  }

  /// What fits into `room` cells beside the title; the step and how the run stands are always there.
  private func facts(room: Int) -> String {
    let run = watch.run
    let row = watch.cursor > 0 ? run.trace[watch.cursor - 1] : nil
    let residual = NumberText.scientific(row?[watch.measure])
    return FactLine(parts: [
      ("n=\(run.map.dimension)", 3), (method.summary, 1),
      ("step \(watch.cursor)/\(run.stepCount)", 0), ("\(row?.evaluations ?? 0) evals", 4),
      ("\(watch.measure.rawValue) \(residual)", 2), (state, 0),
    ]).text(room: room)
  }

  /// The method that made the step; at the end of a run that can go on, the one that will make the next.
  private var method: any FixedPointSolver {
    watch.isAtEnd && watch.run.outcome == nil ? watch.run.solver : watch.run.solver(at: watch.cursor)
  }

  private var state: String {
    if watch.playback != nil {
      return "running" + (watch.rate.map { " \(NumberText.shortest($0))/s" } ?? "")
    }
    guard let outcome = watch.run.outcome else { return watch.run.stepCount == 0 ? "ready" : "paused" }
    // The outcome is that of the run, not of a step on the way.
    return watch.isAtEnd ? outcome.text : "mid-run"
  }
}

extension Outcome {
  /// In words, for people.
  var text: String {
    switch self {
    case .converged: "converged"
    case .maxSteps: "stopped at the limit of steps"
    case .diverged: "diverged"
    case .cycle(let period): "cycle of period \(period)"
    case .stalled: "stalled"
    case .failed(.needs(_, let requirement)): "failed: needs \(requirement)"
    case .failed(.singular): "failed: singular system"
    }
  }

  /// In at most thirteen characters, for a column of a table.
  public var word: String {
    switch self {
    case .converged: "converged"
    case .maxSteps: "limit reached"
    case .diverged: "diverged"
    case .cycle(let period): "cycle of \(period)"
    case .stalled: "stalled"
    case .failed: "failed"
    }
  }

  var role: Theme.Role {
    switch self {
    case .converged: .good
    case .maxSteps, .stalled: .warning
    case .diverged, .cycle, .failed: .bad
    }
  }

  /// Stands beside the colour.
  var letter: String {
    switch self {
    case .converged: "+"
    case .maxSteps: "…"
    case .diverged: "x"
    case .cycle: "o"
    case .stalled: "="
    case .failed: "!"
    }
  }
}

extension FixedPointSolver {
  /// Name and the options that are not the defaults: `anderson window=3`.
  var summary: String {
    let fields = Self.description.options
    let changed = fields.compactMap { field -> String? in
      guard let value = options[field.name], value != field.defaultValue else { return nil }
      switch value {
      case .number(let number): return "\(field.name)=\(NumberText.shortest(number))"
      case .text(let text): return text
      case .flag(let flag): return flag ? field.name : nil
      case .tensor, .edges: return nil
      }
    }
    return ([Self.description.name] + changed).joined(separator: " ")
  }
}
