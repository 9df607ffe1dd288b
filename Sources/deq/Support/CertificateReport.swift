import Explorer
import FixedPoint
import LinearAlgebra
import Screen
import Sessions

/// What `deq certify` says: the certificates, and the coefficients at the computed fixed point.
struct CertificateReport {
  let certificates: [Certificate]
  let coefficients: [(name: String, value: Double?)]

  init(certificates: [Certificate], analysis: Analysis, problem: Problem) {
    self.certificates = certificates
    coefficients = Self.coefficients(analysis, problem)
  }

  /// Local quantities at the fixed point that the session's method reaches, else at the first that the analysis found;
  /// undefined where neither found one.
  private static func coefficients(_ analysis: Analysis, _ problem: Problem) -> [(name: String, value: Double?)] {
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    let point = run.fixedPoint ?? analysis.fixedPoints.first?.point
    let local = point.map { problem.network.coefficients(at: $0) }
    let radius = point.flatMap { try? problem.network.jacobian(at: $0).spectralRadius() }
    let affine = AffineQuantities(problem.network)
    return [
      ("radial", local?.radial), ("strong", local?.strong), ("hilbert", local?.hilbert), ("spectral_radius", radius),
      ("norm_2", affine?.norm2), ("norm_inf", affine?.normInf), ("perron_root_abs", affine?.perronRootAbsolute),
      ("monotonicity", affine?.monotonicity), ("matrix_measure_inf", affine?.matrixMeasureInf),
      ("metzler_abscissa", affine?.metzlerAbscissa),
    ]
  }

  /// The document of the formats, with margin and allowance beside each hypothesis.
  var json: JSON {
    [
      "certificates": JSON(certificates.map(Self.json)),
      "coefficients": JSON(coefficients.map { JSON.Member($0.name, JSON($0.value)) }),
    ]
  }

  private static func json(_ certificate: Certificate) -> JSON {
    JSON([
      JSON.Member("id", JSON(certificate.id)), JSON.Member("theorem", JSON(certificate.theorem)),
      JSON.Member("verdict", JSON(certificate.verdict.rawValue)), JSON.Member("unique", JSON(certificate.isUnique)),
      JSON.Member("rate", JSON(certificate.rate)),
      JSON.Member("metric", certificate.metric.map { JSON($0.text) } ?? .null),
      JSON.Member("domain", JSON(certificate.domain.text)),
      JSON.Member("hypotheses", JSON(certificate.hypotheses.map(Self.json))),
      JSON.Member("reason", JSON(certificate.reason)),
    ])
  }

  private static func json(_ hypothesis: Hypothesis) -> JSON {
    JSON([
      JSON.Member("text", JSON(hypothesis.text)), JSON.Member("value", JSON(hypothesis.value)),
      JSON.Member("bound", JSON(hypothesis.bound)), JSON.Member("holds", JSON(hypothesis.holds)),
      JSON.Member("relation", JSON(hypothesis.relation.rawValue)),
      JSON.Member("allowance", JSON(hypothesis.allowance)), JSON.Member("margin", JSON(hypothesis.margin)),
    ])
  }

  /// The same for people.
  var text: String {
    let conclusion =
      if let proof = certificates.filter(\.isUnique).min(by: { ($0.rate ?? 1) < ($1.rate ?? 1) }) {
        "exactly one fixed point (\(proof.domain.text)), by \(proof.id)"
      } else {
        "uniqueness is not proved"
      }
    let values = coefficients.map { "  \($0.name) \(NumberText.significant($0.value, digits: 6))" }
    return ([conclusion, ""] + certificates.map(Self.text) + ["", "at the computed fixed point, and of W:"] + values)
      .joined(separator: "\n")
  }

  private static func text(_ certificate: Certificate) -> String {
    var lines = ["\(certificate.verdict.letter) \(certificate.id): \(certificate.summary)"]
    for hypothesis in certificate.hypotheses { lines.append("    " + hypothesis.line) }
    return lines.joined(separator: "\n")
  }
}
