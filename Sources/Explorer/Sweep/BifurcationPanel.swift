import FixedPoint
import LinearAlgebra
import Screen

/// What a bifurcation diagram says in numbers: the fixed points at the cursor, and everything that happens.
struct BifurcationPanel {
  let board: BifurcationBoard
  let parameter: Double

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      guard let picture = board.picture else { return }
      let count = picture.count(at: parameter)
      region.write(board.name, look[.text], at: 0, 0, width: rect.width - 11)
      region.write(NumberText.significant(parameter, digits: 6), look[.number], at: 0, 0, width: rect.width, .right)
      region.write("fixed points", look[.text], at: 0, 1)
      region.write("\(count.all), \(count.attracting) attract", look[.number], at: 0, 1, width: rect.width, .right)
      drawEvents(picture.events, from: 3, rect.size, on: &region, look)
    }
  }

  private func drawEvents(
    _ events: [BifurcationEvent], from top: Int, _ size: Size, on region: inout Canvas, _ look: Look
  ) {
    region.write(events.isEmpty ? "nothing happens on the way" : "events", look[.title], at: 0, top)
    let room = max(1, (size.height - top - 6) / 2)
    let first = max(0, (board.event ?? 0) - room + 1)
    for (row, event) in events.dropFirst(first).prefix(room).enumerated() {
      let y = top + 1 + 2 * row
      let isSelected = first + row == board.event
      region.write(String(Character(event.kind.letter)), look[.focus], at: 0, y)
      region.write(event.kind.words, look[isSelected ? .selection : .text], at: 2, y)
      let text = "at " + event.parameterText
      region.write(text, look[.number], at: 2, y + 1, width: size.width - 2)
    }
    let below = top + 1 + 2 * min(room, events.count)
    for (row, line) in notes.enumerated() where below + row < size.height {
      region.write(line.text, look[line.role], at: 0, below + row, width: size.width)
    }
  }

  /// The selected event's numbers, else what the lines mean.
  private var notes: [(text: String, role: Theme.Role)] {
    guard let event = board.selectedEvent else {
      return [("solid: attracts", .series1), ("dashed: does not, or ?", .series2), ("[ ] go to events", .dim)]
    }
    let value = NumberText.significant(board.coordinate.value(event.point.state), digits: 10)
    let eigenvalue = event.eigenvalue.map { [("eigenvalue \($0.text)", Theme.Role.number)] } ?? []
    let collision = event.collision.map { collision in
      let radii = [collision.before, collision.after].map { NumberText.significant($0, digits: 4) }
      return [("border collision", Theme.Role.text), ("radius \(radii[0]) to \(radii[1])", .number)]
    }
    return [("\(board.coordinate.name) \(value)", .number)] + eigenvalue + (collision ?? [])
  }
}

extension ComplexNumber {
  fileprivate var text: String {
    let (re, im) = (NumberText.significant(real, digits: 6), NumberText.significant(abs(imaginary), digits: 4))
    return imaginary == 0 ? re : "\(re) \(imaginary < 0 ? "-" : "+") \(im)i"
  }
}

extension BifurcationEvent.Kind {
  /// For people.
  var words: String {
    switch self {
    case .fold: "fold"
    case .branchPoint: "branch point (pitchfork)"
    case .periodDoubling: "period doubling"
    case .neimarkSacker: "invariant circle"
    case .kink: "kink: the slope jumps"
    }
  }
}
