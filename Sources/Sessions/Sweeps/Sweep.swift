internal import FixedPoint

/// A sweep ready to run: its specification with the session that it varies.
public struct Sweep: Sendable {
  public let spec: SweepSpec
  /// Of the specification, the session, the tensor files it names and the program's version: two sweeps with one digest
  /// give the same cells.
  public let digest: String
  /// The session that is varied, without a recording.
  public let document: SessionDocument
  private let study: NetworkStudy
  private let directory: String
  /// Of the specification, if it has one: errors name it.
  private let file: String?

  /// Opens a specification and its session; a session that no cell can be made of is found here.
  /// - Throws: `SessionError` that names the file at fault.
  public init(reading file: String) throws(SessionError) {
    let spec: SweepSpec
    do throws(SessionError) {
      spec = try SweepSpec(try JSON(reading: file))
    } catch {
      throw error.kind == .content ? try SessionFile.located(error, in: file) : error
    }
    let session = spec.session.hasPrefix("/") ? spec.session : FileSystem.directory(of: file) + "/" + spec.session
    let (document, _) = try Problem.open(session)
    try self.init(spec, of: document, directory: FileSystem.directory(of: session), file: file)
  }

  /// A sweep of a session that is at hand, whatever the specification's `session` names; relative paths of tensor files
  /// start from `directory`.
  /// - Throws: `SessionError` if no cell can be made of it.
  public init(_ spec: SweepSpec, of document: SessionDocument, directory: String) throws(SessionError) {
    try self.init(spec, of: document, directory: directory, file: nil)
  }

  private init(
    _ spec: SweepSpec, of document: SessionDocument, directory: String, file: String?
  ) throws(SessionError) {
    (self.spec, self.directory, self.file) = (spec, directory, file)
    study = spec.study
    var document = document
    document.recording = nil
    if let maxSteps = spec.maxSteps { document.stopping.maxSteps = maxSteps }
    self.document = document
    digest = try Self.digest(spec, document, directory)
    try checkAxes()
  }

  /// Every value of every axis must fit where it stands.
  private func checkAxes() throws(SessionError) {
    for (position, axis) in spec.axes.enumerated() {
      for index in 0..<axis.count {
        do throws(SessionError) {
          _ = try document.setting(path: axis.path, to: axis.value(index))
        } catch {
          throw placed(error, "axes[\(position)]")
        }
      }
    }
  }

  private static func digest(
    _ spec: SweepSpec, _ document: SessionDocument, _ directory: String
  ) throws(SessionError) -> String {
    var plain = document
    plain.title = nil
    plain.notes = nil
    var fingerprint = Fingerprint()
    for byte in Array((programVersion + spec.json.lineText + plain.json.lineText).utf8) { fingerprint.add(byte) }
    for name in plain.json.fileNames {
      for byte in try FileSystem.read(name.hasPrefix("/") ? name : directory + "/" + name) { fingerprint.add(byte) }
    }
    let digits = String(fingerprint.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Computes one cell; the same on every thread.
  /// - Throws: `SessionError` that names the cell whose values do not make a session together.
  public func cell(at index: Int) throws(SessionError) -> SweepCell {
    let values = spec.values(ofCell: index)
    do throws(SessionError) {
      let problem = try Problem(try session(ofCell: index), directory: directory)
      return SweepCell(index, try findings(of: problem))
    } catch {
      throw placed(error, "cell \(index) (\(values.map(\.summary).joined(separator: ", ")))")
    }
  }

  /// - Throws: `SessionError` of kind `conflict` if the proofs contradict each other.
  private func findings(of problem: Problem) throws(SessionError) -> NetworkFindings {
    do throws(CertificateConflict) {
      return try study.findings(
        on: problem.network, from: problem.start, by: problem.solver, stopping: problem.stopping)
    } catch {
      throw SessionError(error)
    }
  }

  /// The session that a cell is about.
  /// - Throws: `SessionError` if its values are not those of a session.
  public func session(ofCell index: Int) throws(SessionError) -> SessionDocument {
    try document.setting(spec.axes.map(\.path), to: spec.values(ofCell: index))
  }

  private func placed(_ error: SessionError, _ place: String) -> SessionError {
    var error = error.under(place)
    error.file = file
    error.place = nil
    error.offset = nil
    return error
  }
}

extension SessionDocument {
  /// The document with the values at several JSON paths replaced, one after the other.
  /// - Throws: `SessionError` as for a single one.
  public func setting(_ paths: [String], to values: [JSON]) throws(SessionError) -> SessionDocument {
    var document = self
    for (path, value) in zip(paths, values) { document = try document.setting(path: path, to: value) }
    return document
  }

  /// The value at a JSON path of the canonical file; `nil` where there is none.
  public func value(at path: String) -> JSON? {
    guard let path = JSONPath(path) else { return nil }
    return json.value(at: path)
  }
}

extension JSON {
  /// The texts of all members called `file`, in their order.
  fileprivate var fileNames: [String] {
    switch content {
    case .array(let items): return items.flatMap(\.fileNames)
    case .object(let members):
      return members.flatMap { member -> [String] in
        if member.name == "file", case .text(let name) = member.value.content { return [name] }
        return member.value.fileNames
      }
    default: return []
    }
  }
}
