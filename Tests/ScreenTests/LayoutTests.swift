import Screen
import Testing

@Suite("Layout")
struct LayoutTests {
  private let screen = Rect(x: 2, y: 1, width: 30, height: 10)

  @Test("Fixed, flexible and weighted parts fill the whole")
  func splits() {
    let rows = screen.rows([.fixed(1), .flexible(), .flexible(minimum: 2, weight: 2), .fixed(2)])
    #expect(rows.map { $0?.y } == [1, 2, 4, 9])
    #expect(rows.map { $0?.height } == [1, 2, 5, 2])
    #expect(rows.allSatisfy { $0?.width == 30 && $0?.x == 2 })
  }

  @Test("Low priority goes first, of equal ones the last")
  func drops() {
    let panes: [Pane] = [.flexible(minimum: 12), .flexible(minimum: 12, priority: -1), .flexible(minimum: 12)]
    #expect(screen.columns(panes).map { $0?.width } == [15, nil, 15])
    #expect(Rect(x: 0, y: 0, width: 20, height: 1).columns(panes).map { $0?.width } == [20, nil, nil])
    #expect(Rect(x: 0, y: 0, width: 5, height: 1).columns(panes).map { $0?.width } == [5, nil, nil])
    #expect(Rect(x: 0, y: 0, width: 0, height: 1).columns(panes).map { $0?.width } == [nil, nil, nil])
    #expect(screen.columns([]).isEmpty)
  }

  @Test("Parts are in order, do not overlap, and no minimum is broken", arguments: 0...40)
  func tiles(_ extent: Int) {
    let panes: [Pane] = [
      .fixed(3), .flexible(minimum: 4, weight: 3, priority: 2), .flexible(weight: 2), .fixed(7, priority: 1),
    ]
    let parts = Rect(x: 0, y: 0, width: extent, height: 1).columns(panes)
    var end = 0
    for (pane, part) in zip(panes, parts) {
      guard let part else { continue }
      #expect(part.x == end && (part.width >= pane.minimum || parts.compactMap { $0 }.count == 1))
      end = part.maxX
    }
    #expect(end <= extent)
  }

  @Test("Centred and inset")
  func centered() {
    #expect(screen.centered(Size(width: 10, height: 4)) == Rect(x: 12, y: 4, width: 10, height: 4))
    #expect(screen.centered(Size(width: 99, height: 4)) == Rect(x: 2, y: 4, width: 30, height: 4))
    #expect(screen.inset(by: 1, 2) == Rect(x: 3, y: 3, width: 28, height: 6))
  }
}
