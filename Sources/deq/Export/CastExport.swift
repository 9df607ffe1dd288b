public import ArgumentParser
import Explorer
public import Screen
import Sessions

/// `deq export --cast`: a replay as a recording of a terminal.
struct CastExport: ExportFormat {
  @Option(
    name: .long, help: ArgumentHelp("A replay in the explorer for asciinema (asciicast v2).", valueName: "out.cast"))
  var cast: String?

  @Option(
    name: .long, help: ArgumentHelp("In the recording: columns and rows; 120x40, if not given.", valueName: "size"))
  var size: Size?

  @Option(name: .long, help: ArgumentHelp("In the recording: steps a second; 16, if not given.", valueName: "number"))
  var speed: Double?

  var isWanted: Bool { cast != nil }

  func validate() throws {
    try ReplayCommand.check(speed: speed)
    guard !isWanted, size != nil || speed != nil else { return }
    throw ValidationError("\(size == nil ? "--speed" : "--size"): --cast is expected beside it")
  }

  func write(_ source: ExportSource) throws(SessionError) -> ExitCode {
    guard let cast else { return .success }
    let size = size ?? Size(width: 120, height: 40)
    try Cast(source.experiment, at: source.file, size: size, stepsPerSecond: speed ?? 16).write(to: cast)
    return .success
  }
}

extension Size: ExpressibleByArgument {
  private static let widths = ExplorerModel.minimumSize.width...1000
  private static let heights = ExplorerModel.minimumSize.height...1000

  /// Columns and rows, such as `120x40`, in which every screen is usable.
  public init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]), Self.widths.contains(width),
      Self.heights.contains(height)
    else { return nil }
    self.init(width: width, height: height)
  }

  public var defaultValueDescription: String { "\(width)x\(height)" }
}
