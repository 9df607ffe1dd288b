import FixedPoint
import Screen

/// The conclusion, then the theorems' verdicts one below the other in their order, with their rates.
struct CertificateList: Drawable {
  let certification: Certification

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      let certificates = certification.saying
      let role = (try? certification.conclusion.get())?.role ?? .bad
      region.write(certification.conclusionText, look[role].with(.bold), at: 0, 0, width: rect.width)
      let rows = max(0, rect.height - 1)
      let shown = certificates.count <= rows ? certificates.count : max(0, rows - 1)
      for (index, certificate) in certificates.prefix(shown).enumerated() {
        draw(certificate, at: index + 1, width: rect.width, on: &region, look)
      }
      if shown < certificates.count { region.write("+\(certificates.count - shown)", look[.dim], at: 2, shown + 1) }
      if !certification.isComplete { region.write("checking…", look[.dim], at: 2, certificates.count + 1) }
    }
  }

  private func draw(_ certificate: Certificate, at row: Int, width: Int, on region: inout Canvas, _ look: Look) {
    let (id, standing) = (Certification.name(certificate.id), certificate.standing)
    let isProved = certificate.verdict == .proved
    region.write(standing.letter, look[standing.role].with(.bold), at: 0, row)
    region.write(id, look[isProved ? .text : .dim], at: 2, row, width: width - 2)
    let rate = isProved ? certificate.rate.map { NumberText.significant($0) } : nil
    let text = rate ?? standing.words
    if id.count + text.count + 4 <= width {
      region.write(text, look[isProved ? .number : .dim], at: 0, row, width: width, .right)
    }
  }
}
