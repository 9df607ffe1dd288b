import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions

/// In a folder of state that another person made, links may lead anywhere.
@Suite("The program's own files")
struct OwnFilesTests {
  private let directory = TemporaryDirectory()

  private func link(_ name: String) {
    directory.write("precious", to: "victim")
    #expect(unsafe symlink(directory.file("victim"), directory.file(name)) == 0)
  }

  private func victim() throws -> String {
    String(decoding: try FileSystem.read(directory.file("victim")), as: UTF8.self)
  }

  private func mode(of name: String) -> mode_t {
    var status = stat()
    return unsafe lstat(directory.file(name), &status) == 0 ? status.st_mode : 0
  }

  @Test("A lock follows no link, of either kind")
  func locks() throws {
    link("it.lock")
    #expect(FileLock(directory.file("it.lock")) == nil)
    #expect(unsafe Glibc.link(directory.file("victim"), directory.file("hard.lock")) == 0)
    #expect(FileLock(directory.file("hard.lock")) == nil)
    #expect(try victim() == "precious")
    #expect(FileLock(directory.file("own.lock")) != nil && mode(of: "own.lock") & 0o777 == 0o600)
  }

  @Test("A copied text and the recent files replace a link, not what it leads to, and are for nobody else")
  func replaced() throws {
    link("copied.txt")
    _ = try PersonalFolders(configuration: nil, state: directory.path).keepCopy("text")
    RecentFiles(path: directory.file("recent")).note(directory.file("victim"))
    #expect(try victim() == "precious")
    for name in ["copied.txt", "recent"] { #expect(mode(of: name) == S_IFREG | 0o600) }
  }

  @Test("A pipe in the place of an own file is refused")
  func pipe() {
    #expect(unsafe mkfifo(directory.file("copied.txt"), 0o600) == 0)
    #expect(throws: SessionError.self) {
      try PersonalFolders(configuration: nil, state: directory.path).keepCopy("text")
    }
  }

  @Test("A file that is not filled to its end leaves nothing, not even under another name")
  func leavesNothing() throws {
    directory.write("old", to: "it")
    #expect(throws: SessionError.self) {
      try FileSystem.replace(directory.file("it")) { file throws(SessionError) in
        try file.append([UInt8](repeating: 0, count: 1 << 20))
        #expect(directory.names == ["it"])
        throw FileSystem.unwritable("it", "so it was asked for")
      }
    }
    #expect(directory.names == ["it"])
    #expect(try FileSystem.read(directory.file("it")) == Array("old".utf8))
  }
}
