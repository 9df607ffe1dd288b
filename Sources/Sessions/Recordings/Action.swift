public import FixedPoint

/// A change of the mathematics of an experiment: everything that a person can do to it.
public enum Action: Sendable, Equatable {
  /// Go on until the run ends or is paused.
  case run
  case pause
  /// So many steps on.
  case step(Int)
  /// Look at an earlier (or later, already computed) step.
  case rewind(to: Int)
  /// Keep the run as it is as an earlier branch and go on from the cursor.
  case branch
  /// Back to the start, as the session now is.
  case reset
  case solver(SolverSource)
  case stopping(StoppingRule)
  case start(TensorSource)
  case input(TensorSource)
  /// Any other field of the session, by its JSON path: weights, shifts, shapes.
  case edit(path: String, value: JSON)
  /// Takes back the last change that is not taken back yet: the session, its run and its branches are as they were.
  case undo
  /// Does again what was taken back last; any other change forgets what was taken back.
  case redo

  /// Whether it changes what the session says of its problem.
  var isEdit: Bool {
    switch self {
    case .solver, .stopping, .start, .input: true
    case .edit(let path, _): !["title", "notes"].contains(path)
    case .run, .pause, .step, .rewind, .branch, .reset, .undo, .redo: false
    }
  }

  /// Whether it replaces the session or steps of the run, so that it can be undone.
  var isChange: Bool {
    switch self {
    case .branch, .reset, .solver, .stopping, .start, .input, .edit: true
    case .run, .pause, .step, .rewind, .undo, .redo: false
    }
  }
}

extension Action {
  private static let names = [
    "run", "pause", "step", "rewind", "branch", "reset", "solver", "stopping", "start", "input", "edit",
    "undo", "redo",
  ]

  /// Reads the members of an action; the caller finishes the object.
  init(_ reader: inout ObjectReader) throws(SessionError) {
    let name = try reader.require("action", expected: Field.Kind.choice(Self.names).expectation)
      .choice(of: Self.names, path: reader.path(of: "action"))
    switch name {
    case "pause": self = .pause
    case "step": self = .step(reader.required("count", in: 1...Int(Int32.max)))
    case "rewind": self = .rewind(to: reader.required("to", in: 0...Int(Int32.max)))
    case "branch": self = .branch
    case "reset": self = .reset
    case "undo": self = .undo
    case "redo": self = .redo
    case "solver", "stopping", "start", "input": self = try Self.change(name, &reader)
    case "edit":
      self = .edit(path: reader.requireText("path"), value: try reader.require("value", expected: "a value"))
    default: self = .run
    }
  }

  private static func change(_ name: String, _ reader: inout ObjectReader) throws(SessionError) -> Action {
    let json = try reader.require("to", expected: "an object")
    let path = reader.path(of: "to")
    return switch name {
    case "solver": .solver(try SolverSource(json, path: path))
    case "stopping": .stopping(try StoppingRule(json, path: path))
    case "start": .start(try TensorSource(json, path: path))
    default: .input(try TensorSource(json, path: path))
    }
  }

  var members: [JSON.Member] {
    func named(_ name: String, _ rest: JSON.Member...) -> [JSON.Member] { [JSON.Member("action", JSON(name))] + rest }
    return switch self {
    case .run: named("run")
    case .pause: named("pause")
    case .step(let count): named("step", JSON.Member("count", JSON(count)))
    case .rewind(let step): named("rewind", JSON.Member("to", JSON(step)))
    case .branch: named("branch")
    case .reset: named("reset")
    case .undo: named("undo")
    case .redo: named("redo")
    case .solver(let source): named("solver", JSON.Member("to", source.json))
    case .stopping(let rule): named("stopping", JSON.Member("to", rule.json))
    case .start(let source): named("start", JSON.Member("to", source.json))
    case .input(let source): named("input", JSON.Member("to", source.json))
    case .edit(let path, let value): named("edit", JSON.Member("path", JSON(path)), JSON.Member("value", value))
    }
  }
}

/// An action and the step at which it was done.
public struct RecordedAction: Sendable, Equatable {
  public let step: Int
  public let action: Action
  /// The last step of the run that the action left for another, without its state: so that what was left is verified
  /// too. `nil` where no step was left, and in recordings that did not keep it.
  public let left: Check?

  public init(step: Int, _ action: Action, left: Check? = nil) {
    self.step = step
    self.action = action
    self.left = left?.withoutState
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    step = reader.required("step", in: 0...Int(Int32.max))
    action = try Action(&reader)
    left = reader.read("left", Check.init(last:path:))
    try reader.finish()
  }

  var json: JSON {
    JSON([JSON.Member("step", JSON(step))] + action.members + (left.map { [JSON.Member("left", $0.json)] } ?? []))
  }
}
