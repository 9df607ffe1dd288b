import FixedPoint
import Glibc
import TestSupport
import Testing

@testable import Sessions

@Suite("Session files")
struct SessionFileTests {
  private let directory = TemporaryDirectory()
  private let document = SessionDocument(network: NetworkSource(stateShape: Shape([2]), operators: []))

  private func failure(_ work: () throws(SessionError) -> Void) -> SessionError? {
    do throws(SessionError) {
      try work()
      return nil
    } catch {
      return error
    }
  }

  @Test("What is written is read, byte for byte, and nothing else is left behind")
  func roundTrip() throws {
    let path = directory.file("a.deq.json")
    try SessionFile.write(document, to: path)
    #expect(try SessionFile.read(path) == document)
    #expect(try FileSystem.read(path) == SessionFile.text(of: document))
    #expect(directory.names == ["a.deq.json"])
  }

  @Test("Missing files, directories and bad paths cannot be read")
  func unreadable() {
    directory.write("x", to: "file")
    for path in ["missing.deq.json", ".", "file/below"].map(directory.file) {
      let error = failure { () throws(SessionError) in _ = try SessionFile.read(path) }
      #expect(error?.kind == .unreadable)
      #expect(error?.kind.exitCode == 66)
      #expect(error?.message.hasPrefix(path + ": cannot read the file: ") == true)
    }
  }

  @Test("A file without permission cannot be read", .enabled(if: geteuid() != 0, "root may read everything"))
  func forbidden() {
    directory.write("{}", to: "a")
    unsafe chmod(directory.file("a"), 0)
    #expect(failure { () throws(SessionError) in _ = try SessionFile.read(directory.file("a")) }?.kind == .unreadable)
  }

  @Test("Bad files are told from unreadable ones")
  func bad() {
    directory.write("{", to: "syntax")
    directory.write("[]", to: "content")
    directory.write([UInt8](repeating: UInt8(ascii: "["), count: 10_000_000), to: "brackets")
    directory.write("", to: "empty")
    for (name, kind) in [("syntax", .syntax), ("content", .content), ("brackets", .syntax), ("empty", .syntax)]
      as [(String, SessionError.Kind)]
    {
      let error = failure { () throws(SessionError) in _ = try SessionFile.read(directory.file(name)) }
      #expect(error?.kind == kind)
      #expect(error?.kind.exitCode == 65)
      #expect(error?.place != nil)
      #expect(error?.message.contains("\n") == false)
    }
  }

  @Test("A write keeps permissions and follows a link")
  func keeps() throws {
    let path = directory.file("a.deq.json")
    let link = directory.file("link.deq.json")
    directory.write("old", to: "a.deq.json")
    unsafe chmod(path, 0o640)
    unsafe symlink("a.deq.json", link)
    try SessionFile.write(document, to: link)
    var status = stat()
    unsafe lstat(link, &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    unsafe stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(try SessionFile.read(path) == document)
    #expect(directory.names == ["a.deq.json", "link.deq.json"])
  }

  @Test("A write that fails half-way leaves the old file, and no other")
  func failing() throws {
    let path = directory.file("a.deq.json")
    try SessionFile.write(document, to: path)
    let before = try FileSystem.read(path)
    let error = failure { () throws(SessionError) in
      try FileSystem.replace(path) { (file: inout FileSystem.Output) throws(SessionError) in
        try file.append([UInt8](repeating: 0, count: 1 << 20))
        throw FileSystem.unwritable(path, "no space is left")
      }
    }
    #expect(error?.kind == .unwritable)
    #expect(try FileSystem.read(path) == before)
    #expect(directory.names == ["a.deq.json"])
  }

  @Test("What cannot be written is said, with the exit code for it")
  func unwritable() {
    for path in [directory.file("missing/a.deq.json"), directory.path, "/dev/full"] {
      let error = failure { () throws(SessionError) in try SessionFile.write(document, to: path) }
      #expect(error?.kind == .unwritable)
      #expect(error?.kind.exitCode == 73)
    }
    #expect(directory.names == [])
  }
}
