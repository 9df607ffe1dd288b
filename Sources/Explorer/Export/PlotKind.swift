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
    guard let point = run.fixedPoint, let values = try? run.map.jacobian(at: point).eigenvalues() else { return nil }
    let radius = values.reduce(0) { max($0, $1.magnitude) }
    let marks = values.map { ScatterPlot.Mark($0.real, $0.imaginary, role: $0.magnitude < 1 ? .series1 : .series2) }
    return FigureSheet.Panel(
      "spectrum of the Jacobian at the fixed point",
      caption: "spectral radius \(NumberText.significant(radius, digits: 4))",
      ScatterPlot(marks))
  }

  private static let phaseStarts = 12

  private var phasePanel: FigureSheet.Panel? {
    let center = run.fixedPoint ?? run.start
    let distance = Vector.norm2(zip(run.start, center).map { $0 - $1 }) / Double(center.count).squareRoot()
    let starts = PhasePortrait.starts(
      Self.phaseStarts, around: center, spread: distance > 0 && distance.isFinite ? distance : 1, seed: 1)
    let problem = experiment.problem
    let portrait = PhasePortrait(
      of: run.map, from: [run.start] + starts, by: problem.solver, stopping: problem.stopping)
    guard let projection = try? portrait.principalProjection() else { return nil }
    let paths = portrait.paths.enumerated().map { index, path in
      PathPlot.Path(path.map { projection($0) }, role: .series(index))
    }
    return FigureSheet.Panel(
      "phase portrait", caption: "\(paths.count) starts, \(experiment.document.solver.method)",
      PathPlot(paths, xName: "first principal direction", yName: "second principal direction"))
  }
}
