import Screen
import Sessions

extension ExplorerModel {
  mutating func performGallery(_ command: GalleryCommand) -> [Effect] {
    switch command {
    case .chooseTemplate: overlay = .menu(.templates)
    case .create(let template):
      guard watch?.isModified == true else { return performGallery(.begin(template)) }
      askToSave(before: .gallery(.begin(template)), "begin the new one")
    case .begin(let template): begin(template)
    case .askPath: openOverlay(.gallery(.askPath))
    case .openFile(let path): return openUnlessModified(path)
    case .scrollNotes(let lines): scrollNotes(lines)
    }
    return []
  }

  /// Opens a session that is in no file yet, on the screen where it is built.
  private mutating func begin(_ template: Template) {
    do throws(SessionError) {
      watch = Watch(experiment: try Experiment(template.document, directory: "."), path: nil)
      certifying = [:]
      place = .build
    } catch {
      say(.failure, error.message)
    }
  }

  private mutating func scrollNotes(_ lines: Int) {
    guard let entry = gallery.selected, case .ready(let summary) = entry.preview else { return }
    let inside = GalleryLayout(body.size, gallery).notes
    let count = TextBlock(summary.notes).lines(width: inside.width - 2).count
    let offset = gallery.notesOffset + lines
    gallery.scrollNotes(to: max(0, min(offset, count - inside.height)))
  }
}
