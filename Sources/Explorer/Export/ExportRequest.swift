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

  /// What is written.
  enum Subject: Sendable {
    case run(Watch, Format, ThemeName, Size)
    case sweep(SweepExport)
  }

  let subject: Subject
  let path: String
  let replacing: Replacement

  /// Writes the file.
  /// - Returns: what was written, in a few words.
  /// - Throws: `SessionError` of kind `unwritable`.
  func perform() throws(SessionError) -> String {
    switch subject {
    case .sweep(let export): return try export.perform(path)
    case .run(let watch, let format, let theme, let size): return try perform(watch, format, theme, size)
    }
  }

  private func perform(
    _ watch: Watch, _ format: Format, _ theme: ThemeName, _ size: Size
  ) throws(SessionError) -> String {
    switch format {
    case .csv: try TraceTable.write(watch.run, to: path)
    case .svg: try TextFile.write(Self.plots(of: watch).svg(theme: theme.theme), to: path)
    case .cast:
      let speed = watch.speed.stepsPerSecond ?? Speed.fastest.stepsPerSecond ?? 1
      try Cast(watch.experiment, at: watch.path ?? path, size: size, stepsPerSecond: speed).write(to: path)
    case .python:
      try PythonScript.write(watch.experiment.document, directory: watch.experiment.directory, to: path)
    }
    return format == .python ? "a script" : format == .svg ? "plots" : "\(watch.run.stepCount) steps"
  }

  /// The plots of the watch screen.
  private static func plots(of watch: Watch) -> FigureSheet {
    FigureSheet(
      watch.title, [PlotKind.residual, .contraction, .heatMap].compactMap { watch.panel($0) }, remarks: watch.remarks)
  }
}
