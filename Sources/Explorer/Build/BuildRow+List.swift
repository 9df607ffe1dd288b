import FixedPoint
import Screen
import Sessions

extension BuildRow {
  /// Every part of a session as rows, in the order of the file; `trial` knows shapes and numbers.
  static func all(of document: SessionDocument, _ trial: PipelineTrial) -> [BuildRow] {
    var list = BuildRowList()
    list.addEnds(document, trial)
    for (position, link) in document.network.operators.enumerated() {
      list.add(link, at: position, trial.links.indices.contains(position) ? trial.links[position] : nil)
    }
    list.section += 1
    list.position = nil
    list.add(
      BuildTensor(path: "start", label: "start", source: document.start, tensor: trial.start, isOptional: false),
      indent: 0, "the state that the run starts from")
    list.add(document.solver)
    list.add(document.stopping)
    return list.rows
  }
}

/// Rows being collected.
private struct BuildRowList {
  var rows: [BuildRow] = []
  var section = 0
  var position: Int?
  private var tensor: BuildTensor?

  private mutating func add(
    _ path: String, _ label: String, indent: Int, _ value: String, isGiven: Bool = true, _ summary: String,
    _ content: BuildRow.Content
  ) {
    rows.append(
      BuildRow(
        path: path, label: label, indent: indent, value: value, isGiven: isGiven, summary: summary, content: content,
        section: section, position: position, tensor: tensor))
  }

  /// A number, a choice or a switch at `parent`.
  private mutating func add(
    _ field: Field, under parent: String, indent: Int, given: FieldValue?, otherwise: FieldValue?,
    target: BuildRow.Target = .member, path: String? = nil
  ) {
    let value = given ?? otherwise ?? field.defaultValue
    add(
      path ?? "\(parent).\(field.name)", field.name, indent: indent, value?.text ?? "none", isGiven: given != nil,
      field.summary, .field(field, value: value, target: target))
  }

  mutating func addEnds(_ document: SessionDocument, _ trial: PipelineTrial) {
    let title = document.title ?? ""
    add(
      "title", "title", indent: 0, title.isEmpty ? "untitled" : title, isGiven: !title.isEmpty, "the session's name",
      .text(title))
    let state = document.network.stateShape
    add(
      "network.state.shape", "state z", indent: 0, state.description,
      "shape of z: units; nodes, features; or channels, height, width", .shape(state))
    let input = document.network.inputShape
    add(
      "network.input.shape", "input x", indent: 0, input?.description ?? "none", isGiven: input != nil,
      "shape of x, which operators inject; nothing for none", .shape(input))
    guard let source = document.input else { return }
    add(
      BuildTensor(path: "input", label: "x", source: source, tensor: trial.input, isOptional: false), indent: 1,
      "the numbers of the input x")
  }

  // MARK: Operators

  mutating func add(_ source: OperatorSource, at position: Int, _ trial: PipelineTrial.Link?) {
    section += 1
    self.position = position
    guard let description = OperatorCatalog.named(source.name)?.description else { return }
    let path = "network.operators[\(position)]"
    let tensors = description.fields.compactMap { field -> BuildTensor? in
      guard case .tensor = field.kind else { return nil }
      var own: TensorSource?
      if case .tensor(let given) = source[field.name] { own = given }
      return BuildTensor(
        path: "\(path).\(field.name)", label: field.name, source: own, tensor: trial?.tensors[field.name],
        isOptional: !field.isRequired)
    }
    tensor = tensors.first { $0.source != nil }
    add(
      path, "\(position + 1) \(source.name)", indent: 0, description.formula, "v becomes \(description.formula)",
      .link(position: position))
    for field in description.fields {
      if let own = tensors.first(where: { $0.label == field.name }) {
        add(own, indent: 1, field.summary)
      } else {
        add(field, of: source, at: path)
      }
    }
    tensor = nil
  }

  private mutating func add(_ field: Field, of source: OperatorSource, at path: String) {
    if case .edges = field.kind { return add(edges: source[field.name], field, at: path) }
    let parameter = source.activationKind?.parameter
    switch field.name {
    case "kind":
      add(
        field, under: path, indent: 1, given: source[field.name]?.plain, otherwise: nil, target: .kind(source))
    case ActivationKind.Parameter.slope.rawValue, ActivationKind.Parameter.threshold.rawValue:
      guard let parameter, parameter.rawValue == field.name else { return }
      add(
        field, under: path, indent: 1, given: source[field.name]?.plain, otherwise: .number(parameter.defaultValue))
    default: add(field, under: path, indent: 1, given: source[field.name]?.plain, otherwise: nil)
    }
  }

  private mutating func add(edges value: FieldSource.Value?, _ field: Field, at path: String) {
    guard case .edges(let source)? = value else { return }
    switch source {
    case .pairs(let pairs):
      add("\(path).\(field.name)", field.name, indent: 1, "\(pairs.count) edges", field.summary, .edges(pairs))
    case .file(let name): add("\(path).\(field.name)", field.name, indent: 1, name, field.summary, .edges(nil))
    }
  }

  // MARK: Tensors

  mutating func add(_ own: BuildTensor, indent: Int, _ summary: String) {
    let outer = tensor
    tensor = own.source == nil ? outer : own
    add(
      own.path, own.label, indent: indent, own.source?.word ?? "none", isGiven: own.source != nil, summary,
      .tensor(own))
    switch own.source {
    case .fill(let value, _):
      add(Self.fill, under: own.path, indent: indent + 1, given: .number(value), otherwise: nil)
    case .ensemble(let ensemble, _): add(ensemble, at: own.path, indent: indent + 1)
    case .file(let path, _):
      add("\(own.path).file", "file", indent: indent + 1, path, "a file beside the session file", .text(path))
    case .dataset(let name, let index):
      add("\(own.path).dataset", "data set", indent: indent + 1, name, "the name of a data set", .text(name))
      add(Self.index, under: own.path, indent: indent + 1, given: .number(Double(index)), otherwise: nil)
    case .values, nil: break
    }
    tensor = outer
  }

  private static let fill = Field("fill", .number(.everyNumber), "the number that stands everywhere")
  private static let index = Field("index", .integer(0...Int(Int32.max)), "which sample, counted from 0")

  private mutating func add(_ ensemble: Ensemble, at path: String, indent: Int) {
    add(Ensemble.seedField, under: path, indent: indent, given: .number(Double(ensemble.seed)), otherwise: nil)
    let gain = ensemble.gain == 1 ? nil : FieldValue.number(ensemble.gain)
    add(Ensemble.gainField, under: path, indent: indent, given: gain, otherwise: nil)
    if let (field, value) = ensemble.law.parameter {
      add(field, under: path, indent: indent, given: .number(value), otherwise: nil)
    }
    let constraint = ensemble.constraint
    add(
      Ensemble.constraintField, under: path, indent: indent, given: constraint.map { .text($0.name) },
      otherwise: nil, target: .constraint)
    if let constraint, let bound = constraint.bound {
      add(
        Ensemble.boundField, under: path, indent: indent, given: .number(bound), otherwise: nil,
        target: .bound(constraint.name), path: "\(path).constraint.\(constraint.name)")
    }
  }

  // MARK: Method and rule

  mutating func add(_ solver: SolverSource) {
    section += 1
    guard let method = MethodCatalog.named(solver.method) else { return }
    let names = MethodCatalog.all.map { $0.description.name }
    add(
      Field("method", .choice(names), required: true, method.description.summary), under: "solver", indent: 0,
      given: .text(solver.method), otherwise: nil, target: .method, path: "solver.method")
    let whole = (try? Problem.solver(solver))?.options
    for option in method.description.options {
      add(option, under: "solver", indent: 1, given: solver[option.name]?.plain, otherwise: whole?[option.name])
    }
  }

  mutating func add(_ rule: StoppingRule) {
    section += 1
    let values: [FieldValue] = [
      .number(rule.tolerance), .text(rule.measure.rawValue), .number(Double(rule.maxSteps)),
    ]
    for (field, value) in zip(StoppingRule.fields, values) {
      let isGiven = field.defaultValue != value
      add(field, under: "stopping", indent: 0, given: isGiven ? value : nil, otherwise: nil)
    }
  }
}

extension OperatorSource {
  /// The kind of an activation that the operator names.
  fileprivate var activationKind: ActivationKind? {
    guard case .text(let name)? = self["kind"] else { return nil }
    return ActivationKind(rawValue: name)
  }
}

extension StoppingRule {
  fileprivate static let fields = [
    Field(
      "tolerance", .number(0 ... .greatestFiniteMagnitude), default: .number(StoppingRule().tolerance),
      "the residual at which a run has converged"),
    Field(
      "measure", .choice(Measure.allCases.map(\.rawValue)), default: .text(StoppingRule().measure.rawValue),
      "the residual that is compared with the tolerance"),
    Field(
      "maxSteps", .integer(1...1_000_000_000), default: .number(Double(StoppingRule().maxSteps)),
      "the limit of steps"),
  ]
}

extension ClosedRange<Double> {
  fileprivate static var everyNumber: ClosedRange<Double> {
    -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
  }
}
