import FixedPoint
import Screen

/// The diagram of fixed points along the parameter across, and how it is looked at.
struct BifurcationBoard: Sendable {
  /// What the diagram is of.
  let request: BifurcationRequest
  let name: String
  let diagram: Result<BifurcationDiagram, Failure>
  var coordinate: BifurcationPicture.Coordinate { didSet { draw() } }
  /// The event that is pointed at.
  private(set) var event: Int?
  /// `nil` where there is no diagram.
  private(set) var picture: BifurcationPicture?

  init(
    _ request: BifurcationRequest, _ name: String, _ diagram: Result<BifurcationDiagram, Failure>,
    _ coordinate: BifurcationPicture.Coordinate
  ) {
    (self.request, self.name, self.diagram, self.coordinate) = (request, name, diagram, coordinate)
    draw()
  }

  private mutating func draw() {
    guard case .success(let diagram) = diagram else { return }
    picture = BifurcationPicture(diagram, over: request.range, name: name, coordinate)
  }

  /// The next event, or the one before; from none, the one nearest to a parameter on that side.
  mutating func selectEvent(_ change: Int, from parameter: Double) {
    guard let events = picture?.events, !events.isEmpty else { return }
    if let event {
      self.event = max(0, min(event + change, events.count - 1))
    } else if change > 0 {
      event = events.firstIndex { $0.point.parameter >= parameter } ?? events.count - 1
    } else {
      event = events.lastIndex { $0.point.parameter <= parameter } ?? 0
    }
  }

  mutating func leaveEvent() { event = nil }

  var selectedEvent: BifurcationEvent? {
    event.flatMap { index in picture.flatMap { $0.events.indices.contains(index) ? $0.events[index] : nil } }
  }
}
