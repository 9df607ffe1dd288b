import CArchive

/// An archive being read from memory, entry after entry, with a bound on all that it unpacks to.
@safe struct ArchiveReader: ~Copyable {
  let archive: OpaquePointer?
  private let buffer: UnsafeRawBufferPointer
  private let limit: Int
  private var remaining: Int
  private var isOpen = false
  private let failure: (String) -> SessionError

  /// - Parameters:
  ///   - buffer: the archive, which outlives the reader.
  ///   - limit: the most bytes that all entries that are read may have together.
  ///   - failure: the error of a reason.
  init(_ buffer: UnsafeRawBufferPointer, limit: Int, failure: @escaping (String) -> SessionError) {
    unsafe archive = archive_read_new()
    unsafe self.buffer = buffer
    self.limit = limit
    self.failure = failure
    remaining = limit
  }

  deinit { unsafe archive_read_free(archive) }

  /// The name of the next entry; `nil` after the last.
  mutating func next() throws(SessionError) -> String? {
    if !isOpen {
      isOpen = true
      guard unsafe archive_read_open_memory(archive, buffer.baseAddress, buffer.count) == ARCHIVE_OK else {
        throw reason()
      }
    }
    var header: OpaquePointer?
    let status = unsafe archive_read_next_header(archive, &header)
    if status == ARCHIVE_EOF { return nil }
    guard status == ARCHIVE_OK, let entry = unsafe header else { throw reason() }
    if unsafe archive_entry_size_is_set(entry) != 0 {
      let size = unsafe archive_entry_size(entry)
      guard size >= 0, size <= Int64(limit) else { throw failure("an entry that claims \(size) bytes") }
    }
    guard let name = unsafe archive_entry_pathname(entry), let text = unsafe String(validatingCString: name) else {
      throw failure("a name that is not UTF-8")
    }
    return text
  }

  /// All bytes of the entry that ``next()`` has come to.
  mutating func contents() throws(SessionError) -> [UInt8] {
    var contents: [UInt8] = []
    while true {
      var count = 0
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { chunk, filled in
        count = unsafe archive_read_data(archive, chunk.baseAddress, chunk.count)
        filled = max(count, 0)
      }
      guard count >= 0 else { throw reason() }
      if count == 0 { return contents }
      remaining -= count
      guard remaining >= 0 else { throw failure("more than \(limit) bytes when it is unpacked") }
      contents += chunk
    }
  }

  private func reason() -> SessionError {
    let text = unsafe archive_error_string(archive).flatMap { unsafe String(validatingCString: $0) }
    return failure(text ?? "damaged data")
  }
}
