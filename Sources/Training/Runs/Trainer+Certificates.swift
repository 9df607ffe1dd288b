internal import FixedPoint
internal import LinearAlgebra
internal import Sessions

extension Trainer {
  /// The largest state, in entries, that the theorems are asked about as it is.
  private static var largestCertified: Int { 256 }

  /// Notes with the last epoch what the theorems say of the layer as it is now, and its spectral radius.
  mutating func examine() {
    let last = state.history.count - 1
    state.history[last].certificates = certificates()
    state.history[last].spectralRadius = isLarge ? nil : problem?.spectralRadius
  }

  func certificates() -> [GuaranteeRecord] {
    guard state.parameters.allSatisfy(\.isFinite) else { return [] }
    return isLarge ? certificatesOfBounds() : certificatesOfState()
  }

  private var isLarge: Bool {
    let count = model.pipeline?.pipeline.stateShape.count ?? model.width * (data.edges == nil ? 1 : data.labels.count)
    return count > Self.largestCertified
  }

  /// The layer with the input of one sample; `nil` where its parameters give none.
  private var problem: Problem? {
    var export = ModelExport(model: model, parameters: state.parameters, companion: nil)
    let own = injectedInput(data.test.first ?? data.train[0], state.parameters)
    return try? Problem(document(&export, own, state.parameters), directory: ".")
  }

  private func certificatesOfState() -> [GuaranteeRecord] {
    guard let problem else { return [] }
    let analysis = Analysis(network: problem.network, start: problem.start)
    let certificates = plan.keep.watched.compactMap { TheoremCatalog.named($0)?.certificate(of: analysis) }
    let isContradiction = (try? Conclusion(of: certificates)) == nil
    return certificates.map {
      let general = proofForEveryInput($0, problem.network)
      return GuaranteeRecord(
        theorem: $0.id, verdict: isContradiction ? GuaranteeRecord.contradiction : $0.verdictForTheMap.rawValue,
        claim: $0.claim, scope: $0.scope.kind, rate: (general ?? $0).rate, inputs: general == nil ? .one : .every)
    }
  }

  /// The proof for every x, if one for the x of its network gives one.
  ///
  /// With one activation and no normalisation, x only shifts what the activation is given or what it gives. A proof over
  /// all of Rⁿ has the activation's slopes over all of R, or multiplies them by a row of W that is 0. One over the whole
  /// cone may count what x adds to every unit as part of the activation's shift, and therefore has to hold with an x
  /// that adds nothing to some unit; that nothing is taken away, relu sees to.
  private func proofForEveryInput(_ certificate: Certificate, _ network: Network) -> Certificate? {
    guard certificate.isProvedForTheMap, certificate.basis.isWhole,
      network.operators.count(where: { $0 is Activate }) == 1,
      !network.operators.contains(where: { $0 is Normalize })
    else { return nil }
    switch certificate.id {
    case Guarantee.monotone.theorem, Guarantee.perronFrobenius.theorem, Guarantee.lipschitz.theorem: return certificate
    case Guarantee.subhomogeneousThompson.theorem:
      return model.pipeline == nil && plan.model.injectionActivation == .relu
        ? thompsonWithLeastInjection(network) : nil
    default: return nil
    }
  }

  /// Thompson's theorem on the whole cone with an injection of which is known only that it is not negative: 0 to the
  /// first unit, 1 to the others. `nil` where it is not proved; with one unit there is no such injection.
  private func thompsonWithLeastInjection(_ network: Network) -> Certificate? {
    let units = network.stateShape.last
    guard units > 1 else { return nil }
    let least = Tensor(vector: [0] + Array(repeating: 1, count: units - 1))
    var links: [any Operator] = []
    for link in network.operators {
      guard link is Inject else {
        links.append(link)
        continue
      }
      let context = OperatorContext(incoming: link.inputShape, state: network.stateShape, input: nil)
      guard let inject = try? Inject(FieldValues(["bias": .tensor(least)]), in: context) else { return nil }
      links.append(inject)
    }
    guard let general = try? Network(stateShape: network.stateShape, operators: links) else { return nil }
    let certificate = SubhomogeneousThompson.certificate(of: Analysis(network: general))
    let isGlobal = certificate.basis.isWhole && certificate.metric == .thompson
    return certificate.isProvedForTheMap && isGlobal ? certificate : nil
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
    return [PerronFrobenius.certificate(of: analysis), LipschitzSup.certificate(of: analysis)].map {
      let isProved = $0.isProvedForTheMap && $0.basis.isWhole
      return GuaranteeRecord(
        theorem: $0.id, verdict: isProved ? Verdict.proved.rawValue : Verdict.inconclusive.rawValue,
        rate: isProved ? $0.rate : nil, inputs: .every)
    }
  }

  /// (1 - teleport) D^-1/2 (A + I) D^-1/2 has the Perron root 1 - teleport, at the vector of the degrees' roots, up to the
  /// rounding of its entries in the precision of the training.
  private var propagationBound: GuaranteeRecord {
    let rate = (1 - plan.model.teleport) * (1 + max(1e-11, 8 * Double(Scalar.ulpOfOne)))
    return GuaranteeRecord(
      theorem: PerronFrobenius.id, verdict: (rate < 1 ? Verdict.proved : .inconclusive).rawValue, rate: rate,
      inputs: .every)
  }
}

extension Problem {
  /// ρ(J) at the fixed point that its run reaches; `nil` if it reaches none.
  fileprivate var spectralRadius: Double? {
    var run = Run(map: network, start: start, solver: solver, stopping: stopping)
    run.runToEnd()
    return run.fixedPoint.flatMap { try? network.denseJacobian(at: $0)?.spectralRadius() }
  }
}

extension Certificate {
  /// A proof in a box around a computed point guarantees nothing of the layer.
  fileprivate var verdictForTheMap: Verdict {
    verdict == .proved && !isProvedForTheMap ? .inconclusive : verdict
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
