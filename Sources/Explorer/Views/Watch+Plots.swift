import FixedPoint
import Screen
import Sessions

extension Watch {
  /// The shown measure of every step, on a logarithmic axis, with the tolerance as a line where it is of this measure.
  var residualPlot: LinePlot {
    let curve = LinePlot.Series(
      measure.rawValue, letter: nil, shownRun.map { $0[measure] }, positions: positions(shownRun), role: .series1)
    let rule = run.stopping
    let levels = rule.measure == measure ? [LinePlot.Level(rule.tolerance, "tolerance")] : []
    return LinePlot(
      frozenSeries + boundSeries + [curve], levels: levels, scale: residualScale, cursor: shownCursor.map(Double.init),
      marks: noteMarks,
      steps: shownStepsOnAxis)
  }

  private var frozenSeries: [LinePlot.Series] {
    frozen.enumerated().map { index, curve in
      let rows = shown(curve.trace)
      let letter = frozen.count > 1 ? Self.frozenLetters[index] : nil
      return LinePlot.Series(
        curve.label, letter: letter, rows.map { $0[measure] }, positions: rows.map { Double($0.step) }
      ).frozen()
    }
  }

  private static let frozenLetters = Array("ABCD".unicodeScalars)

  private var shownRun: ArraySlice<TraceRow> { shown(run.trace) }

  private func positions(_ rows: ArraySlice<TraceRow>) -> [Double] { rows.map { Double($0.step) } }

  /// What the best certificate proves of the shown measure, dotted.
  private var boundSeries: [LinePlot.Series] {
    guard let bound = provedBound(of: measure) else { return [] }
    let steps = bound.values.indices.map { bound.firstStep + $0 }.filter { shownSteps.contains($0) }
    let values = steps.map { bound.values[$0 - bound.firstStep] }
    let label = "proved \(NumberText.significant(bound.rate))^k"
    return [
      LinePlot.Series(
        label, letter: "P", values, positions: steps.map(Double.init), role: .good, stroke: .dotted)
    ]
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
    let rows = shownRun.drop { $0.step < 2 }
    let curves = zip(Ratio.allCases, Self.ratioLooks).map { ratio, look in
      LinePlot.Series(
        look.name, letter: look.letter, rows.map { $0[ratio] }, positions: positions(rows), role: look.role)
    }
    return LinePlot(
      curves.filter { $0.values.contains { $0 != nil } }, levels: [LinePlot.Level(1, "1")] + provedRates,
      scale: contractionScale, cursor: shownCursor.map(Double.init), marks: noteMarks, steps: shownStepsOnAxis,
      values: contractionScale == .linear ? ratioRange : nil)
  }

  private var noteMarks: [Double] { experiment.notes.map { Double($0.step) } }

  private static let ratioLooks: [(name: String, letter: Unicode.Scalar, role: Theme.Role)] = [
    ("Euclidean", "2", .series1), ("sup", "S", .series2), ("Thompson", "T", .series3), ("Hilbert", "H", .series5),
  ]

  /// From 0 to a little over 1: one wild ratio must not flatten all others.
  private var ratioRange: ClosedRange<Double> {
    let largest = shownRun.lazy.flatMap { row in Ratio.allCases.lazy.compactMap { row[$0] } }.max() ?? 1
    return 0...max(1.1, min(3, largest * 1.05))
  }
}

extension Watch {
  /// The values of all units at every step; where there are more steps than columns, evenly chosen ones.
  func activations(width: Int) -> ActivationsMap { ActivationsMap(self, width: width) }

  /// The steps as a line to scrub on; a diamond marks each step from which another method went on.
  var timeline: Scrubber {
    let changes = experiment.actions.compactMap { recorded -> Scrubber.Mark? in
      if case .solver = recorded.action, recorded.step > 0 { Scrubber.Mark(recorded.step) } else { nil }
    }
    let notes = experiment.notes.map { Scrubber.Mark($0.step, glyph: "▾", role: .warning) }
    return Scrubber(position: cursor, last: run.stepCount, marks: windowMarks + changes + notes)
  }

  /// The ends of what is zoomed in on.
  private var windowMarks: [Scrubber.Mark] {
    guard window != nil else { return [] }
    return [
      Scrubber.Mark(shownSteps.lowerBound, glyph: "[", role: .key),
      Scrubber.Mark(min(shownSteps.upperBound, run.stepCount), glyph: "]", role: .key),
    ]
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
