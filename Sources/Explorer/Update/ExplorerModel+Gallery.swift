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
    case .openSelected: return gallery.selected.map { [.open(path: $0.path)] } ?? []
    case .open(let path): return [.open(path: path)]
    case .selectNext: select(gallery.selection.index + 1)
    case .selectPrevious: select(gallery.selection.index - 1)
    case .selectFirst: select(0)
    case .selectLast: select(gallery.visible.count - 1)
    case .search: gallery.search = TextField()
    default: break
    }
    return []
  }

  private mutating func select(_ index: Int) {
    gallery.selection.index = max(0, min(index, gallery.visible.count - 1))
  }

  /// Keys while the search field is open: the list narrows as one types.
  mutating func searchGallery(_ key: Key) -> [Effect] {
    switch key.code {
    case .escape:
      gallery.search = nil
      select(0)
    case .enter: return performGallery(.openSelected)
    case .down: select(gallery.selection.index + 1)
    case .up: select(gallery.selection.index - 1)
    default:
      if gallery.search?.handle(key) == true { select(0) }
    }
    return []
  }

  mutating func showList(_ paths: [String], problem: String?) -> [Effect] {
    let known = Dictionary(gallery.entries.map { ($0.path, $0.preview) }, uniquingKeysWith: { first, _ in first })
    gallery.entries = paths.map { Gallery.Entry(path: $0, preview: known[$0] ?? .pending) }
    gallery.problem = problem
    select(gallery.selection.index)
    return paths.map { .preview(path: $0) }
  }

  mutating func show(_ preview: Gallery.Preview, of path: String) -> [Effect] {
    for index in gallery.entries.indices where gallery.entries[index].path == path {
      gallery.entries[index].preview = preview
    }
    return []
  }

  /// Opens a session, or says in the gallery why it cannot be opened; the session open before stays.
  mutating func show(_ result: Result<Experiment, Failure>, at path: String) -> [Effect] {
    switch result {
    case .success(let experiment):
      watch = Watch(experiment: experiment, path: path)
      place = .watch
      gallery.search = nil
    case .failure(let failure):
      place = .gallery
      say(.failure, failure.text)
    }
    return []
  }
}
