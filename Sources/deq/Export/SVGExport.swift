public import ArgumentParser
public import Explorer
import FixedPoint
import Screen
import Sessions

extension PlotKind: ExpressibleByArgument {}
extension ThemeName: ExpressibleByArgument {}

/// `deq export --svg`: plots as vector graphics.
struct SVGExport: ExportFormat {
  @Option(name: .long, help: ArgumentHelp("Plots as vector graphics, below each other.", valueName: "out.svg"))
  var svg: String?

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp("In the picture: which plots (residual, if none is named).", valueName: "plot"))
  var plot: [PlotKind] = []

  @Option(name: .long, help: ArgumentHelp("In the picture: the colours; light, if none is named.", valueName: "theme"))
  var theme: ThemeName?

  var isWanted: Bool { svg != nil }

  func validate() throws {
    guard !isWanted, !plot.isEmpty || theme != nil else { return }
    throw ValidationError("\(plot.isEmpty ? "--theme" : "--plot"): --svg is expected beside it")
  }

  func write(_ source: ExportSource) throws(SessionError) -> ExitCode {
    guard let svg,
      let watch = Offscreen(source.experiment, at: source.file, size: ExplorerModel.minimumSize).model.watch
    else { return .success }
    var panels: [FigureSheet.Panel] = []
    for kind in plot.isEmpty ? [.residual] : plot {
      guard let panel = watch.panel(kind) else {
        StandardError.print("\(source.file): --plot \(kind.rawValue): \(kind.requirement), \(watch.run.outcome.words)")
        return Exit.notReached
      }
      panels.append(panel)
    }
    let sheet = FigureSheet(watch.title, panels, remarks: watch.remarks)
    try TextFile.write(sheet.svg(theme: (theme ?? .light).theme), to: svg)
    return .success
  }
}

extension PlotKind {
  /// What a run needs for it.
  fileprivate var requirement: String {
    switch self {
    case .residual, .heatMap: "expected a run of at least one step"
    case .contraction: "expected a run of at least two steps"
    case .spectrum: "expected a run that converged"
    case .phase: "expected paths of finite points"
    }
  }
}

extension Outcome? {
  fileprivate var words: String { "found one that " + (map { "ended as \($0.word)" } ?? "has not ended") }
}
