/// What is wrong with parts that can be judged each on its own: it is noted, and the other parts are still looked at.
///
/// Only the first are kept, and how many more there were: a file may be wrong in as many places as it has bytes.
struct Complaints {
  /// The most errors that are kept.
  static let limit = 100

  private var errors: [SessionError] = []
  /// The first error that was not kept, and how many they are.
  private var firstOther: SessionError?
  private var others = 0

  /// Notes an error, which is only made where it is kept.
  mutating func note(_ error: @autoclosure () -> SessionError) {
    guard firstOther == nil else {
      others += 1
      return
    }
    for one in error().all {
      if errors.count < Self.limit {
        errors.append(one)
      } else {
        firstOther = firstOther ?? one
        others += max(1, one.omitted)
      }
    }
  }

  /// - Returns: what the work gives; `nil` if it failed, which is then noted.
  mutating func attempt<Part>(_ work: () throws(SessionError) -> Part) -> Part? {
    do throws(SessionError) {
      return try work()
    } catch {
      note(error)
      return nil
    }
  }

  /// - Throws: the first error that was noted, with the others; the last says how many more there are from its place on.
  func raise() throws(SessionError) {
    guard var first = errors.first else { return }
    first.others = Array(errors.dropFirst())
    if var more = firstOther {
      more.expected = "at most \(Self.limit) errors"
      more.found = "\(others) more"
      more.omitted = others
      first.others.append(more)
    }
    throw first
  }
}
