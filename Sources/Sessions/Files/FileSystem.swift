import Glibc

/// Whole files in and out, with errors that say what went wrong; Foundation is avoided because start-up time counts.
package enum FileSystem {
  /// Replaces a file in one step: whatever happens, the old contents or the new ones are there, never a part.
  ///
  /// The bytes go to a temporary file in the same directory, which is synchronised, renamed over the old file, and the
  /// directory synchronised. The permissions of an old file are kept, and a symbolic link is followed. What is no file
  /// (a terminal, a pipe) is written to directly.
  /// - Throws: `SessionError` of kind `unwritable`; the old file is then untouched and the temporary one removed.
  static func replace(
    _ path: String, surviving danger: Danger = .powerFailure, _ fill: (inout Output) throws(SessionError) -> Void
  ) throws(SessionError) {
    let mode = try mode(of: path, path)
    if let mode, mode & S_IFMT != S_IFREG { return try fillDirectly(path, path, fill) }
    let target = try resolved(path)
    try put(in: target, permissions: mode.map { $0 & 0o7777 }, surviving: danger, path, fill)
  }

  private static func put(
    in target: String, permissions: mode_t?, surviving danger: Danger, _ path: String,
    _ fill: (inout Output) throws(SessionError) -> Void
  ) throws(SessionError) {
    let temporary: String
    if let descriptor = namelessFile(beside: target) {
      defer { close(descriptor) }
      try complete(descriptor, permissions: permissions, surviving: danger, path, fill)
      temporary = try name(descriptor, beside: target, path)
    } else {
      let descriptor: CInt
      (temporary, descriptor) = try temporaryFile(beside: target, path)
      defer { close(descriptor) }
      do throws(SessionError) {
        try complete(descriptor, permissions: permissions, surviving: danger, path, fill)
      } catch {
        unsafe unlink(temporary)
        throw error
      }
    }
    guard unsafe rename(temporary, target) == 0 else {
      let error = unwritable(path)
      unsafe unlink(temporary)
      throw error
    }
    if danger == .powerFailure { synchronize(directory(of: target)) }
  }

  /// What a file that was written must survive: the end of the program, however it ends, or also that of the machine,
  /// which takes as long as the disk does.
  package enum Danger: Sendable { case crash, powerFailure }

  /// A new, empty file without a name, of which nothing stays if the program ends; `nil` where the file system has none.
  private static func namelessFile(beside target: String) -> CInt? {
    // O_TMPFILE, whose macro is not imported.
    let flag = 0o20_000_000 | O_DIRECTORY
    guard unsafe access("/proc/self/fd", X_OK) == 0 else { return nil }
    let descriptor = unsafe open(directory(of: target), flag | O_WRONLY | O_CLOEXEC, 0o666)
    return descriptor >= 0 ? descriptor : nil
  }

  /// Gives a file without a name one that nobody else has, beside `target`.
  private static func name(_ descriptor: CInt, beside target: String, _ path: String) throws(SessionError) -> String {
    for attempt in 0..<1000 {
      let name = directory(of: target) + "/.deq-\(getpid())-\(attempt).tmp"
      if unsafe linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 { return name }
      guard errno == EEXIST else { break }
    }
    throw unwritable(path)
  }

  /// A new, empty file whose name nobody else has, in the directory of `target`; short, whatever the target's name.
  private static func temporaryFile(
    beside target: String, _ path: String
  ) throws(SessionError) -> (name: String, descriptor: CInt) {
    for attempt in 0..<1000 {
      let name = directory(of: target) + "/.deq-\(getpid())-\(attempt).tmp"
      let descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
      if descriptor >= 0 { return (name, descriptor) }
      guard errno == EEXIST else { break }
    }
    throw unwritable(path)
  }

  /// Replaces a file that is the program's own, for nobody but this person: a symbolic link in its place is replaced
  /// itself, and what it leads to stays as it is.
  /// - Throws: `SessionError` of kind `unwritable`, also where something that is no file is in its place.
  static func replaceOwn(
    _ path: String, with bytes: [UInt8], surviving danger: Danger = .powerFailure
  ) throws(SessionError) {
    var status = stat()
    if unsafe lstat(path, &status) == 0, ![S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT) {
      throw unwritable(path, "something that is no file is in its place")
    }
    try put(in: path, permissions: 0o600, surviving: danger, path) { (file: inout Output) throws(SessionError) in
      try file.append(bytes)
    }
  }

  /// Replaces a file by these bytes, in one step.
  package static func replace(
    _ path: String, with bytes: [UInt8], surviving danger: Danger = .powerFailure
  ) throws(SessionError) {
    try replace(path, surviving: danger) { (file: inout Output) throws(SessionError) in try file.append(bytes) }
  }

  /// A file being written, through a buffer.
  struct Output {
    fileprivate let descriptor: CInt
    fileprivate let path: String
    private var buffer: [UInt8] = []

    fileprivate init(descriptor: CInt, path: String) {
      self.descriptor = descriptor
      self.path = path
    }

    mutating func append(_ text: String) throws(SessionError) { try append(Array(text.utf8)) }

    mutating func append(_ bytes: [UInt8]) throws(SessionError) {
      buffer += bytes
      if buffer.count >= 1 << 16 { try flush() }
    }

    fileprivate mutating func flush() throws(SessionError) {
      try FileSystem.writeAll(buffer, to: descriptor, path)
      buffer.removeAll(keepingCapacity: true)
    }
  }

  /// Fills and synchronises an open file.
  private static func complete(
    _ descriptor: CInt, permissions: mode_t?, surviving danger: Danger, _ path: String,
    _ fill: (inout Output) throws(SessionError) -> Void
  ) throws(SessionError) {
    if let permissions { guard fchmod(descriptor, permissions) == 0 else { throw unwritable(path) } }
    var output = Output(descriptor: descriptor, path: path)
    try fill(&output)
    try output.flush()
    if danger == .powerFailure { guard fsync(descriptor) == 0 else { throw unwritable(path) } }
  }

  private static func fillDirectly(
    _ target: String, _ path: String, _ fill: (inout Output) throws(SessionError) -> Void
  ) throws(SessionError) {
    let descriptor = unsafe open(target, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritable(path) }
    defer { close(descriptor) }
    var output = Output(descriptor: descriptor, path: path)
    try fill(&output)
    try output.flush()
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: CInt, _ path: String) throws(SessionError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw unwritable(path) }
      written += count
    }
  }

  /// The file that a chain of symbolic links leads to; the path itself if nothing is there yet.
  private static func resolved(_ path: String) throws(SessionError) -> String {
    if let real = absolute(path) { return real }
    guard errno == ENOENT, !isLink(path) else { throw unwritable(path) }
    return path
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether a path leads to a file that holds something of its own: no terminal, no pipe.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The mode of what is there, `nil` if nothing is.
  private static func mode(of target: String, _ path: String) throws(SessionError) -> mode_t? {
    var status = stat()
    guard unsafe stat(target, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw unwritable(path, "it is a directory") }
    return status.st_mode
  }

  /// Whether anything is there.
  /// - Throws: `SessionError` of kind `unreadable` where that cannot be told.
  static func exists(_ path: String) throws(SessionError) -> Bool {
    var status = stat()
    if unsafe stat(path, &status) == 0 { return true }
    guard errno == ENOENT else { throw unreadable(path) }
    return false
  }

  /// Makes a folder and those that it is in, for nobody but this person, where they are not there yet.
  static func makeFolder(_ path: String) throws(SessionError) {
    if unsafe mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, path != directory(of: path) else { throw unwritable(path) }
    try makeFolder(directory(of: path))
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw unwritable(path) }
  }

  /// A directory that cannot be synchronised (some network file systems) leaves the rename to the system's own pace.
  private static func synchronize(_ directory: String) {
    let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The names in a directory, in the order of their bytes.
  /// - Throws: `SessionError` of kind `unreadable` that names the directory.
  static func names(in directory: String) throws(SessionError) -> [String] {
    guard let stream = unsafe opendir(directory) else {
      var error = SessionError(.unreadable, expected: "the folder", found: unsafe String(cString: strerror(errno)))
      error.file = directory
      throw error
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The directory part of a path: `.` if there is none.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func unreadable(_ path: String, _ reason: String? = nil) -> SessionError {
    var error = SessionError(.unreadable, expected: "the file", found: reason ?? systemReason())
    error.file = path
    return error
  }

  static func unwritable(_ path: String, _ reason: String? = nil) -> SessionError {
    var error = SessionError(.unwritable, expected: "the file", found: reason ?? systemReason())
    error.file = path
    return error
  }

  /// The system's reason for the last failure, in words that do not depend on the locale.
  private static func systemReason() -> String {
    switch errno {
    case ENOENT: "there is no such file or directory"
    case EACCES, EPERM: "permission denied"
    case EISDIR: "it is a directory"
    case ENOTDIR: "a part of its path is not a directory"
    case ENOSPC: "no space is left"
    case EFBIG: "it is larger than a file may be"
    case EROFS: "the file system is read-only"
    case ELOOP: "too many symbolic links"
    case ENAMETOOLONG: "its name is too long"
    case let code: "system error \(code)"
    }
  }
}
