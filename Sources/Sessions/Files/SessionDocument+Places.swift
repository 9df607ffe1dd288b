import FixedPoint
import Glibc

extension SessionDocument {
  /// The same session for a file in another directory: relative paths of tensors lead to the same files from there.
  ///
  /// Absolute paths stay. A recording that was of this session is of the result.
  public func relocated(from directory: String, to other: String) -> SessionDocument {
    Relocation(from: directory, to: other).map(relocated(by:)) ?? self
  }

  /// The same session for a file. Where it is a symbolic link to a file in another directory, and the session is not
  /// opened through the link already, the paths become absolute: they are then right through the link and without it.
  public func relocated(from directory: String, toFile path: String) -> SessionDocument {
    let folder = SessionFile.directory(of: path)
    guard let file = FileSystem.absolute(path), let linked = FileSystem.absolute(folder),
      let here = FileSystem.absolute(directory), FileSystem.directory(of: file) != linked, here != linked
    else { return relocated(from: directory, to: folder) }
    return Relocation(makingAbsolute: here).map(relocated(by:)) ?? self
  }

  private func relocated(by move: Relocation) -> SessionDocument {
    var moved = move.problem(self)
    guard var recording = recording else { return moved }
    let beginning = recording.start(of: self)
    let isOwn = recording.session == Recording.fingerprint(of: beginning)
    if case .other(let start) = recording.beginning { recording.beginning = .other(move.problem(start)) }
    recording.data = recording.data.map { DataDigest(source: move.source($0.source), digest: $0.digest) }
    recording.actions = recording.actions.map { RecordedAction(step: $0.step, move.action($0.action), left: $0.left) }
    if isOwn { recording.session = Recording.fingerprint(of: move.problem(beginning)) }
    moved.recording = recording
    return moved
  }
}

/// Rewrites paths that were relative to one directory so that they are relative to another.
private struct Relocation {
  /// The components of the real paths of the two directories.
  private let old: [Substring]
  private let new: [Substring]
  private let makesAbsolute: Bool

  /// Makes paths absolute that were relative to a directory.
  init?(makingAbsolute directory: String) {
    guard let old = FileSystem.absolute(directory) else { return nil }
    self.old = old.split(separator: "/")
    new = []
    makesAbsolute = true
  }

  /// `nil` if there is nothing to rewrite: the directories are one, or one of them is not there.
  init?(from directory: String, to other: String) {
    guard let old = FileSystem.absolute(directory), let new = FileSystem.absolute(other), old != new else { return nil }
    self.old = old.split(separator: "/")
    self.new = new.split(separator: "/")
    makesAbsolute = false
  }

  /// A `.` stays: two spellings of a path in one session stay two, and an edit from one to the other an edit.
  private func path(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    var rest = path.split(separator: "/")[...]
    var base = old
    // The components of a real path are no links, so `..` takes one away.
    while rest.first == "..", !base.isEmpty {
      rest.removeFirst()
      base.removeLast()
    }
    let whole = base + rest
    if makesAbsolute { return "/" + whole.joined(separator: "/") }
    let common = zip(whole.dropLast(), new).prefix { $0 == $1 }.count
    let up = Array(repeating: ".."[...], count: new.count - common)
    return (up + whole[common...]).joined(separator: "/")
  }

  func problem(_ document: SessionDocument) -> SessionDocument {
    var moved = document
    moved.input = document.input.map(source)
    moved.start = source(document.start)
    moved.network.operators = document.network.operators.map(source)
    return moved
  }

  func source(_ source: TensorSource) -> TensorSource {
    guard case .file(let path, let key) = source else { return source }
    return .file(path: self.path(path), key: key)
  }

  func source(_ link: OperatorSource) -> OperatorSource {
    var link = link
    for index in link.fields.indices {
      switch link.fields[index].value {
      case .tensor(let tensor): link.fields[index].value = .tensor(source(tensor))
      case .edges(.file(let path)): link.fields[index].value = .edges(.file(self.path(path)))
      case .number, .text, .flag, .edges: break
      }
    }
    return link
  }

  func action(_ action: Action) -> Action {
    switch action {
    case .start(let tensor): .start(source(tensor))
    case .input(let tensor): .input(source(tensor))
    case .edit(let path, let value):
      .edit(path: path, value: path.hasSuffix(".file") ? file(value) : json(value))
    case .run, .pause, .step, .rewind, .branch, .reset, .solver, .stopping, .undo, .redo: action
    }
  }

  /// Every `{"file": …}` within a value.
  private func json(_ value: JSON) -> JSON {
    switch value.content {
    case .array(let items): JSON(items.map(json))
    case .object(let members):
      JSON(members.map { JSON.Member($0.name, $0.name == "file" ? file($0.value) : json($0.value)) })
    default: value
    }
  }

  private func file(_ value: JSON) -> JSON {
    guard case .text(let text) = value.content else { return value }
    return JSON(path(text))
  }
}

/// A path that a person typed: `~` at its beginning is the home directory.
public func expandingHome(_ path: String) -> String {
  guard path == "~" || path.hasPrefix("~/"), let home = unsafe getenv("HOME") else { return path }
  return unsafe String(cString: home) + path.dropFirst()
}
