/// A JSON object in a file that the program writes and a person may edit.
public struct PersonalFile: Sendable, Equatable {
  public let path: String

  public init(path: String) { self.path = path }

  /// The members in the order of the file; none where there is no file.
  /// - Throws: `SessionError` that names the file, where it cannot be read or holds no JSON object.
  public func read() throws(SessionError) -> [JSON.Member] {
    guard try FileSystem.exists(path) else { return [] }
    let json = try JSON(reading: path)
    guard case .object(let members) = json.content else {
      var error = SessionError(expected: "an object", found: json.summary)
      error.file = path
      throw error
    }
    return members
  }

  /// Sets some members and leaves the others as the file has them now, in one step; makes its folder if need be.
  /// - Throws: `SessionError`; what is there already is then untouched, also where it could not be understood.
  public func set(_ changes: [JSON.Member]) throws(SessionError) {
    var members = try read()
    for change in changes {
      if let place = members.firstIndex(where: { $0.name == change.name }) {
        members[place] = change
      } else {
        members.append(change)
      }
    }
    try FileSystem.makeFolder(FileSystem.directory(of: path))
    try FileSystem.replace(path, with: JSONWriter.write(JSON(members)))
  }
}
