import Screen

/// The first line of the window: the screens with their keys, the one that is shown marked.
///
/// Where the names do not fit, those of the other screens are shortened until they do.
struct TabBar: Drawable {
  private struct Tab {
    let place: ExplorerModel.Place
    let text: String
    let x: Int
  }

  private static let badge = " deq "

  private let shown: ExplorerModel.Place
  private let tabs: [Tab]
  private let hasSession: Bool
  /// Stands at the tab of trainings while one goes on.
  private let mark: Unicode.Scalar?

  init(_ model: ExplorerModel) {
    shown = model.place
    hasSession = model.watch != nil
    mark = model.train.live.flatMap { $0.isRunning ? "▸" : $0.phase == .paused ? "=" : nil }
    let longest = ExplorerModel.Place.allCases.map(\.title.count).max() ?? 0
    let fitting = (1...longest).reversed().lazy.map { Self.tabs(model.place, letters: $0) }
      .first { $0.last.map { $0.x + $0.text.count <= model.size.width } ?? true }
    tabs = fitting ?? []
  }

  private static func tabs(_ shown: ExplorerModel.Place, letters: Int) -> [Tab] {
    var x = badge.count + 1
    return ExplorerModel.Place.allCases.map { place in
      let name = place == shown ? place.title : place.title(letters: letters)
      let tab = Tab(place: place, text: " \(place.digit) \(name) ", x: x)
      x += tab.text.count
      return tab
    }
  }

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.fill(rect, " ", look[.text])
    canvas.write(Self.badge, look[.title].with(.reverse), at: rect.x, rect.y)
    for tab in tabs {
      let canBeShown = hasSession || tab.place.standsAlone
      let style = tab.place == shown ? look[.focus].with(.reverse) : look[canBeShown ? .text : .dim]
      let end = canvas.write(tab.text, style, at: rect.x + tab.x, rect.y)
      if tab.place == .train, let mark { canvas.put(mark, look[.focus], at: end - 1, rect.y) }
    }
  }

  /// The screen whose tab is at a cell of the window.
  func place(at point: Point) -> ExplorerModel.Place? {
    guard point.y == 0 else { return nil }
    return tabs.first { ($0.x..<$0.x + $0.text.count).contains(point.x) }?.place
  }
}
