import TestSupport
import Testing

@testable import Sessions

@Suite("Recent files")
struct RecentFilesTests {
  @Test("The last one is first, each is there once, and only those that exist are listed")
  func order() throws {
    let folder = TemporaryDirectory()
    for name in ["a", "b", "c"] { folder.write("{}", to: name) }
    let recent = RecentFiles(path: folder.file("new/folders/recent"))
    #expect(recent.list().isEmpty)
    for name in ["a", "b", "c", "a"] { recent.note(folder.file(name)) }
    #expect(recent.list().map { $0.split(separator: "/").last } == ["a", "c", "b"])
    #expect(recent.list(except: [folder.file("c")]).map { $0.split(separator: "/").last } == ["a", "b"])
    folder.remove("a")
    #expect(recent.list().map { $0.split(separator: "/").last } == ["c", "b"])
    recent.note(folder.file("missing"))
    #expect(recent.list().count == 2)
    for name in ["new/folders/recent", "new/folders", "new"] { folder.remove(name) }
  }

  @Test("No more than a dozen are remembered, and a damaged list counts as empty")
  func limits() throws {
    let folder = TemporaryDirectory()
    let recent = RecentFiles(path: folder.file("recent"))
    for number in 0..<20 {
      folder.write("{}", to: "\(number)")
      recent.note(folder.file("\(number)"))
    }
    #expect(recent.list().count == RecentFiles.limit)
    folder.write("no path\n\u{0}\u{1}\n", to: "recent")
    #expect(recent.list().isEmpty)
  }
}
