public import Screen
import Sessions

extension ExplorerModel {
  /// The picture of this model; depends on nothing else. `openTasks`: work that goes on off the main loop, told to
  /// whoever waits for the program to settle.
  public func frame(openTasks: Int = 0) -> Frame {
    var canvas = Canvas(size: size)
    let look = Look(theme: settings.theme.theme, profile: shownProfile)
    let cursor = isTooSmall ? drawTooSmall(on: &canvas, look) : draw(on: &canvas, look)
    if settings.plainGlyphs { canvas = canvas.lowered(to: shownProfile) }
    return Frame(canvas: canvas, cursor: cursor, title: title, mouse: settings.mouse, tasks: openTasks)
  }

  private var title: String {
    if place == .train { return "deq: train" }
    guard place != .gallery, let watch else { return "deq" }
    return "deq: " + watch.title.printable(atMost: 60)
  }

  private func draw(on canvas: inout Canvas, _ look: Look) -> Point? {
    TabBar(self).draw(in: Rect(x: 0, y: 0, width: size.width, height: 1), on: &canvas, look)
    var cursor = canvas.draw(in: body) { canvas in
      let cursor = drawPlace(on: &canvas, look)
      Footer(self).draw(in: Footer.rect(in: body.size), on: &canvas, look)
      return cursor
    }
    if let overlay { cursor = drawOverlay(overlay, on: &canvas, look) }
    if greets { Greeting(place).draw(in: body, on: &canvas, look) }
    let line = Rect(x: 0, y: size.height - 2, width: size.width, height: 1)
    toast?.draw(in: line, on: &canvas, look)
    return cursor.map { Point(x: $0.x, y: $0.y + body.y) }
  }

  private func drawOverlay(_ overlay: Overlay, on canvas: inout Canvas, _ look: Look) -> Point? {
    canvas.draw(in: body) { OverlayView(overlay: overlay, model: self).draw(on: &$0, look) }
  }

  private func drawPlace(on canvas: inout Canvas, _ look: Look) -> Point? {
    let size = body.size
    if place == .gallery { return GalleryView(gallery: gallery, size: size).draw(on: &canvas, look) }
    if place == .train { return drawTraining(on: &canvas, look) }
    guard let watch else { return nil }
    switch place {
    case .certificates:
      if let certification = watch.certification {
        CertificatesView(title: watch.title, certification: certification, run: watch.run, size: size).draw(
          on: &canvas, look)
      }
    case .race:
      if let board = watch.race { RaceView(title: watch.title, board: board, size: size).draw(on: &canvas, look) }
    case .watch: WatchView(watch: watch, size: size).draw(on: &canvas, look)
    case .spectrum: SpectrumView(watch: watch, size: size).draw(on: &canvas, look)
    case .build: return watch.build.flatMap { BuildView(watch: watch, board: $0, size: size).draw(on: &canvas, look) }
    case .phase: PhaseView(watch: watch, size: size).draw(on: &canvas, look)
    case .sweep: SweepView(watch: watch, size: size, processors: processors).draw(on: &canvas, look)
    case .compare: CompareView(watch: watch, size: size).draw(on: &canvas, look)
    case .gallery, .train: break
    }
    return nil
  }

  /// What is wrong with the window, numbers last; a question that is open is asked here too.
  private func drawTooSmall(on canvas: inout Canvas, _ look: Look) -> Point? {
    let least = Self.minimumSize
    var lines = [
      "deq needs a larger window", "\(least.width)x\(least.height) at least", "it is \(size.width)x\(size.height)",
    ]
    if case .question(let question) = overlay {
      lines = [question.text] + question.answers.map { "\($0.key) \($0.label)" } + ["Esc stay"]
    }
    for (row, line) in lines.enumerated() {
      let y = max(0, (size.height - lines.count) / 2) + row
      canvas.write(line, look[row == 0 ? .title : .text], at: 0, y, width: size.width, .center)
    }
    return nil
  }
}

extension Toast: Drawable {
  public func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let (mark, role): (String, Theme.Role) =
      switch kind {
      case .note: ("·", .focus)
      case .warning: ("!", .warning)
      case .failure: ("x", .bad)
      }
    let shown = DisplayWidth.truncate(" \(mark) \(text) ", to: rect.width)
    canvas.fill(rect, " ", look[.text])
    canvas.write(shown, look[role].with(.reverse), at: rect.x, rect.y)
  }
}

extension ThemeName {
  public var theme: Theme {
    switch self {
    case .dark: .dark
    case .light: .light
    case .monochrome: .monochrome
    }
  }
}
