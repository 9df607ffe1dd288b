public import Sessions

/// The files of `Tests/Cases`: inputs that once failed, by room.
public enum CaseFile {
  /// The path of a case: `CaseFile.path("proofs", "quadratic.deq.json")`.
  public static func path(_ room: String, _ name: String) -> String {
    String(#filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }) + "/Cases/\(room)/\(name)"
  }

  /// The problem that a case's session states.
  public static func problem(_ room: String, _ name: String) throws(SessionError) -> Problem {
    try Problem.open(path(room, name)).problem
  }
}
