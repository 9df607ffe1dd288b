public import Screen

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
    guard place == .watch, let watch else { return "deq" }
    return "deq: \(watch.title)"
  }

  private func draw(on canvas: inout Canvas, _ look: Look) -> Point? {
    var cursor: Point?
    switch place {
    case .gallery: cursor = GalleryView(gallery: gallery, size: size).draw(on: &canvas, look)
    case .certificates:
      if let watch, let certification = watch.certification {
        CertificatesView(title: watch.title, certification: certification, run: watch.run, size: size).draw(
          on: &canvas, look)
      }
    case .race:
      if let watch, let board = watch.race {
        RaceView(title: watch.title, board: board, size: size).draw(on: &canvas, look)
      }
    case .watch: if let watch { WatchView(watch: watch, size: size).draw(on: &canvas, look) }
    }
    Footer(self).draw(in: Footer.rect(in: size), on: &canvas, look)
    if let overlay { cursor = OverlayView(overlay: overlay, model: self).draw(on: &canvas, look) }
    if let toast { toast.draw(in: Rect(x: 0, y: size.height - 2, width: size.width, height: 1), on: &canvas, look) }
    return cursor
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
