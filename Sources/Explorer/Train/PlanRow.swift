import FixedPoint
import Sessions
import Training

/// A field of a training plan as a row that can be changed.
struct PlanRow: Sendable {
  /// JSON path in the plan.
  let path: String
  let label: String
  let field: Field
  /// `nil` where the plan has none.
  let value: FieldValue?
  /// What the recipe says.
  let usual: FieldValue?

  var isChanged: Bool { value != usual }
  var text: String { value?.text ?? "none" }
}

extension PlanRow {
  /// The fields of a plan that a person may want to change, beside what its recipe says; `datasets` can be named.
  static func all(of plan: TrainingPlan, recipe: TrainingPlan, datasets: [String]) -> [PlanRow] {
    let (now, usual) = (plan.json, recipe.json)
    return (dataFields(datasets) + fields).map { path, label, field in
      PlanRow(path: path, label: label, field: field, value: now.plain(at: path), usual: usual.plain(at: path))
    }
  }

  private typealias Entry = (path: String, label: String, field: Field)

  private static func dataFields(_ datasets: [String]) -> [Entry] {
    [
      entry("data.name", "data", .choice(datasets), "what is learned, as deq datasets lists it"),
      entry("data.validation", "validation", share, "share of the training samples that are kept for validation"),
    ]
  }

  private static let fields: [Entry] = [
    entry("epochs", "epochs", whole(1, 100_000), "passes through the training samples"),
    entry("batch", "batch", whole(1, 100_000), "samples of one step; a graph is always one step"),
    entry("optimizer.rate", "rate", positive, near: small, "the learning rate, where its schedule begins"),
    entry(
      "optimizer.schedule", "schedule", names(TrainingPlan.Optimizer.Schedule.self), "of the rate, over the epochs"),
    entry(
      "optimizer.method", "optimiser", names(TrainingPlan.Optimizer.Method.self), "how a gradient moves the weights"),
    entry(
      "optimizer.weightDecay", "weight decay", atLeast0, near: small, "times the weights is added to their gradient"),
    entry("model.layer", "layer", names(ModelPlan.Layer.self), "the linear map of the state"),
    entry("model.units", "units", whole(1, 100_000), "entries of the state; channels of a convolution"),
    entry("model.activation", "activation", names(ActivationKind.self), "of the layer"),
    entry(
      "model.shift", "shift", .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude),
      "added to the activation"),
    entry("model.power", "power", positive, "of the shifted activation"),
    entry("model.normalization", "normalise", names(ModelPlan.Normalization.self), "what the layer ends with"),
    entry("model.head", "head", names(ModelPlan.Head.self), "between the state and the classes"),
    entry("model.dropout", "dropout", share, "share of the entries that each step leaves out"),
    entry("keep", "keep", names(Guarantee.self), "the theorem that stays true of the layer"),
    entry("precision", "precision", names(TrainingPlan.Precision.self), "of all numbers"),
    entry("seed", "seed", whole(0, 1 << 52), "of the first run; each further run has the next one"),
    entry("runs", "runs", whole(1, 1000), "one after the other"),
    entry("patience", "patience", whole(1, 100_000), "epochs without a better validation after which a run stops"),
    entry("forward.method", "forward", names(ForwardPlan.Method.self), "how fixed points are computed"),
    entry("forward.tolerance", "tolerance", positive, near: small, "of the forward residual"),
    entry("forward.maxSteps", "at most", whole(1, 100_000), "evaluations of f for a batch"),
    entry("backward.method", "backward", names(BackwardPlan.Method.self), "how the adjoint system is solved"),
    entry("backward.tolerance", "tolerance", positive, near: small, "of the backward residual"),
    entry("backward.maxSteps", "at most", whole(1, 100_000), "products with the transposed Jacobian for a batch"),
    entry("threads", "threads", whole(1, 64), "parts of a batch that are solved side by side"),
  ]

  private static let share = Field.Kind.number(0...0.99)
  private static let positive = Field.Kind.number(Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude)
  private static let atLeast0 = Field.Kind.number(0...Double.greatestFiniteMagnitude)
  /// Such numbers are changed by factors of ten.
  private static let small = FieldValue.number(1e-3)

  private static func whole(_ least: Int, _ greatest: Int) -> Field.Kind { .integer(least...greatest) }

  private static func names<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> Field.Kind
  where Choice.RawValue == String { .choice(Choice.allCases.map(\.rawValue)) }

  private static func entry(
    _ path: String, _ label: String, _ kind: Field.Kind, near usual: FieldValue? = nil, _ summary: String
  ) -> Entry {
    let name = path.split(separator: ".").last.map(String.init) ?? path
    return (path, label, Field(name, kind, default: usual, summary))
  }
}

extension JSON {
  /// The number or text at a path of names.
  fileprivate func plain(at path: String) -> FieldValue? {
    let value = path.split(separator: ".").reduce(Optional(self)) { $0?[String($1)] }
    switch value?.content {
    case .number(let number): return .number(number)
    case .text(let text): return .text(text)
    default: return nil
    }
  }
}
