import FixedPoint
import Screen
import Training

/// Which of the guarantees held after each epoch, a letter each, and when one was first lost.
struct CertificateHistory: Drawable {
  let rows: [EpochReport]

  private struct Line {
    let name: String
    let verdicts: [Verdict?]

    /// Epochs with a proof, of all.
    var held: String { "\(verdicts.count { $0 == .proved })/\(verdicts.count)" }
    /// The first epoch without the proof after one with it, in words.
    var lost: String {
      guard let first = verdicts.firstIndex(of: .proved),
        let index = verdicts[first...].firstIndex(where: { $0 != .proved })
      else { return "" }
      return ", lost at \(index + 1)"
    }
  }

  /// Two lines a theorem where there is room, else one without when it was lost.
  func draw(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let lines = lines
    let isRoomy = 2 * lines.count < rect.height
    canvas.draw(in: rect) { region in
      for (index, line) in lines.prefix(rect.height).enumerated() {
        if isRoomy {
          draw(line, summary: line.held + line.lost, at: 2 * index, on: &region, look)
          draw(line.verdicts, from: 2, to: rect.width, at: 2 * index + 1, on: &region, look)
        } else {
          draw(line, summary: line.held, at: index, on: &region, look)
          let start = min(17, rect.width / 2)
          draw(line.verdicts, from: start, to: rect.width - line.held.count - 1, at: index, on: &region, look)
        }
      }
      if lines.count * (isRoomy ? 2 : 1) < rect.height {
        region.write("P proved, x refuted, ? open, - no form", look[.dim], at: 0, rect.height - 1)
      }
    }
  }

  private func draw(_ line: Line, summary: String, at y: Int, on canvas: inout Canvas, _ look: Look) {
    let last = (line.verdicts.last ?? nil)?.role ?? .dim
    let width = canvas.bounds.size.width
    canvas.write(line.name, look[last], at: 0, y, width: max(0, width - summary.count - 1))
    canvas.write(summary, look[.number], at: 0, y, width: width, .right)
  }

  /// The theorems that were asked, in the order in which they first were.
  private var lines: [Line] {
    var names: [String] = []
    for record in rows.flatMap(\.certificates) where !names.contains(record.theorem) { names.append(record.theorem) }
    return names.map { name in
      Line(
        name: name.hasPrefix("subhomogeneous-") ? String(name.dropFirst("subhomogeneous-".count)) : name,
        verdicts: rows.map { row in
          row.certificates.first { $0.theorem == name }.flatMap { Verdict(rawValue: $0.verdict) }
        })
    }
  }

  /// Where there are more epochs than places, one shows the first verdict of its epochs that is no proof.
  private func draw(
    _ verdicts: [Verdict?], from start: Int, to end: Int, at y: Int, on canvas: inout Canvas, _ look: Look
  ) {
    let count = max(0, min(end - start, verdicts.count))
    for index in 0..<count {
      let span = index * verdicts.count / count..<(index + 1) * verdicts.count / count
      let shown = verdicts[span].first { $0 != .proved } ?? .proved
      canvas.write(shown?.letter ?? " ", look[shown?.role ?? .dim], at: start + index, y)
    }
  }
}

extension Verdict {
  var letter: String { standing.letter }
  var role: Theme.Role { standing.role }

  /// As the other screens tell verdicts: a guarantee is one about the map.
  private var standing: Standing {
    switch self {
    case .proved: .provesUnique
    case .refuted: .violated
    case .inconclusive: .conditionNotMet
    case .notApplicable: .doesNotApply
    }
  }
}
