/// What a person can ask of the gallery beside choosing a session.
public enum GalleryCommand: Sendable, Equatable {
  case chooseTemplate
  /// Begins a session, after asking what becomes of unsaved changes.
  case create(Template)
  case begin(Template)
  case askPath
  /// Opens a file by its path, after asking what becomes of unsaved changes.
  case openFile(String)
  case scrollNotes(Int)
}
