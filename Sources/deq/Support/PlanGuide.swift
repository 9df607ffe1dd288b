import Sessions
import Training

/// What each field of a training plan means, with the value that a plan has without it.
enum PlanGuide {
  static var text: String {
    let plan = TrainingPlan().json
    let cells = fields.map { path, meaning in (path, value(path, in: plan), meaning) }
    let widths = (cells.map(\.0.count).max() ?? 0, cells.map(\.1.count).max() ?? 0)
    return cells.map { path, value, meaning in
      path.padding(to: widths.0 + 2) + value.padding(to: widths.1 + 2) + meaning
    }.joined(separator: "\n")
  }

  private static func value(_ path: String, in plan: JSON) -> String {
    let value = path.split(separator: ".").reduce(Optional(plan)) { $0?[String($1)] }
    if case .text(let text)? = value?.content { return text }
    return value?.lineText ?? "none"
  }

  static let fields: [(path: String, meaning: String)] = [
    ("title", "a text for reports"),
    ("data.name", "the data set, as deq datasets lists it"),
    (
      "data.validation",
      "share of the training samples that are kept to choose the best epoch; a rounded number of "
        + "them"
    ),
    ("data.test", "share of the samples that are kept for the test, where the data come without a test set"),
    ("data.seed", "of the split, which all runs share: the ± of several runs has no part of it"),
    ("data.limit", "at most so many training samples"),
    ("data.split", "the split of a graph; * stands for the number of the run"),
    ("model.session", "a session file whose pipeline is trained in the place of a layer"),
    ("model.layer", "dense, nonnegative, monotone, convolution or graph: the linear map of the state"),
    ("model.units", "entries of the state; channels of a convolution; features of a node"),
    ("model.activation", "σ of the layer"),
    ("model.shift", "added to σ; above 0 the iteration starts at 1, else at 0"),
    ("model.power", "of σ + shift; other than 1 only for tanh with a shift of at least 1"),
    ("model.injection", "before or after: where ρ(U x + b) is added"),
    ("model.hidden", "units of a relu layer that x passes through before U; 0 for none"),
    ("model.injectionActivation", "ρ"),
    ("model.normalization", "none or inf: division by the largest magnitude"),
    ("model.monotonicity", "m of the monotone layer"),
    ("model.kernel", "side of a convolution's kernel, odd"),
    ("model.pooling", "side of the squares of pixels whose mean the head sees"),
    ("model.teleport", "share of a graph's injected features; the propagation has the rest"),
    ("model.dropout", "share of the entries of x, of the hidden layer and of what the head sees that a step drops"),
    ("model.head", "none, linear or batch-normalized"),
    ("forward.method", "picard, anderson or peaceman-rachford"),
    ("forward.window", "of Anderson's method"),
    ("forward.regularization", "on the diagonal of Anderson's Gram matrix, in units of its mean"),
    ("forward.tolerance", "of ‖f(z) - z‖ / ‖f(z)‖"),
    ("forward.maxSteps", "evaluations of f"),
    ("forward.judgement", "sample or batch: whose residual has to meet the tolerance"),
    (
      "backward.method",
      "picard, anderson, gmres, direct, jacobian-free or phantom; where a solve ends worse than "
        + "g = v, v is taken"
    ),
    ("backward.window", "of Anderson's method"),
    ("backward.tolerance", "of ‖v - (I - Jᵀ) g‖ / ‖v‖"),
    ("backward.maxSteps", "products with Jᵀ"),
    ("backward.terms", "of phantom"),
    ("backward.damping", "of phantom"),
    ("optimizer.method", "adam (averages 0.9 and 0.999, floor 1e-8) or sgd"),
    ("optimizer.rate", "the learning rate, where its schedule begins"),
    ("optimizer.finalRate", "where a cosine ends, at most the rate"),
    ("optimizer.schedule", "constant or cosine, over the epochs"),
    ("optimizer.weightDecay", "times the parameters is added to their gradient"),
    ("optimizer.decay", "all, or weights: then neither biases nor the scale and shift of the head decay"),
    ("optimizer.momentum", "of sgd"),
    ("epochs", "passes through the training samples"),
    (
      "batch",
      "samples of a step; the last one of an epoch may be shorter, and one of a single sample is "
        + "left out with a batch-normalized head; a graph is one step"
    ),
    ("seed", "of the first run; each further run has the next one"),
    ("runs", "trainings, one after the other"),
    ("patience", "epochs without a better validation (of the training, without one) after which a run stops"),
    (
      "keep",
      "none, monotone, perron-frobenius, lipschitz, subhomogeneous-thompson or positive-concave: "
        + "what stays true"
    ),
    ("precision", "single or double, of all numbers; a session's pipeline is solved in double"),
    (
      "threads",
      "parts of a batch that are solved side by side; the last bits, dropout and the mean of "
        + "steps depend on it"
    ),
    ("rateChanges", "changes of the rate that were made while a run went on"),
  ]
}

extension String {
  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
