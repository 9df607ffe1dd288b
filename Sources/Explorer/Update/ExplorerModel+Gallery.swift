import FixedPoint
import Screen
import Sessions

extension ExplorerModel {
  /// Moves about the gallery and between it and the open session.
  mutating func performGallery(_ command: Command) -> [Effect] {
    switch command {
    case .gallery:
      place = .gallery
      return [.listSessions]
    case .watch: if watch != nil { place = .watch }
    case .certificates: if watch != nil { place = .certificates }
    case .openSelected: return gallery.selected.map { [.open(path: $0.path)] } ?? []
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

  private mutating func moveSelection(_ key: Key) {
    _ = gallery.list.handle(key, height: GalleryLayout(size).list.height, filters: false)
  }

  /// Keys while a search is typed: the list narrows as one types.
  mutating func searchGallery(_ key: Key) -> [Effect] {
    switch key.code {
    case .escape: gallery.replaceEntries(by: gallery.entries)
    case .enter: return performGallery(.openSelected)
    default: _ = gallery.list.handle(key, height: GalleryLayout(size).list.height)
    }
    return []
  }

  mutating func showList(_ paths: [String], problem: String?) -> [Effect] {
    let known = Dictionary(gallery.entries.map { ($0.path, $0.preview) }, uniquingKeysWith: { first, _ in first })
    gallery.replaceEntries(by: paths.map { Gallery.Entry(path: $0, preview: known[$0] ?? .pending) })
    gallery.problem = problem
    return paths.map { .preview(path: $0) }
  }

  mutating func show(_ preview: Gallery.Preview, of path: String) -> [Effect] {
    gallery.setPreview(preview, of: path)
    return []
  }

  /// Opens a session, or says in the gallery why it cannot be opened; the session open before stays.
  mutating func show(_ result: Result<Experiment, Failure>, at path: String) -> [Effect] {
    switch result {
    case .success(let experiment):
      open(experiment, at: path)
      if gallery.isSearching { gallery.replaceEntries(by: gallery.entries) }
    case .failure(let failure):
      place = .gallery
      say(.failure, failure.text)
    }
    return []
  }
}
