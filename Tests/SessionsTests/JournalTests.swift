import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions

@Suite("Journal")
struct JournalTests {
  private let directory = TemporaryDirectory()
  private var folder: String { directory.file("state/unsaved") }
  private let work = UnsavedWork(
    path: "/somewhere/a.deq.json", directory: "/elsewhere",
    document: SessionDocument(network: NetworkSource(stateShape: Shape([2]), operators: [])))

  /// Keeps work and ends without a word, as a crash does.
  private func abandon(_ work: UnsavedWork) throws { try Journal(folder: folder).keep(work) }

  @Test("What an explorer that has ended kept is found, whole")
  func findsWhatWasLeft() throws {
    try abandon(work)
    let found = Journal(folder: folder).abandoned()
    #expect(found.map(\.work) == [work])
    #expect(found[0].age < 60)
  }

  @Test("Work that says no directory is in that of its session")
  func directoryOfThePath() throws {
    var json = work.json
    guard case .object(let members) = json.content else { preconditionFailure("an object is written") }
    json = JSON(members.filter { $0.name != "directory" })
    #expect(try UnsavedWork(json).directory == "/somewhere")
  }

  @Test("Work that is being done is nobody else's")
  func leavesLivingWorkAlone() throws {
    let living = Journal(folder: folder)
    try living.keep(work)
    #expect(Journal(folder: folder).abandoned().isEmpty)
    #expect(living.abandoned().isEmpty)
  }

  @Test("Keeping replaces, and forgetting leaves nothing behind")
  func replacesAndForgets() throws {
    let journal = Journal(folder: folder)
    try journal.keep(work)
    var later = work
    later.document.title = "later"
    try journal.keep(later)
    #expect(try FileSystem.read(#require(onlyFile())) == JSONWriter.write(later.json))
    journal.forget()
    #expect(try FileSystem.names(in: folder).isEmpty)
    try journal.keep(work)
    #expect(onlyFile() != nil)
  }

  private func onlyFile() -> String? {
    let files = ((try? FileSystem.names(in: folder)) ?? []).filter { $0.hasSuffix(".json") }
    return files.count == 1 ? folder + "/" + files[0] : nil
  }

  @Test("Adopted work is kept on as one's own; discarded work is gone")
  func adoptsAndDiscards() throws {
    try abandon(work)
    let heir = Journal(folder: folder)
    try heir.adopt(try #require(heir.abandoned().first))
    #expect(heir.abandoned().isEmpty)
    #expect(Journal(folder: folder).abandoned().isEmpty)
    heir.forget()
    try abandon(work)
    let other = Journal(folder: folder)
    other.discard(try #require(other.abandoned().first))
    #expect(try FileSystem.names(in: folder).isEmpty)
  }

  @Test("What cannot be read is left where it is, and does no harm")
  func toleratesDamage() throws {
    try abandon(work)
    directory.write("{", to: "state/unsaved/1.0.deq-unsaved.json")
    #expect(Journal(folder: folder).abandoned().map(\.work) == [work])
    #expect(try FileSystem.names(in: folder).contains("1.0.deq-unsaved.json"))
  }

  @Test("A folder that cannot be made is an error that names it")
  func namesABadFolder() throws {
    directory.write("", to: "file")
    let journal = Journal(folder: directory.file("file/unsaved"))
    let error = #expect(throws: SessionError.self) { try journal.keep(work) }
    #expect(error?.kind == .unwritable)
    #expect(error?.file?.hasPrefix(directory.path) == true)
    #expect(journal.abandoned().isEmpty)
    #expect(journal.claim("x") == nil)
  }

  @Test("A session is claimed by one explorer at a time, by whatever path")
  func claimsASession() throws {
    directory.write("", to: "a")
    let first = Journal(folder: folder)
    let second = Journal(folder: folder)
    #expect(first.claim(directory.file("a")) == nil)
    #expect(
      second.claim(directory.path + "/../" + directory.path.split(separator: "/").last!.description + "/a")
        == "\(getpid())")
    #expect(first.claim(directory.file("b")) == nil)
    #expect(second.claim(directory.file("a")) == nil)
  }
}
