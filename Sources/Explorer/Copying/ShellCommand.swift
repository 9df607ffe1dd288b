import FixedPoint
import Sessions

/// The line of a shell that does without a terminal what a screen shows.
struct ShellCommand: Equatable {
  let text: String
  /// What the line does otherwise.
  let caveat: String?

  init(_ words: [String], caveat: String? = nil) {
    text = words.map(Self.quoted).joined(separator: " ")
    self.caveat = caveat
  }

  /// A line of several commands.
  init(line: String, caveat: String?) {
    text = line
    self.caveat = caveat
  }

  /// A word as a shell reads it back. What a terminal could take for more than text is written as the octal bytes of
  /// `$'…'`, which POSIX has since 2024, and bash, zsh and ksh for long.
  static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.utf8.allSatisfy({ plain.contains($0) }) { return word }
    guard word.printable() != word else { return "'" + word.replacing("'", with: "'\\''") + "'" }
    return "$'" + word.utf8.map(escaped).joined() + "'"
  }

  private static func escaped(_ byte: UInt8) -> String {
    guard !(0x20..<0x7F ~= byte) || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") else {
      return String(Unicode.Scalar(byte))
    }
    let digits = String(byte, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }

  private static let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+./:,@%=".utf8)
}

extension ExplorerModel {
  /// The line for the open session on this screen, or for the one that is selected in the gallery.
  var commandLine: ShellCommand? {
    if place == .gallery { return gallery.selected.map { ShellCommand(["deq", "run", absolute($0.path)]) } }
    if place == .train { return trainingCommandLine }
    guard let watch, let path = watch.path else { return nil }
    let options = watch.experiment.changedOptions()
    switch place {
    case .certificates: return ShellCommand(["deq", "certify", absolute(path)] + options)
    case .race: return ShellCommand(["deq", "race", absolute(path)] + options + (watch.race?.entrantOptions ?? []))
    case .sweep: return sweepLine(absolute(path), options)
    case .gallery, .build, .watch, .spectrum, .phase, .compare, .train:
      return ShellCommand(["deq", "run", absolute(path)] + watch.options, caveat: watch.methodCaveat)
    }
  }
}

extension ExplorerModel {
  /// The line that computes the table, or the diagram.
  private func sweepLine(_ path: String, _ options: [String]) -> ShellCommand? {
    guard let board = watch?.sweep, board.cellCount > 0 else { return nil }
    let name = watch?.exportName ?? "sweep"
    if let request = board.wantedDiagram { return ShellCommand(bifurcating: request, path, options) }
    let spec = ShellCommand.quoted(board.spec.naming(session: path).json.lineText)
    return ShellCommand(
      line: "printf %s \(spec) | deq sweep /dev/stdin --out \(ShellCommand.quoted(name + "-map.csv"))",
      caveat: options.isEmpty ? nil : "of the session as its file has it")
  }
}

extension ShellCommand {
  /// Its branches along one parameter, with the other where it is held.
  fileprivate init(bifurcating request: BifurcationRequest, _ path: String, _ options: [String]) {
    let range = ["--from", JSON(request.range.lowerBound).lineText, "--to", JSON(request.range.upperBound).lineText]
    let fixed = request.fixed.map { ["--set", "\($0.path)=\($0.value.lineText)"] } ?? []
    self.init(["deq", "bifurcate", path, "--path", request.path] + range + options + fixed)
  }
}

extension Watch {
  /// The changes, and the steps as far as they are looked at where the run goes on beyond by itself.
  fileprivate var options: [String] {
    let isWhole = isAtEnd && run.outcome != nil || cursor == 0
    return experiment.changedOptions(steps: isWhole ? nil : cursor)
  }

  /// A run by several methods is not what one command does.
  fileprivate var methodCaveat: String? {
    run.methodChanges.first { $0 < cursor }.map { "it begins with the method that was taken at step \($0)" }
  }
}

extension RaceBoard {
  /// The methods that take part, where they are not those that the command takes by itself.
  fileprivate var entrantOptions: [String] {
    guard entrants.count != MethodCatalog.all.count || entrants.contains(where: { !$0.isOn }) else { return [] }
    let shown = entrants.filter(\.isOn).map { $0.source.options.isEmpty ? $0.source.method : $0.source.json.lineText }
    return ["--solvers", shown.joined(separator: ",")]
  }
}

extension Experiment {
  /// The options by which a command makes of the file's session the one that is open, with another limit of steps if
  /// one is given.
  func changedOptions(steps: Int? = nil) -> [String] {
    var options = changedFields.flatMap { ["--set", "\($0.path)=\($0.value.lineText)"] }
    if document.solver != original.solver {
      let source = document.solver
      options += ["--solver", source.options.isEmpty ? source.method : source.json.lineText]
    }
    let (rule, before) = (document.stopping, original.stopping)
    if rule.tolerance != before.tolerance { options += ["--tolerance", JSON(rule.tolerance).lineText] }
    if rule.measure != before.measure { options += ["--measure", rule.measure.rawValue] }
    if (steps ?? rule.maxSteps) != before.maxSteps { options += ["--max-steps", String(steps ?? rule.maxSteps)] }
    return options
  }

  /// The fields of network, input and start that are not as in the file, as small as they can be told.
  private var changedFields: [(path: String, value: JSON)] {
    let names = ["network", "input", "start"]
    let (old, new) = (original.json, document.json)
    let small = names.flatMap { JSON.differences($0, from: old[$0], to: new[$0]) }
    return isReached(by: small) ? small : names.filter { old[$0] != new[$0] }.map { ($0, new[$0] ?? .null) }
  }

  /// Whether these changes, one after the other, are possible and lead to the session that is open.
  private func isReached(by changes: [(path: String, value: JSON)]) -> Bool {
    var reached = original
    for change in changes {
      guard let next = try? reached.setting(path: change.path, to: change.value) else { return false }
      reached = next
    }
    return reached.network == document.network && reached.input == document.input && reached.start == document.start
  }
}

extension JSON {
  /// The fields in which two values differ; where not even the names or numbers of their members agree, the whole.
  fileprivate static func differences(_ path: String, from old: JSON?, to new: JSON?) -> [(path: String, value: JSON)] {
    guard old != new else { return [] }
    switch (old?.content, new?.content) {
    case (.object(let before)?, .object(let after)?) where before.map(\.name) == after.map(\.name):
      return zip(before, after).flatMap { differences(path + "." + $0.name, from: $0.value, to: $1.value) }
    case (.array(let before)?, .array(let after)?) where before.count == after.count:
      return zip(before, after).enumerated().flatMap { index, pair in
        differences("\(path)[\(index)]", from: pair.0, to: pair.1)
      }
    default: return [(path, new ?? .null)]
    }
  }
}
