import Screen

extension ExplorerModel {
  /// The wheel moves along lists and units; a press or a drag on a plot points every pane at the step under it.
  mutating func handle(_ mouse: Mouse) -> [Effect] {
    guard settings.mouse, !isTooSmall else { return [] }
    if let overlay { return handle(mouse, on: overlay) }
    if mouse.action == .press, let place = TabBar(self).place(at: mouse.at) {
      return BindingCatalog.binding(for: .character(place.digit), in: self.place).map { perform($0) } ?? []
    }
    var mouse = mouse
    mouse.at.y -= body.y
    return handleInBody(mouse)
  }

  /// The wheel moves along what covers the screen; a press takes the row or the answer under it.
  private mutating func handle(_ mouse: Mouse, on overlay: Overlay) -> [Effect] {
    let at = Point(x: mouse.at.x, y: mouse.at.y - body.y)
    switch mouse.action {
    case .wheelDown: return answer(Key(.down), to: overlay)
    case .wheelUp: return answer(Key(.up), to: overlay)
    case .press:
      if case .question(let question) = overlay {
        let chosen = OverlayView.answer(at: at, to: question, in: body.size)
        return chosen.map { answer(.character($0.key), to: overlay) } ?? []
      }
      return overlay.selecting(at: at.y, in: body.size).map { answer(Key(.enter), to: $0) } ?? []
    case .release, .drag: return []
    }
  }

  private mutating func handleInBody(_ mouse: Mouse) -> [Effect] {
    if mouse.action == .press, let index = Footer(self).item(at: mouse.at, in: Footer.rect(in: body.size)) {
      return perform(Footer.bindings(in: self)[index])
    }
    switch place {
    case .gallery: return handleInGallery(mouse)
    case .watch: return handleInWatch(mouse)
    case .certificates: return handleInCertificates(mouse)
    case .race: return handleInRace(mouse)
    case .spectrum: return handleInSpectrum(mouse)
    case .build: return handleInBuild(mouse)
    case .phase: return handleInPhase(mouse)
    case .compare: return handleInCompare(mouse)
    case .sweep: return handleInSweep(mouse)
    case .train: return handleInTraining(mouse)
    }
  }

  private mutating func handleInGallery(_ mouse: Mouse) -> [Effect] {
    let layout = GalleryLayout(body.size, gallery)
    switch mouse.action {
    case .wheelDown where layout.preview.contains(mouse.at): return perform(.gallery(.scrollNotes(1)))
    case .wheelUp where layout.preview.contains(mouse.at): return perform(.gallery(.scrollNotes(-1)))
    case .wheelDown: return perform(.selectNext)
    case .wheelUp: return perform(.selectPrevious)
    case .press:
      guard let row = layout.row(at: mouse.at, in: gallery.list) else { return [] }
      if row == gallery.list.cursor { return perform(.openSelected) }
      gallery.list.select(row, height: layout.listHeight)
      return []
    case .release, .drag: return []
    }
  }

  private mutating func handleInCertificates(_ mouse: Mouse) -> [Effect] {
    switch mouse.action {
    case .wheelDown: return perform(.scrollEvidence(3))
    case .wheelUp: return perform(.scrollEvidence(-3))
    case .press:
      guard let current = watch?.certification else { return [] }
      if let row = CertificatesLayout(body.size).row(at: mouse.at, in: current) {
        watch?.certification?.select(row - current.selection)
      }
      return []
    case .release, .drag: return []
    }
  }

  private mutating func handleInRace(_ mouse: Mouse) -> [Effect] {
    switch mouse.action {
    case .wheelDown: return perform(.nextEntrant)
    case .wheelUp: return perform(.previousEntrant)
    case .press:
      guard let board = watch?.race else { return [] }
      let layout = RaceLayout(body.size, count: board.entrants.count)
      if let row = layout.row(at: mouse.at, in: board) { watch?.race?.select(row - board.selection) }
      return []
    case .release, .drag: return []
    }
  }

  private mutating func handleInWatch(_ mouse: Mouse) -> [Effect] {
    guard let current = watch else { return [] }
    let layout = WatchLayout(body.size, current)
    switch mouse.action {
    case .wheelDown: return turnWheel(down: true, at: mouse.at, layout)
    case .wheelUp: return turnWheel(down: false, at: mouse.at, layout)
    case .press where mouse.button == .left:
      if let pane = layout.pane(at: mouse.at) { watch?.focus = pane }
      watch?.grip = layout.grip(at: mouse.at)
      chooseUnit(at: mouse.at, layout)
      return layout.step(at: mouse.at, in: current).map { perform(.moveCursor(to: $0)) } ?? []
    case .drag where mouse.button == .left:
      guard let grip = current.grip else { return [] }
      return layout.step(nearest: mouse.at, on: grip, in: current).map { perform(.moveCursor(to: $0)) } ?? []
    case .press, .drag: return []
    case .release:
      watch?.grip = nil
      return []
    }
  }
}

extension Overlay {
  /// The same with the item selected that is drawn at a line of the screen; `nil` where there is none.
  fileprivate func selecting(at y: Int, in size: Size) -> Overlay? {
    switch self {
    case .help(var help):
      guard help.list.select(at: y, in: size) else { return nil }
      return .help(help)
    case .palette(var palette):
      guard palette.list.select(at: y, in: size) else { return nil }
      return .palette(palette)
    case .menu(var menu):
      guard menu.list.select(at: y, in: size) else { return nil }
      return .menu(menu)
    case .prompt, .question, .diagnosis, .backward, .fixedPoints: return nil
    }
  }
}

extension ListSelection {
  /// Selects what is drawn at a line of the screen; false where nothing is.
  fileprivate mutating func select(at y: Int, in size: Size) -> Bool {
    guard let row = OverlayView.row(at: y, count: items.count, in: size), offset + row < matches.count else {
      return false
    }
    select(offset + row, height: OverlayView.listHeight(items.count, in: size))
    return true
  }
}
