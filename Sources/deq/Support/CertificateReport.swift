import Explorer
import FixedPoint
import LinearAlgebra
import Screen
import Sessions

/// What `deq certify` says: the certificates, and the coefficients at the computed fixed point.
struct CertificateReport {
  let certificates: [Certificate]
  let conclusion: Conclusion
  let coefficients: [(name: String, value: Double?)]
  let margins: [MarginLine]
  private let run: Run<Network>

  /// - Throws: `SessionError` of kind `contradiction` if the certificates contradict each other.
  init(
    certificates: [Certificate], analysis: Analysis, problem: Problem, margins: [MarginLine]
  ) throws(SessionError) {
    self.certificates = certificates
    do throws(CertificateConflict) {
      conclusion = try Conclusion(of: certificates)
    } catch {
      throw SessionError(error)
    }
    self.margins = margins
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    self.run = run
    coefficients = Self.coefficients(analysis, run)
  }

  /// Local quantities at the fixed point that the session's method reaches, else at the first that the analysis found;
  /// undefined where neither found one.
  private static func coefficients(_ analysis: Analysis, _ run: Run<Network>) -> [(name: String, value: Double?)] {
    let network = run.map
    let point = run.fixedPoint ?? analysis.computedFixedPoint?.point
    let local = analysis.sizeObstacle == nil ? point.map { network.coefficients(at: $0) } : nil
    let radius = point.flatMap {
      try? network.denseJacobian(at: $0, atMost: DenseLimit.provedEntries)?.spectralRadius()
    }
    let affine = AffineQuantities(network)
    return [
      ("radial", local?.radial), ("strong", local?.strong), ("hilbert", local?.hilbert), ("spectral_radius", radius),
      ("norm_2", affine?.norm2), ("norm_inf", affine?.normInf), ("perron_root_abs", affine?.perronRootAbsolute),
      ("monotonicity", affine?.monotonicity), ("matrix_measure_inf", affine?.matrixMeasureInf),
      ("metzler_abscissa", affine?.metzlerAbscissa),
    ]
  }

  /// The document of the formats, and the margins if they were asked for.
  var json: JSON {
    var members = [
      JSON.Member("conclusion", conclusion.json),
      JSON.Member("certificates", JSON(certificates.map(\.json))),
      JSON.Member("coefficients", JSON(coefficients.map { JSON.Member($0.name, JSON($0.value)) })),
    ]
    if !margins.isEmpty { members.append(JSON.Member("margins", JSON(margins.map(\.json)))) }
    return JSON(members)
  }

  /// The same for people.
  var text: String {
    let values = coefficients.map { "  \($0.name) \(NumberText.significant($0.value, digits: 6))" }
    let measured = ["", "at the computed fixed point, and of W:"] + values
    return ([conclusion.text, ""] + certificates.map(text) + measured).joined(separator: "\n")
  }

  private func text(_ certificate: Certificate) -> String {
    var lines = certificate.hypotheses.map(\.line)
    lines += certificate.boundLines(of: run, tolerance: run.stopping.tolerance)
    lines += margins.filter { $0.id == certificate.id }.map(\.text)
    let first =
      "\(certificate.standing.letter) \(certificate.id): \(certificate.standing.words): \(certificate.summary)"
    return ([first] + lines.map { "    " + $0 }).joined(separator: "\n")
  }
}

/// How far one theorem's proof reaches along a parameter; `nil` if the map does not have the parameter.
struct MarginLine {
  let id: String
  let parameter: Parameter
  let margin: Margin?
  /// The field `gain` of the session's weights, if they have one.
  let gain: Double?

  var text: String {
    let text = margin?.text(parameter) ?? "the map has no \(parameter.rawValue)"
    return text + (scaledGain.map { ": the field gain at \(NumberText.significant($0, digits: 8))" } ?? "")
  }

  /// The field `gain` at which the proof is lost.
  private var scaledGain: Double? {
    guard parameter == .gain, let gain, case .holdsUpTo(let factor)? = margin else { return nil }
    return gain * factor
  }

  /// `upTo` or `from` say where the proof is lost, neither where it never is, or where there is none; of a gain it is a
  /// factor of the weights, and `gain` the field.
  var json: JSON {
    var members = [JSON.Member("id", JSON(id)), JSON.Member("parameter", JSON(parameter.rawValue))]
    switch margin {
    case .holdsUpTo(let value): members.append(JSON.Member("upTo", JSON(value)))
    case .holdsFrom(let value): members.append(JSON.Member("from", JSON(value)))
    case .always, .never, nil: break
    }
    if let scaledGain { members.append(JSON.Member("gain", JSON(scaledGain))) }
    return JSON(members + [JSON.Member("summary", JSON(text))])
  }
}
