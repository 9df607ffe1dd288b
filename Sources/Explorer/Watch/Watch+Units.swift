import FixedPoint
import Screen

extension Watch {
  /// The values of some units over the steps: of those that are marked, else of those with the largest residuals; and
  /// where the proved fixed points have the first of them.
  func trajectories(width: Int) -> LinePlot {
    let sample = sampledSteps(atMost: 2 * width)
    let steps = sample.contains(cursor) || !shownRows.contains(cursor) ? sample : (sample + [cursor]).sorted()
    let states = steps.map { run.iterate(at: $0) }
    let positions = steps.map(Double.init)
    let series = tracedUnits.enumerated().map { index, unit in
      LinePlot.Series(
        "z\(unit)", letter: Self.unitLetters[index], states.map { $0[unit] }, positions: positions,
        role: .series(index))
    }
    return LinePlot(
      series, levels: fixedPointLevels, scale: trajectoryScale, cursor: shownCursor.map(Double.init),
      steps: shownStepsOnAxis)
  }

  private var fixedPointLevels: [LinePlot.Level] {
    guard let unit = tracedUnits.first, let points = fixedPoints?.fixedPoints else { return [] }
    return points.enumerated().compactMap { index, point in
      let value = point.center[unit]
      return trajectoryScale == .log10 && value <= 0 ? nil : LinePlot.Level(value, "#\(index + 1)")
    }
  }

  /// Which units these are, in the order of their letters.
  var trajectoriesText: String {
    (units.marked.isEmpty ? "largest: " : "marked: ") + tracedUnits.map(String.init).joined(separator: ", ")
      + (trajectoryScale == .log10 ? "; log" : "")
  }

  private static let unitLetters = Array("abcdefgh".unicodeScalars)

  var shownStepsOnAxis: ClosedRange<Double> { Double(shownSteps.lowerBound)...Double(shownSteps.upperBound) }

  /// Which shares of the units are saturated and inactive, over the steps where that has been counted.
  var activityPlot: LinePlot {
    let steps = (study?.activities.steps(upTo: run.stepCount) ?? []).filter { shownSteps.contains($0) }
    let shares = steps.map { study?.activities[$0] ?? nil }
    let positions = steps.map(Double.init)
    return LinePlot(
      [
        LinePlot.Series(
          "saturated", letter: "s", shares.map { $0?.saturated }, positions: positions, role: .series2),
        LinePlot.Series("inactive", letter: "i", shares.map { $0?.inactive }, positions: positions, role: .series1),
      ], cursor: shownCursor.map { Double(max(1, $0)) }, steps: shownStepsOnAxis, values: 0...1)
  }

  /// Why there is no activity to plot; `nil` where there is some, or where it is being counted.
  var activityObstacle: String? {
    guard let known = study?.activities, let step = known.last(upTo: run.stepCount), let shares = known[step] else {
      return "counting…"
    }
    return shares == nil ? "no activation behind the last operator that mixes units" : nil
  }
}
