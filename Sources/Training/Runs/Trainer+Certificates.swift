internal import FixedPoint
internal import LinearAlgebra
internal import Sessions

extension Trainer {
  /// The largest state, in entries, that the theorems are asked about as it is.
  private static var largestCertified: Int { 256 }

  func certificates() -> [GuaranteeRecord] {
    guard state.parameters.allSatisfy(\.isFinite) else { return [] }
    let count = model.pipeline?.pipeline.stateShape.count ?? model.width * (data.edges == nil ? 1 : data.labels.count)
    return count <= Self.largestCertified ? certificatesOfState() : certificatesOfBounds()
  }

  /// Of the layer with the input of one sample.
  private func certificatesOfState() -> [GuaranteeRecord] {
    var export = ModelExport(model: model, parameters: state.parameters, companion: nil)
    let own = injectedInput(data.test.first ?? data.train[0], state.parameters)
    guard let problem = try? Problem(document(&export, own, state.parameters), directory: ".") else { return [] }
    let analysis = Analysis(network: problem.network, start: problem.start)
    return plan.keep.watched.compactMap { TheoremCatalog.named($0) }.map { theorem in
      let certificate = theorem.certify(analysis)
      if certificate.verdict == .proved, let rate = rateForEveryInput(certificate, problem.network) {
        return GuaranteeRecord(theorem: theorem.id, verdict: certificate.verdict.rawValue, rate: rate, inputs: .every)
      }
      return GuaranteeRecord(
        theorem: theorem.id, verdict: certificate.verdict.rawValue, rate: certificate.rate, inputs: .one)
    }
  }

  /// The rate of a proof that holds for every x; `nil` where it is only known for that of its network.
  ///
  /// With one activation and no normalisation, x only shifts what the activation is given or what it gives. A proof over
  /// all of Rⁿ takes the activation's slopes over all of R, or multiplies them by a row of W that is 0. The calculus is
  /// asked about the layer without its injection: by its rule, adding what is not negative, as relu is, lets no
  /// coefficient grow.
  private func rateForEveryInput(_ certificate: Certificate, _ network: Network) -> Double?? {
    guard network.operators.count(where: { $0 is Activate }) == 1,
      !network.operators.contains(where: { $0 is Normalize })
    else { return nil }
    switch certificate.id {
    case Guarantee.monotone.theorem, Guarantee.perronFrobenius.theorem, Guarantee.lipschitz.theorem:
      return certificate.rateRegion == nil ? .some(certificate.rate) : nil
    case Guarantee.subhomogeneousThompson.theorem:
      guard model.pipeline == nil, plan.model.injectionActivation == .relu,
        let bare = try? Network(
          stateShape: network.stateShape, operators: network.operators.filter { !($0 is Inject) })
      else { return nil }
      let own = SubhomogeneousThompson.certify(Analysis(network: bare))
      return own.verdict == .proved && own.metric == .thompson && own.rateRegion == nil ? .some(own.rate) : nil
    default: return nil
    }
  }

  /// Of states that are too large for a dense matrix: what follows from a bound of |J| on the channels, or on the nodes.
  private func certificatesOfBounds() -> [GuaranteeRecord] {
    let known = bounds()
    return plan.keep.watched.map { theorem in
      known.first { $0.theorem == theorem }
        ?? GuaranteeRecord(theorem: theorem, verdict: GuaranteeRecord.notChecked, rate: nil, inputs: .one)
    }
  }

  private func bounds() -> [GuaranteeRecord] {
    guard case .layer(let layer, _) = model.core, layer.slice == nil, plan.model.power == 1 else { return [] }
    switch layer.linear {
    case .matrix: return []
    case .kernel(let part): return channelBounds(part)
    case .graph: return plan.model.activation.isNonexpansive ? [propagationBound] : []
    }
  }

  /// M[o, i] = Σ |K[o, i, a, b]| over the taps. For w > 0 on the channels, repeated over the pixels, |W| w <= M w entry by
  /// entry, since outside the image there is 0: theorems 8 and 10 (sup norm) for z -> σ(M z) hold for the convolution, at
  /// the same rate and for every x.
  private func channelBounds(_ part: KernelPart) -> [GuaranteeRecord] {
    var magnitudes = Matrix(rows: part.outputs, columns: part.inputs)
    for (index, place) in part.kernel.enumerated() {
      magnitudes[index % part.outputs, index / part.outputs % part.inputs] += Double(state.parameters[place].magnitude)
    }
    // Sums of fewer than 1e4 terms: rounding is within a part in 1e11.
    for i in magnitudes.values.indices { magnitudes.values[i] *= 1 + 1e-11 }
    let shape = Shape([part.outputs])
    let context = OperatorContext(incoming: shape, state: shape, input: nil)
    let weight = Tensor(shape: Shape([part.outputs, part.inputs]), values: magnitudes.values)
    guard let dense = try? Dense(FieldValues(["weight": .tensor(weight)]), in: context),
      let activate = try? Activate(FieldValues(["kind": .text(plan.model.activation.rawValue)]), in: context),
      let network = try? Network(stateShape: shape, operators: [dense, activate])
    else { return [] }
    let analysis = Analysis(network: network)
    return [PerronFrobenius.certify(analysis), LipschitzSup.certify(analysis)].map {
      let isProved = $0.verdict == .proved && $0.rateRegion == nil
      return GuaranteeRecord(
        theorem: $0.id, verdict: isProved ? Verdict.proved.rawValue : Verdict.inconclusive.rawValue,
        rate: isProved ? $0.rate : nil, inputs: .every)
    }
  }

  /// (1 - teleport) D^-1/2 (A + I) D^-1/2 has the Perron root 1 - teleport, at the vector of the degrees' roots, up to the
  /// rounding of its entries.
  private var propagationBound: GuaranteeRecord {
    let rate = (1 - plan.model.teleport) * (1 + 1e-11)
    return GuaranteeRecord(
      theorem: PerronFrobenius.id, verdict: (rate < 1 ? Verdict.proved : .inconclusive).rawValue, rate: rate,
      inputs: .every)
  }
}

extension ActivationKind {
  /// Whether all slopes are in [-1, 1].
  fileprivate var isNonexpansive: Bool {
    Activation(self).lipschitzConstant.map { $0 <= 1 } ?? false
  }
}

extension Guarantee {
  /// The theorems that are asked after each epoch: the one that is kept, or those that may hold by themselves.
  var watched: [String] {
    theorem.map { [$0] }
      ?? ["monotone", "perron-frobenius", "lipschitz-inf", "subhomogeneous-thompson", "positive-concave"]
  }
}
