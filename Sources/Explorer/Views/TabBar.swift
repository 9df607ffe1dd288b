import Screen

/// The first line of the window: the screens with their keys, the one that is shown marked.
///
/// Where the names do not fit, they are shortened; where short ones do not either, the tabs move together.
struct TabBar: Drawable {
  private struct Tab {
    let place: ExplorerModel.Place
    let text: String
    let x: Int
    var cells: Range<Int> { x..<x + text.count }
  }

  /// How the tabs share the line.
  private enum Style: CaseIterable {
    case full, short, dense

    var badge: String { self == .dense ? "" : " deq " }
    var gap: Int { self == .dense ? 1 : 2 }

    func title(_ place: ExplorerModel.Place) -> String { self == .full ? place.title : place.shortTitle }

    var tabs: [Tab] {
      var x = badge.isEmpty ? 1 : badge.count + 2
      return ExplorerModel.Place.allCases.map { place in
        let tab = Tab(place: place, text: "\(place.digit) \(title(place))", x: x)
        x = tab.cells.upperBound + gap
        return tab
      }
    }

    func fits(_ width: Int) -> Bool { tabs.last.map { $0.cells.upperBound < width } ?? true }
  }

  private let shown: ExplorerModel.Place
  private let style: Style
  private let hasSession: Bool
  /// Stands at the tab of trainings while one goes on.
  private let mark: Unicode.Scalar?

  init(_ model: ExplorerModel) {
    shown = model.place
    hasSession = model.watch != nil
    style = Style.allCases.first { $0.fits(model.size.width) } ?? .dense
    mark = model.train.live.flatMap { $0.isRunning ? "▸" : $0.phase == .paused ? "=" : nil }
  }

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.fill(rect, " ", look[.text])
    canvas.write(style.badge, look[.title].with(.reverse), at: rect.x, rect.y)
    for tab in style.tabs {
      let canBeShown = hasSession || tab.place.standsAlone
      let ink = tab.place == shown ? look[.focus].with(.reverse) : look[canBeShown ? .text : .dim]
      // The mark takes a cell on either side.
      let (text, x) = tab.place == shown ? (" \(tab.text) ", tab.x - 1) : (tab.text, tab.x)
      canvas.write(text, ink, at: rect.x + x, rect.y)
      if tab.place == .train, let mark { canvas.put(mark, look[.focus], at: rect.x + tab.cells.upperBound, rect.y) }
    }
  }

  /// The screen whose tab is at a cell of the window.
  func place(at point: Point) -> ExplorerModel.Place? {
    guard point.y == 0 else { return nil }
    return style.tabs.first { ($0.x - 1...$0.cells.upperBound).contains(point.x) }?.place
  }
}
