import FixedPoint
import LinearAlgebra
public import Screen
import Sessions

/// The plots of a run that can be written as pictures.
public enum PlotKind: String, Sendable, CaseIterable {
  case residual
  case contraction
  case heatMap = "heat-map"
  /// The eigenvalues of the Jacobian at the fixed point.
  case spectrum
  /// Paths from several starts in the two directions in which they vary most.
  case phase
}

extension Watch {
  /// The notes at steps of the run, for below a picture.
  public var remarks: [String] {
    experiment.notes.filter { $0.step <= run.stepCount }.map { "step \($0.step): \($0.text)" }
  }

  /// A plot as on the screen, without the cursor; `nil` where the run has nothing to show of this kind.
  public func panel(_ kind: PlotKind) -> FigureSheet.Panel? {
    switch kind {
    case .residual:
      run.stepCount > 0
        ? FigureSheet.Panel("residual", caption: "\(measure.rawValue), log", uncursored(residualPlot)) : nil
    case .contraction:
      run.stepCount > 1 ? FigureSheet.Panel("contraction", caption: "ratio per step", uncursored(contractionPlot)) : nil
    case .heatMap:
      run.stepCount > 0
        ? FigureSheet.Panel("activations", caption: "units x steps", activations(width: 480).figure) : nil
    case .spectrum: spectrumPanel
    case .phase: phasePanel
    }
  }

  private func uncursored(_ plot: LinePlot) -> LinePlot {
    var plot = plot
    plot.cursor = nil
    return plot
  }

  private var spectrumPanel: FigureSheet.Panel? {
    guard let point = run.fixedPoint,
      let values = try? run.map.denseJacobian(at: point, atMost: RunStudy.largestDense)?.eigenvalues()
    else { return nil }
    let radius = values.reduce(0) { max($0, $1.magnitude) }
    let marks = values.map { ScatterPlot.Mark($0.real, $0.imaginary, role: $0.magnitude < 1 ? .series1 : .series2) }
    return FigureSheet.Panel(
      "spectrum of the Jacobian at the fixed point",
      caption: "spectral radius \(NumberText.significant(radius, digits: 4))",
      ScatterPlot(marks))
  }

  private static let phaseStarts = 12

  private var phasePanel: FigureSheet.Panel? {
    let solver = (experiment.problem.solver as? any EntrywiseSolver) ?? Picard()
    let request = PhaseSurvey.Request(count: Self.phaseStarts, seed: 1, start: run.start)
    let survey = PhaseSurvey(request, of: Analysis(network: run.map, start: run.start), by: solver)
    guard let axes = survey.principal else { return nil }
    let paths = survey.trajectories.enumerated().map { index, trajectory in
      PathPlot.Path(
        trajectory.iterates.filter { $0.allSatisfy(\.isFinite) }.map {
          (x: axes.first.coordinate(of: $0), y: axes.second.coordinate(of: $0))
        }, role: .series(index))
    }
    return FigureSheet.Panel(
      "phase portrait", caption: "\(paths.count) scattered starts, \(solver.summary)",
      PathPlot(paths, xName: "first principal direction", yName: "second principal direction"))
  }
}
