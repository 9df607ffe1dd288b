import Screen

extension ExplorerModel {
  /// The wheel moves along lists and units; a press or a drag on a plot points every pane at the step under it.
  mutating func handle(_ mouse: Mouse) -> [Effect] {
    guard settings.mouse, overlay == nil, !isTooSmall else { return [] }
    if mouse.action == .press, let place = TabBar(self).place(at: mouse.at) {
      return BindingCatalog.binding(for: .character(place.digit), in: self.place).map { perform($0) } ?? []
    }
    var mouse = mouse
    mouse.at.y -= body.y
    return handleInBody(mouse)
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
    case .phase: return handleInPhase(mouse)
    case .compare: return handleInCompare(mouse)
    case .build, .spectrum: return []
    }
  }

  private mutating func handleInGallery(_ mouse: Mouse) -> [Effect] {
    switch mouse.action {
    case .wheelDown: return perform(.selectNext)
    case .wheelUp: return perform(.selectPrevious)
    case .press:
      let layout = GalleryLayout(body.size, count: gallery.entries.count)
      guard let row = layout.row(at: mouse.at, in: gallery.list) else { return [] }
      if row == gallery.list.cursor { return perform(.openSelected) }
      gallery.list.select(row, height: layout.list.height)
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
    case .wheelDown: return perform(.scrollDown)
    case .wheelUp: return perform(.scrollUp)
    case .press where mouse.button == .left:
      if let pane = layout.pane(at: mouse.at) { watch?.focus = pane }
      watch?.grip = layout.grip(at: mouse.at)
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
