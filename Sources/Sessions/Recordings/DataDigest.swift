/// A tensor that came from outside the session, and a digest of its numbers: a changed file shows in a replay.
public struct DataDigest: Sendable, Equatable {
  /// A file or a sample of a data set, as the session names it.
  public let source: TensorSource
  /// FNV-1a, 64 bits, of the little-endian IEEE bytes of the numbers.
  public let digest: UInt64

  public init(source: TensorSource, digest: UInt64) {
    self.source = source
    self.digest = digest
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    let source = try reader.require("source", expected: "an object with one of file, dataset")
    self.source = try TensorSource(source, path: reader.path(of: "source"))
    digest = reader.digest("digest")
    try reader.finish()
  }

  var json: JSON { ["source": source.json, "digest": JSON(hexadecimalDigits(digest))] }
}
