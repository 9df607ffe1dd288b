import Screen
import Sessions

extension ExplorerModel {
  /// Takes in one message; what must be done in the world comes back as effects. Nothing else changes a model.
  public mutating func update(_ message: Message) -> [Effect] {
    let before = settings
    let effects = take(message)
    return effects + settle() + remember(since: before)
  }

  /// What follows from any change, whatever made it.
  mutating func settle() -> [Effect] {
    watch?.noteFailure()
    return certifyIfChanged() + findFixedPoints() + raceIfShown() + studyIfShown() + buildIfShown() + drawPhaseIfShown()
      + compareIfShown() + sweepIfShown() + trainIfDue() + claimIfOpened() + journalIfChanged()
  }

  private mutating func take(_ message: Message) -> [Effect] {
    switch message {
    case .event(let event): handle(event)
    case .tick: tick()
    case .listed(let paths, let recent, let problem): showList(paths, recent: recent, problem: problem)
    case .previewed(let path, let preview): show(preview, of: path)
    case .opened(let path, let result): show(result, at: path)
    case .build(let message): note(message)
    case .certified(let generation, let light, let certificates): note(certificates, light: light, of: generation)
    case .margin(let generation, let result): note(result, of: generation)
    case .raced(let generation, let index, let result): note(result, of: index, in: generation)
    case .phase(let ticket, let result): note(result, ticket: ticket)
    case .sweep(let ticket, let result): note(result, ticket: ticket)
    case .fixedPoints(let ticket, let result): note(result, ticket: ticket)
    case .diagnosed(let generation, let suggestions): note(suggestions, of: generation)
    case .solvedBackward(let generation, let method, let solution): note(solution, by: method, of: generation)
    case .spectrum(let result): note(result)
    case .training(let message): note(message)
    case .saved(let path, let document, let result, let aside): noteSaved(document, at: path, result, aside: aside)
    case .exported(let path, let result): noteExported(path, result)
    case .keptUnsaved(let result): noteKept(result)
    case .foundAbandoned(let found): noteAbandoned(found)
    case .recovered(let abandoned, let result): noteRecovered(abandoned, result)
    case .claimed(let process): noteClaimed(by: process)
    case .copied(let clip, let reached, let file): noteCopied(clip, reached: reached, file)
    case .remembered(let result): noteRemembered(result)
    }
  }

  private mutating func handle(_ event: Event) -> [Effect] {
    let parting = partIfGreeting(event)
    return parting + answer(event)
  }

  private mutating func answer(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return handle(key)
    case .mouse(let mouse): return handle(mouse)
    case .paste(let text):
      paste(text)
      return []
    case .resize(let size):
      self.size = size
      keepSelectionsVisible()
      return []
    case .focus, .resumed: return []
    case .hangUp:
      isFinished = true
      return keepForNextStart() + keepTraining()
    }
  }

  private mutating func tick() -> [Effect] {
    if let expiry = toast?.expiry, expiry <= now { toast = nil }
    return play()
  }

  /// A window too small to show anything still lets a person leave, and does nothing else that cannot be seen.
  private mutating func handle(_ key: Key) -> [Effect] {
    if isTooSmall, !canHandleUnseen(key) { return [] }
    // A note has been read by whoever goes on; what is wrong stays for its time.
    if toast?.kind == .note { toast = nil }
    if let overlay { return answer(key, to: overlay) }
    if place == .gallery, gallery.isSearching { return searchGallery(key) }
    if place == .build, watch?.build?.entry != nil { return typeInBuild(key) }
    if place == .train, train.entry != nil { return typeInTraining(key) }
    guard let binding = BindingCatalog.binding(for: key, in: place) else {
      if key.code == .escape { backOut() }
      return []
    }
    return perform(binding)
  }

  /// Takes a binding's command, or says why it cannot be taken now.
  mutating func perform(_ binding: Binding) -> [Effect] { perform(binding, when: binding.availability(self)) }

  mutating func perform(_ binding: Binding, when availability: Binding.Availability) -> [Effect] {
    switch availability {
    case .enabled: return perform(binding.command)
    case .disabled(let reason):
      say(.note, binding.title + ": " + reason)
      return []
    }
  }

  private func canHandleUnseen(_ key: Key) -> Bool {
    switch overlay {
    case .question: true
    case nil: [.quit, .suspend].contains(BindingCatalog.binding(for: key, in: place)?.command)
    case .help, .palette, .menu, .prompt, .diagnosis, .backward, .fixedPoints: false
    }
  }

  private mutating func keepSelectionsVisible() {
    gallery.list.scroll(GalleryLayout(body.size, gallery).listHeight)
    scrollTraining()
    switch overlay {
    case .help(var help):
      help.list.scroll(OverlayView.listHeight(help.list.items.count, in: body.size))
      overlay = .help(help)
    case .palette(var palette):
      palette.list.scroll(OverlayView.listHeight(palette.list.items.count, in: body.size))
      overlay = .palette(palette)
    case .menu(var menu):
      menu.list.scroll(OverlayView.listHeight(menu.items.count, in: body.size))
      overlay = .menu(menu)
    case .prompt, .question, .diagnosis, .backward, .fixedPoints, nil: break
    }
  }

  /// Escape leaves the innermost thing that can be left.
  private mutating func backOut() {
    if place == .watch, watch?.isZoomed == true {
      watch?.isZoomed = false
    } else if place == .gallery, watch != nil {
      place = .watch
    }
  }

  mutating func say(_ kind: Toast.Kind, _ text: String) {
    let seconds: UInt64 = kind == .failure ? 10 : 4
    toast = Toast(kind: kind, text: text, expiry: now + seconds * 1_000_000_000)
  }
}
