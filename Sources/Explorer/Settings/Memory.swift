public import Sessions

/// What is kept from one start to the next.
public enum Memory: Sendable, Equatable {
  /// Settings that were changed, under the names that the configuration gives them.
  case settings([JSON.Member])
  /// The first hints were seen.
  case greeted
}

extension PersonalFolders {
  func remember(_ memory: Memory) throws(SessionError) {
    switch memory {
    case .settings(let changes): try settings?.set(changes)
    case .greeted: try greeting?.set([JSON.Member(Self.greeted, JSON(true))])
    }
  }

  private static let greeted = "greeted"

  /// What the configuration says, and in one line what of it could not be used.
  public var knownSettings: (settings: Settings, complaint: String?) {
    guard let settings else { return (Settings(), nil) }
    do throws(SessionError) {
      return Settings.reading(try settings.read(), of: settings.path)
    } catch {
      return (Settings(), error.message + "; the defaults are used")
    }
  }

  /// False also where that cannot be told: nobody is greeted at every start.
  public var isFirstTime: Bool {
    guard let members = try? greeting?.read() else { return false }
    return !members.contains { $0.name == Self.greeted && $0.value == JSON(true) }
  }
}
