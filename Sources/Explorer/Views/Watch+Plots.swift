import FixedPoint
import Screen
import Sessions

extension Watch {
  /// The shown measure of every step, on a logarithmic axis, with the tolerance as a line where it is of this measure.
  var residualPlot: LinePlot {
    let values = run.trace.map { $0[measure] }
    let curve = LinePlot.Series(measure.rawValue, letter: nil, values, positions: stepPositions, role: .series1)
    let rule = run.stopping
    let levels = rule.measure == measure ? [LinePlot.Level(rule.tolerance, "tolerance")] : []
    return LinePlot(
      frozenSeries + boundSeries + [curve], levels: levels, scale: .log10, cursor: Double(cursor), marks: noteMarks,
      steps: stepRange)
  }

  private var frozenSeries: [LinePlot.Series] {
    guard let frozen else { return [] }
    let values = frozen.trace.map { $0[measure] }
    return [LinePlot.Series(frozen.label, values, positions: frozen.trace.map { Double($0.step) }).frozen()]
  }

  /// What the best certificate proves of the shown measure, dotted.
  private var boundSeries: [LinePlot.Series] {
    guard let bound = provedBound(of: measure) else { return [] }
    let positions = bound.values.indices.map { Double(bound.firstStep + $0) }
    let label = "proved \(NumberText.significant(bound.rate))^k"
    return [LinePlot.Series(label, letter: "P", bound.values, positions: positions, role: .good, stroke: .dotted)]
  }

  /// The proved rate of each metric whose ratio is shown as it is measured.
  private var provedRates: [LinePlot.Level] {
    Ratio.allCases.compactMap { ratio in
      provedBound(of: ratio.measure).flatMap { bound in
        bound.isInOwnMetric
          ? LinePlot.Level(bound.rate, "proved \(ratio.measure.letter) \(NumberText.significant(bound.rate))") : nil
      }
    }
  }

  /// The contraction ratio of every step in each metric, with 1 marked: below it the distance shrinks.
  var contractionPlot: LinePlot {
    let curves = zip(Ratio.allCases, Self.ratioLooks).map { ratio, look in
      LinePlot.Series(
        look.name, letter: look.letter, run.trace.dropFirst().map { $0[ratio] },
        positions: Array(stepPositions.dropFirst()), role: look.role)
    }
    return LinePlot(
      curves.filter { $0.values.contains { $0 != nil } }, levels: [LinePlot.Level(1, "1")] + provedRates,
      scale: .linear,
      cursor: Double(cursor), marks: noteMarks, steps: stepRange, values: ratioRange)
  }

  private var noteMarks: [Double] { experiment.notes.map { Double($0.step) } }

  private static let ratioLooks: [(name: String, letter: Unicode.Scalar, role: Theme.Role)] = [
    ("Euclidean", "2", .series1), ("sup", "S", .series2), ("Thompson", "T", .series3), ("Hilbert", "H", .series5),
  ]

  private var stepPositions: [Double] { run.trace.map { Double($0.step) } }

  /// All steps made so far, and room for the first ones.
  private var stepRange: ClosedRange<Double> { 0...Double(max(10, run.stepCount, frozen?.trace.count ?? 0)) }

  /// From 0 to a little over 1: one wild ratio must not flatten all others.
  private var ratioRange: ClosedRange<Double> {
    let largest = run.trace.lazy.flatMap { row in Ratio.allCases.lazy.compactMap { row[$0] } }.max() ?? 1
    return 0...max(1.1, min(3, largest * 1.05))
  }
}

extension Watch {
  /// The values of all units at every step; where there are more steps than columns, evenly chosen ones.
  func activations(width: Int) -> ActivationsMap { ActivationsMap(run: run, cursor: cursor, width: width) }

  /// The steps as a line to scrub on; a diamond marks each step from which another method went on.
  var timeline: Scrubber {
    let changes = experiment.actions.compactMap { recorded -> Scrubber.Mark? in
      if case .solver = recorded.action, recorded.step > 0 { Scrubber.Mark(recorded.step) } else { nil }
    }
    let notes = experiment.notes.map { Scrubber.Mark($0.step, glyph: "▾", role: .warning) }
    return Scrubber(position: cursor, last: run.stepCount, marks: changes + notes)
  }
}

extension Measure {
  /// Stands for its metric in plots.
  fileprivate var letter: String {
    switch self {
    case .residualRelative, .residualAbsolute: "2"
    case .residualSup: "S"
    case .thompson: "T"
    case .hilbert: "H"
    }
  }
}
