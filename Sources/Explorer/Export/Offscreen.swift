public import Screen
public import Sessions

/// The explorer without a terminal: its real model and views, time that passes when it is told to, and certificates
/// that are there at once.
public struct Offscreen {
  public private(set) var model: ExplorerModel
  private let services = Services.files(gallery: ".")

  /// Opens a session; with `playing`, its steps are shown from the start on, so many a second.
  public init(_ experiment: Experiment, at path: String, size: Size, playing stepsPerSecond: Double? = nil) {
    model = ExplorerModel(size: size, profile: Profile())
    model.open(experiment, at: path, playing: stepsPerSecond)
    update(.event(.resize(size)))
  }

  /// Lets time pass to the moment at which something is due.
  /// - Returns: false where nothing ever is.
  mutating func advance() -> Bool {
    guard let deadline = model.deadline else { return false }
    model.now = max(model.now, deadline)
    update(.tick)
    return true
  }

  private mutating func update(_ message: Message) {
    for effect in model.update(message) {
      guard case .certify(let analysis, let generation, let light) = effect else { continue }
      update(.certified(generation: generation, light: light, services.certify(analysis, light)))
    }
  }
}
