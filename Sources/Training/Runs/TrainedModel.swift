internal import FixedPoint
internal import LinearAlgebra
public import Sessions

/// A model's parameters as the tensors of a session and of a head.
public struct TrainedModel: Sendable {
  /// Of the equilibrium layer, to be opened in the explorer, run and certified.
  public let document: SessionDocument
  /// Tensors that the document reads from a file beside it, those of the head, and mean and deviation of the inputs.
  public let beside: [NamedTensor]
  /// The head, which turns a fixed point into classes.
  public let readout: Readout
  /// Whether all its numbers are; those of the best validation outlast a divergence.
  public let isFinite: Bool
}

extension TrainingRun {
  /// The trained layer with one sample as its input; of a graph, with all its nodes.
  ///
  /// The parameters are those of the best validation, or the last ones without validation. The input is as the data have
  /// it: how it is standardised is in U and b of the layer.
  ///
  /// - Parameters:
  ///   - sample: an index of the data.
  ///   - companion: the name of the file beside the session, for large tensors; without one all are in the document.
  /// - Returns: the session with what lies beside it.
  public func model(sample: Int? = nil, companion: String?) -> TrainedModel {
    switch engine {
    case .single(let trainer): trainer.model(sample: sample, companion: companion)
    case .double(let trainer): trainer.model(sample: sample, companion: companion)
    }
  }

  /// What the theorems say of the layer as it is now; empty once a parameter is not finite.
  func certificates() -> [GuaranteeRecord] {
    switch engine {
    case .single(let trainer): trainer.certificates()
    case .double(let trainer): trainer.certificates()
    }
  }

  /// The trained layer with one sample as its input and no file beside it, so that it can be opened at once; its head is
  /// left out.
  public func session(sample: Int? = nil) -> SessionDocument { model(sample: sample, companion: nil).document }
}

extension TrainedModel {
  /// Writes the session, and beside it what it reads from ``SessionFile/companion(of:)`` with the head's tensors.
  /// - Throws: ``SessionError`` of kind `unwritable`, also of a model that is not finite.
  public func write(to path: String) throws(SessionError) {
    guard isFinite else {
      var error = SessionError(.unwritable, expected: "a model of finite numbers", found: "one that has diverged")
      error.file = path
      throw error
    }
    try TensorFile.write(beside, texts: [(Readout.key, readout.text)], to: SessionFile.companion(of: path))
    try SessionFile.write(document, to: path)
  }
}

extension TrainingRun {
  /// The trained layer to be written to a file: large tensors are to lie beside it.
  public func model(sample: Int? = nil, writtenTo path: String) -> TrainedModel {
    model(sample: sample, companion: SessionFile.name(of: SessionFile.companion(of: path)))
  }
}

extension Trainer {
  func model(sample: Int?, companion: String?) -> TrainedModel {
    let isBest = !data.validation.isEmpty
    let parameters = (isBest ? state.best?.parameters : nil) ?? state.parameters
    let statistics = (isBest ? state.best?.statistics : nil) ?? state.statistics
    var export = ModelExport(
      model: model, parameters: parameters, companion: companion, folding: data.standardization)
    var (document, input) = self.document(&export, sample ?? data.test.first ?? data.train[0], parameters)
    let name = document.title ?? "\(plan.model.layer.rawValue) layer"
    document.title = plan.title ?? "\(name), trained on \(plan.data.name)"
    document.notes = notes(input)
    let readout = export.readout(
      statistics, state: document.network.stateShape, classes: data.classes, isPerNode: data.edges != nil, input: input,
      origin: plan.origin(of: data.fingerprint))
    let isFinite = [parameters, statistics.means, statistics.variances].allSatisfy { $0.allSatisfy(\.isFinite) }
    return TrainedModel(
      document: document, beside: export.beside + readout.tensors + export.hiddenTensors + inputTensors,
      readout: readout, isFinite: isFinite)
  }

  /// What x of the session is, and where the head is.
  private func notes(_ input: Readout.Input) -> String {
    let notes =
      switch input {
      case .raw where data.standardization == nil: "x is as \(plan.data.name) has it."
      case .raw: "x is a sample as \(plan.data.name) has it: its standardisation is in U and b."
      case .standardized:
        "x is a sample of \(plan.data.name), less input.mean and divided by input.deviation of the file beside it."
      case .hidden:
        "x is what the hidden layer makes of a sample of \(plan.data.name): max(0, sample hidden.weight + hidden.bias)."
      }
    return notes + " The head (\(plan.model.head.rawValue), \(data.classes.count) classes) is in the file beside it."
  }

  /// Of each channel or column.
  private var inputTensors: [NamedTensor] {
    guard let standardization = data.standardization else { return [] }
    return [
      NamedTensor("input.mean", Tensor(vector: standardization.channelMeans)),
      NamedTensor("input.deviation", Tensor(vector: standardization.channelDeviations)),
    ]
  }

  /// The model's equilibrium as a session with a sample as the data have it, where that can be.
  private func document(
    _ export: inout ModelExport<Scalar>, _ sample: Int, _ parameters: [Scalar]
  ) -> (SessionDocument, Readout.Input) {
    let standardized = injectedInput(sample, parameters)
    guard let standardization = data.standardization, let raw = data.raw?.sample(sample) else {
      return (document(&export, standardized, parameters), model.hidden == nil ? .raw : .hidden)
    }
    if model.hidden != nil { return (document(&export, standardized, parameters), .hidden) }
    guard let pipeline = model.pipeline else { return (document(&export, raw, parameters), .raw) }
    let input = Tensor(shape: pipeline.pipeline.inputShape, values: raw.values)
    let folded = pipeline.pipeline.document(
      parameters.map { Double($0) }, pipeline.ranges, input: input, folding: standardization)
    return folded.map { ($0, .raw) } ?? (document(&export, standardized, parameters), .standardized)
  }

  /// The model's equilibrium as a session.
  func document(
    _ export: inout ModelExport<Scalar>, _ input: Tensor, _ parameters: [Scalar]
  ) -> SessionDocument {
    guard let model = model.pipeline else { return export.document(input: input, edges: data.edges) }
    let own = Tensor(shape: model.pipeline.inputShape, values: input.values)
    return model.pipeline.document(parameters.map { Double($0) }, model.ranges, input: own)
  }

  /// The x of a session: the standardised input, or what the hidden layer makes of it.
  func injectedInput(_ sample: Int, _ parameters: [Scalar]) -> Tensor {
    guard let layer = model.hidden else { return input(sample) }
    let inputs: SampleInputs<Scalar>
    switch data.source {
    case .graph(let matrix): inputs = .sparse(matrix)
    case .rows(let all):
      let size = data.inputShape.count
      inputs = .rows(Array(all[sample * size..<(sample + 1) * size]))
    }
    let rows = data.edges == nil ? 1 : data.labels.count
    let values = layer.values(of: inputs, rows: rows, parameters)
    return Tensor(shape: model.injectedShape, values: values.map { Double($0) })
  }

  /// The standardised input of a sample as a session has it, images as [channels, height, width].
  private func input(_ sample: Int) -> Tensor {
    switch data.source {
    case .rows(let all):
      let size = data.inputShape.count
      let channels = data.inputShape.rank == 3 ? data.inputShape.sizes[0] : 1
      let pixels = size / channels
      let values = (0..<size).map { Double(all[sample * size + ($0 % pixels) * channels + $0 / pixels]) }
      return Tensor(shape: data.inputShape, values: values)
    case .graph(let matrix): return Tensor(shape: data.inputShape, values: matrix.dense)
    }
  }
}
