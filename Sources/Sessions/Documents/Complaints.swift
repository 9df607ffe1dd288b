/// What is wrong with parts that can be judged each on its own: it is noted, and the other parts are still looked at.
struct Complaints {
  private var errors: [SessionError] = []

  mutating func note(_ error: SessionError) { errors += error.all }

  /// - Returns: what the work gives; `nil` if it failed, which is then noted.
  mutating func attempt<Part>(_ work: () throws(SessionError) -> Part) -> Part? {
    do throws(SessionError) {
      return try work()
    } catch {
      note(error)
      return nil
    }
  }

  /// - Throws: the first error that was noted, with the others.
  func raise() throws(SessionError) {
    guard var first = errors.first else { return }
    first.others = Array(errors.dropFirst())
    throw first
  }
}
