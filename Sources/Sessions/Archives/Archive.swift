import CArchive

/// Zip and gzip in memory, by libarchive; nothing is ever extracted into the file system.
enum Archive {
  struct Entry: Equatable {
    let name: String
    let bytes: [UInt8]
  }

  /// The most bytes that an archive may unpack to: a hundred times its size, but always 64 MiB and never more than
  /// 2 GiB.
  static func limit(of archive: [UInt8]) -> Int { min(2 << 30, max(64 << 20, 100 * archive.count)) }

  static func isZip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B]) }
  static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// The files of a zip archive that are wanted, in its order.
  /// - Throws: ``SessionError`` if the archive is damaged, has a name twice, or unpacks to more than the limit, by
  ///   default ``limit(of:)``.
  static func unzip(
    _ bytes: [UInt8], name: String, limit: Int? = nil, where isWanted: (String) -> Bool = { _ in true }
  ) throws(SessionError) -> [Entry] {
    try reading(bytes, limit: limit) { reader throws(SessionError) in
      unsafe archive_read_support_format_zip_seekable(reader.archive)
      var entries: [Entry] = []
      var names: Set<String> = []
      while let found = try reader.next() {
        guard names.insert(found).inserted else {
          throw SessionError(expected: "each name once in \(name)", found: "\(JSON(found).summary) again")
        }
        if isWanted(found), !found.hasSuffix("/") { entries.append(Entry(name: found, bytes: try reader.contents())) }
      }
      return entries
    } orFail: {
      SessionError(expected: "a zip archive in \(name)", found: $0)
    }
  }

  /// What a gzip file of one member holds.
  /// - Throws: ``SessionError`` if the file is damaged, or unpacks to more than ``limit(of:)``.
  static func gunzip(_ bytes: [UInt8], name: String) throws(SessionError) -> [UInt8] {
    let failure = { SessionError(expected: "a gzip file of one member in \(name)", found: $0) }
    guard isGzip(bytes), bytes.count >= 18 else { throw failure("\(bytes.count) bytes that are none") }
    let contents = try reading(bytes) { reader throws(SessionError) in
      unsafe archive_read_support_filter_gzip(reader.archive)
      unsafe archive_read_support_format_raw(reader.archive)
      return try reader.next() == nil ? [] : try reader.contents()
    } orFail: {
      failure($0)
    }
    // The library leaves the checksum and the length at the end of the file alone.
    let claims = [bytes.count - 8, bytes.count - 4].map { start in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
    }
    guard claims == [Checksum.crc32(contents), UInt32(truncatingIfNeeded: contents.count)] else {
      throw failure("another checksum or length at its end")
    }
    return contents
  }

  private static func reading<Contents>(
    _ bytes: [UInt8], limit: Int? = nil, _ read: (inout ArchiveReader) throws(SessionError) -> Contents,
    orFail failure: @escaping (String) -> SessionError
  ) throws(SessionError) -> Contents {
    let limit = limit ?? self.limit(of: bytes)
    let result: Result<Contents, SessionError> = unsafe bytes.withUnsafeBytes { buffer in
      do throws(SessionError) {
        var reader = unsafe ArchiveReader(buffer, limit: limit, failure: failure)
        return .success(try read(&reader))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// A zip archive that stores its entries as they are, with the same bytes for the same entries.
  static func zip(_ entries: [Entry]) -> [UInt8] {
    let room = entries.reduce(1 << 16) { $0 + $1.bytes.count + 4 * $1.name.utf8.count + 1024 }
    return unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      guard let archive = unsafe archive_write_new() else { return }
      defer { unsafe archive_write_free(archive) }
      unsafe archive_write_set_format_zip(archive)
      unsafe archive_write_zip_set_compression_store(archive)
      unsafe archive_write_set_bytes_in_last_block(archive, 1)
      unsafe archive_write_open_memory(archive, buffer.baseAddress, room, &count)
      for entry in entries { unsafe write(entry, to: archive) }
      let status = unsafe archive_write_close(archive)
      precondition(status == ARCHIVE_OK, "the archive fits the room that was made for it")
    }
  }

  private static func write(_ entry: Entry, to archive: OpaquePointer) {
    guard let header = unsafe archive_entry_new() else { return }
    defer { unsafe archive_entry_free(header) }
    unsafe archive_entry_set_pathname(header, entry.name)
    unsafe archive_entry_set_size(header, Int64(entry.bytes.count))
    unsafe archive_entry_set_filetype(header, 0o100000)
    unsafe archive_entry_set_perm(header, 0o644)
    unsafe archive_write_header(archive, header)
    _ = unsafe entry.bytes.withUnsafeBytes { unsafe archive_write_data(archive, $0.baseAddress, $0.count) }
  }
}
