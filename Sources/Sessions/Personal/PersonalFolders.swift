import Glibc

/// Where a person's own files of this program are; each folder is known or not, for itself.
///
/// Source: XDG Base Directory Specification 0.8: a variable that is unset, empty or no absolute path does not count.
public struct PersonalFolders: Sendable, Equatable {
  /// Settings: what a person may edit.
  public let configuration: String?
  /// What the program keeps from one start to the next.
  public let state: String?

  public init(configuration: String?, state: String?) {
    self.configuration = configuration
    self.state = state
  }

  /// Those that the environment names; a folder is unknown where it names neither it nor a home.
  public init(environment: (String) -> String? = PersonalFolders.variable) {
    func folder(_ variable: String, _ fallback: String) -> String? {
      if let chosen = environment(variable), chosen.hasPrefix("/") { return chosen + "/deq" }
      guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
      return home + "/" + fallback + "/deq"
    }
    self.init(
      configuration: folder("XDG_CONFIG_HOME", ".config"), state: folder("XDG_STATE_HOME", ".local/state"))
  }

  /// Nothing is kept.
  public static let nowhere = PersonalFolders(configuration: nil, state: nil)

  /// A variable of this process.
  public static func variable(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }

  public var settings: PersonalFile? { configuration.map { PersonalFile(path: $0 + "/config.json") } }

  /// Keeps a text that was copied: its file; `nil` where there is no place for it.
  /// - Throws: `SessionError` of kind `unwritable`.
  public func keepCopy(_ text: String) throws(SessionError) -> String? {
    guard let state else { return nil }
    let path = state + "/copied.txt"
    try FileSystem.makeFolder(state)
    try FileSystem.replaceOwn(path, with: Array((text + "\n").utf8))
    return path
  }

  /// Unsaved work.
  public var journal: Journal? { state.map { Journal(folder: $0 + "/unsaved") } }

  /// The sessions that were opened or saved last.
  public var recent: RecentFiles? { state.map { RecentFiles(path: $0 + "/recent") } }

  /// What was said once and need not be said again.
  public var greeting: PersonalFile? { state.map { PersonalFile(path: $0 + "/state.json") } }
}
