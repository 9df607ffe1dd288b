import FixedPoint
import Screen
import Sessions

/// A file for other programs that is asked for in the explorer; the ending of its name says of which kind.
public struct ExportRequest: Sendable {
  public enum Format: String, Sendable, CaseIterable {
    case csv, svg, cast
    case python = "py"

    /// The format that the ending of a name stands for.
    init?(path: String) { self.init(rawValue: path.split(separator: ".").last.map { $0.lowercased() } ?? "") }

    /// `.csv, .svg, .cast or .py`
    static var endings: String {
      let all = allCases.map { "." + $0.rawValue }
      return all.dropLast().joined(separator: ", ") + " or " + (all.last ?? "")
    }
  }

  let watch: Watch
  let theme: ThemeName
  let size: Size
  let format: Format
  let path: String
  let replacing: Replacement

  /// Writes the file.
  /// - Returns: what was written, in a few words.
  /// - Throws: `SessionError` of kind `unwritable`.
  func perform() throws(SessionError) -> String {
    switch format {
    case .csv: try TraceTable.write(watch.run, to: path)
    case .svg: try TextFile.write(plots.svg(theme: theme.theme), to: path)
    case .cast:
      let speed = watch.speed.stepsPerSecond ?? Speed.fastest.stepsPerSecond ?? 1
      try Cast(watch.experiment, at: watch.path ?? path, size: size, stepsPerSecond: speed).write(to: path)
    case .python:
      try PythonScript.write(watch.experiment.document, directory: watch.experiment.directory, to: path)
    }
    return format == .python ? "a script" : format == .svg ? "plots" : "\(watch.run.stepCount) steps"
  }

  /// The plots of the watch screen.
  private var plots: FigureSheet {
    FigureSheet(watch.title, [PlotKind.residual, .contraction, .heatMap].compactMap { watch.panel($0) })
  }
}
