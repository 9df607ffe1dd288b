import FixedPoint
import Screen

/// One line on the watch screen: a letter and a name for each theorem's verdict, the proofs first.
struct VerdictLights: Drawable {
  let certification: Certification

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      var x = 1
      for (id, certificate) in certification.verdictsByRank {
        let text = (certificate.rate.map { " " + NumberText.significant($0) } ?? "")
        let width = 2 + id.count + (certificate.verdict == .proved ? text.count : 0) + 2
        guard x + width <= rect.width else { return }
        x = region.write(certificate.verdict.letter + " ", look[certificate.verdict.role].with(.bold), at: x, 0)
        x = region.write(id, look[certificate.verdict == .proved ? .text : .dim], at: x, 0)
        if certificate.verdict == .proved { x = region.write(text, look[.number], at: x, 0) }
        x += 2
      }
      if !certification.isComplete { region.write("checking…", look[.dim], at: x, 0) }
    }
  }
}

extension Certification {
  /// Verdicts with short names: by verdict, then in the theorems' order; what does not apply is left to the certificates
  /// screen.
  var verdictsByRank: [(id: String, certificate: Certificate)] {
    let rank: [Verdict] = [.proved, .refuted, .inconclusive]
    return rank.flatMap { verdict in
      known.filter { $0.verdict == verdict }.map { (Self.name($0.id), $0) }
    }
  }

  /// The theorem's name without what most share.
  static func name(_ id: String) -> String {
    for prefix in ["subhomogeneous-", "local-"] where id.hasPrefix(prefix) { return String(id.dropFirst(prefix.count)) }
    return id
  }
}
