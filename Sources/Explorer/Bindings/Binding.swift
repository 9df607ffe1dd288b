public import Screen

/// One entry of the registry that footer, help, key handling and documentation share: a command with its words and keys.
public struct Binding: Sendable {
  public enum Category: String, Sendable, CaseIterable {
    case run = "Run"
    case change = "Change"
    case view = "View"
    case move = "Move"
    case file = "File"
    case general = "General"
  }

  /// Where the keys mean this command.
  public enum Place: Sendable, Hashable {
    case everywhere
    /// Wherever a session is open.
    case session
    /// On the screens that step the run.
    case run
    case only(ExplorerModel.Place)

    static let gallery = Place.only(.gallery)
    static let build = Place.only(.build)
    static let watch = Place.only(.watch)
    static let spectrum = Place.only(.spectrum)
    static let phase = Place.only(.phase)
    static let certificates = Place.only(.certificates)
    static let race = Place.only(.race)
    static let compare = Place.only(.compare)
    static let sweep = Place.only(.sweep)
    static let train = Place.only(.train)
  }

  /// Whether the command can be taken now, and if not, why: shown beside it in the help.
  public enum Availability: Sendable, Equatable {
    case enabled
    case disabled(String)

    /// Why not.
    var obstacle: String? {
      switch self {
      case .enabled: nil
      case .disabled(let reason): reason
      }
    }
  }

  /// What the command does, in words; unique.
  public let title: String
  /// One or two words for the footer; `nil` keeps it out of the footer.
  public let label: String?
  public let keys: [Key]
  public let place: Place
  public let category: Category
  public let command: Command
  let availability: @Sendable (ExplorerModel) -> Availability

  init(
    _ title: String, _ command: Command, keys: [Key], label: String? = nil, in place: Place, _ category: Category,
    when availability: @escaping @Sendable (ExplorerModel) -> Availability = { _ in .enabled }
  ) {
    self.title = title
    self.label = label
    self.keys = keys
    self.place = place
    self.category = category
    self.command = command
    self.availability = availability
  }
}
