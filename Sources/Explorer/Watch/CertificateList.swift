import FixedPoint
import Screen

/// The theorems' verdicts one below the other, the proofs first, with their rates.
struct CertificateList: Drawable {
  let certification: Certification

  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    canvas.draw(in: rect) { region in
      let verdicts = certification.verdictsByRank
      for (row, (id, certificate)) in verdicts.enumerated() where row < rect.height {
        let verdict = certificate.verdict
        region.write(verdict.letter, look[verdict.role].with(.bold), at: 0, row)
        region.write(id, look[verdict == .proved ? .text : .dim], at: 2, row, width: rect.width - 2)
        let text = certificate.rate.map { NumberText.significant($0) } ?? verdict.rawValue
        if id.count + text.count + 4 <= rect.width {
          region.write(text, look[verdict == .proved ? .number : .dim], at: 0, row, width: rect.width, .right)
        }
      }
      if !certification.isComplete { region.write("checking…", look[.dim], at: 2, verdicts.count) }
    }
  }
}
