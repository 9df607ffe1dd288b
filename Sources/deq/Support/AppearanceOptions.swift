import ArgumentParser
import Explorer

/// How the explorer looks this time, whatever the configuration says.
struct AppearanceOptions: ParsableArguments {
  @Flag(name: .long, inversion: .prefixedNo, help: "React to the mouse; without it the terminal selects text.")
  var mouse: Bool?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The colours: \(ThemeName.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"))
  var theme: ThemeName?

  func apply(to settings: inout Settings) {
    if let mouse { settings.mouse = mouse }
    if let theme { settings.theme = theme }
  }
}
