import Sessions

extension Settings {
  /// Every setting under its name in the configuration.
  var members: [JSON.Member] {
    [
      JSON.Member("theme", JSON(theme.rawValue)), JSON.Member("mouse", JSON(mouse)),
      JSON.Member("plainCharacters", JSON(plainGlyphs)),
    ]
  }

  /// What is not as it was.
  func changes(since before: Settings) -> [JSON.Member] {
    zip(members, before.members).filter { $0 != $1 }.map(\.0)
  }

  /// The settings of a configuration; what is unknown or no value of its setting is left aside and named.
  static func reading(_ members: [JSON.Member], of file: String) -> (settings: Settings, complaint: String?) {
    var settings = Settings()
    let complaints = members.compactMap { settings.take($0) }
    return (settings, complaints.isEmpty ? nil : complaints.joined(separator: "; ") + " (\(file))")
  }

  /// Takes in one member, or says why not.
  private mutating func take(_ member: JSON.Member) -> String? {
    switch (member.name, member.value.content) {
    case ("theme", .text(let name)):
      guard let name = ThemeName(rawValue: name) else { return refusal(of: member, Self.themes) }
      theme = name
    case ("theme", _): return refusal(of: member, Self.themes)
    case ("mouse", .flag(let flag)): mouse = flag
    case ("plainCharacters", .flag(let flag)): plainGlyphs = flag
    case ("mouse", _), ("plainCharacters", _): return refusal(of: member, "true or false")
    default: return "\(JSON(member.name).lineText) is no setting and is ignored"
    }
    return nil
  }

  private func refusal(of member: JSON.Member, _ expected: String) -> String {
    let used = members.first { $0.name == member.name }?.value.summary ?? ""
    return "\(member.name): expected \(expected), found \(member.value.summary); \(used) is used"
  }

  private static let themes = "one of " + ThemeName.allCases.map { JSON($0.rawValue).lineText }.joined(separator: ", ")
}

extension ExplorerModel {
  /// Has every setting that was changed kept.
  func remember(since before: Settings) -> [Effect] {
    settings == before ? [] : [.remember(.settings(settings.changes(since: before)))]
  }

  mutating func noteRemembered(_ result: Result<Void, Failure>) -> [Effect] {
    if case .failure(let failure) = result { say(.warning, "not kept for the next start: " + failure.text) }
    return []
  }
}
