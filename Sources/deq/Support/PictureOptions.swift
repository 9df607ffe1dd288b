import ArgumentParser
import Explorer
import Screen
import Sessions

/// A picture beside a command's result.
struct PictureOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Write a picture (SVG).", valueName: "out.svg"))
  var svg: String?

  @Option(name: .long, help: ArgumentHelp("In the picture: the colours; light, if none is named.", valueName: "theme"))
  var theme: ThemeName?

  func validate() throws {
    if svg == nil, theme != nil { throw ValidationError("--theme: --svg is expected beside it") }
  }

  /// Writes the picture, if one is asked for.
  func write(_ title: String, _ panel: @autoclosure () -> FigureSheet.Panel) throws(SessionError) {
    guard let svg else { return }
    try TextFile.write(FigureSheet(title, [panel()]).svg(theme: (theme ?? .light).theme), to: svg)
  }
}
