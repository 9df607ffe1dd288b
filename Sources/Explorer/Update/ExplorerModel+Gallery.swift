import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Moves about the gallery and between it and the open session.
  mutating func performGallery(_ command: Command) -> [Effect] {
    switch command {
    case .openSelected: return gallery.selected.map { openUnlessModified($0.path) } ?? []
    case .open(let path): return [.open(path: path)]
    case .selectNext: moveSelection(Key(.down))
    case .selectPrevious: moveSelection(Key(.up))
    case .selectFirst: moveSelection(Key(.home))
    case .selectLast: moveSelection(Key(.end))
    case .search: gallery.isSearching = true
    default: break
    }
    return []
  }

  /// Goes to a screen; all but the gallery and trainings need an open session. What one compares with is found in the gallery.
  mutating func show(_ place: Place) -> [Effect] {
    guard watch != nil || place.standsAlone else { return [] }
    self.place = place
    if place == .train { scrollTraining() }
    return place == .gallery || place == .compare && !gallery.isRead ? [.listSessions] : []
  }

  mutating func openUnlessModified(_ path: String) -> [Effect] {
    guard watch?.isModified == true else { return [.open(path: path)] }
    askToSave(before: .open(path: path), "open the other")
    return []
  }

  private var listHeight: Int { GalleryLayout(body.size, gallery).listHeight }

  private mutating func moveSelection(_ key: Key) {
    _ = gallery.list.handle(key, height: listHeight, filters: false)
  }

  /// Keys while a search is typed: the list narrows as one types.
  mutating func searchGallery(_ key: Key) -> [Effect] {
    if key.code == .escape || key == .control("c") {
      gallery.endSearch(height: listHeight)
    } else if key.code == .enter {
      return performGallery(.openSelected)
    } else {
      _ = gallery.list.handle(key, height: listHeight)
    }
    return []
  }

  mutating func showList(_ paths: [String], recent: [String], problem: String?) -> [Effect] {
    let known = Dictionary(gallery.entries.map { ($0.path, $0.preview) }, uniquingKeysWith: { first, _ in first })
    let entries = (paths + recent).enumerated().map { index, path in
      Gallery.Entry(path: path, preview: known[path] ?? .pending, isRecent: index >= paths.count)
    }
    gallery.replaceEntries(by: entries, height: listHeight)
    gallery.problem = problem
    return entries.map { .preview(path: $0.path) }
  }

  mutating func show(_ preview: Gallery.Preview, of path: String) -> [Effect] {
    gallery.setPreview(preview, of: path, height: listHeight)
    return []
  }

  /// Opens a session, or says in the gallery why it cannot be opened; the session open before stays.
  mutating func show(_ result: Result<Experiment, Failure>, at path: String) -> [Effect] {
    if watch?.comparison.awaited == path { return noteCompared(result, at: path) }
    switch result {
    case .success(let experiment):
      open(experiment, at: path)
      if gallery.isSearching { gallery.endSearch(height: listHeight) }
    case .failure(let failure):
      place = .gallery
      say(.failure, failure.text)
    }
    return []
  }
}
