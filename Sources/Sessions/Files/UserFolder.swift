import Glibc

/// The folders of a person's own files, by the XDG Base Directory Specification.
public enum UserFolder {
  /// What the program keeps between two runs: `$XDG_STATE_HOME/deq`, else `~/.local/state/deq`; `nil` without a home.
  public static var state: String? { folder("XDG_STATE_HOME", "/.local/state") }

  private static func folder(_ variable: String, _ standard: String) -> String? {
    if let chosen = value(of: variable), chosen.hasPrefix("/") { return chosen + "/deq" }
    guard let home = value(of: "HOME"), home.hasPrefix("/") else { return nil }
    return home + standard + "/deq"
  }

  private static func value(of name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }
}
