import FixedPoint
import Screen

/// Where the parts of the certificates screen are.
struct CertificatesLayout {
  let header: Rect
  let table: Rect
  let evidence: Rect

  init(_ size: Size) {
    let rows = TheoremCatalog.all.count
    header = Rect(x: 0, y: 0, width: size.width, height: 2)
    let tableHeight = min(rows, max(4, (size.height - 4) / 2)) + 1
    table = Rect(x: 0, y: 2, width: size.width, height: tableHeight)
    evidence = Rect(x: 0, y: table.maxY, width: size.width, height: size.height - 1 - table.maxY)
  }

  /// First theorem shown, so that the selected one is seen.
  func first(for selection: Int) -> Int { max(0, selection - (table.height - 1) + 1) }

  /// The theorem under a cell.
  func row(at point: Point, in certification: Certification) -> Int? {
    guard table.contains(point), point.y > table.y else { return nil }
    let row = first(for: certification.selection) + point.y - table.y - 1
    return row < certification.certificates.count ? row : nil
  }
}

/// The certificates screen: every theorem's verdict in a table, and the selected one's evidence and derivation below.
struct CertificatesView {
  let title: String
  let certification: Certification
  let run: Run<Network>
  let size: Size

  func draw(on canvas: inout Canvas, _ look: Look) {
    let layout = CertificatesLayout(size)
    canvas.write(DisplayWidth.truncate(title, to: size.width - 2), look[.title], at: 1, 0)
    canvas.write(certification.conclusionText, look[.focus], at: 1, 1, width: size.width - 2)
    drawTable(layout, on: &canvas, look)
    drawEvidence(in: layout.evidence, on: &canvas, look)
  }

  private func drawTable(_ layout: CertificatesLayout, on canvas: inout Canvas, _ look: Look) {
    let certificates = certification.certificates
    let table = Table(
      [
        Table.Column("", .fixed(1)), Table.Column("theorem", .fixed(30)), Table.Column("verdict", .fixed(17)),
        Table.Column("rate", .fixed(8), .right), Table.Column("metric", .fixed(19, priority: -1)),
        Table.Column("why", .flexible(minimum: 10)),
      ],
      rows: certificates.count, selected: certification.selection, offset: layout.first(for: certification.selection)
    ) { row, column in Self.cell(TheoremCatalog.all[row].id, certificates[row], column) }
    table.draw(in: layout.table, on: &canvas, look)
  }

  private static func cell(_ id: String, _ certificate: Certificate?, _ column: Int) -> Table.Cell {
    guard let certificate else { return Table.Cell(column == 1 ? id : column == 2 ? "checking…" : "", .dim) }
    let standing = certificate.standing
    let role = standing.role
    return switch column {
    case 0: Table.Cell(standing.letter, role)
    case 1: Table.Cell(id, certificate.verdict == .notApplicable ? .dim : .text)
    case 2: Table.Cell(standing.words, role)
    case 3: Table.Cell(certificate.rate.map { NumberText.significant($0, digits: 4) } ?? "", .number)
    case 4: Table.Cell(certificate.metric?.text ?? "", .text)
    default: Table.Cell(certificate.verdict == .proved ? certificate.scope.text : certificate.reason, .dim)
    }
  }

  private func drawEvidence(in rect: Rect, on canvas: inout Canvas, _ look: Look) {
    let id = TheoremCatalog.all[certification.selection].id
    let inside = canvas.box(rect, look[.border], title: id, titleStyle: look[.title])
    guard let certificate = certification.certificates[certification.selection] else {
      canvas.write("checking…", look[.dim], at: inside.x + 1, inside.y)
      return
    }
    let bounds = certificate.boundLines(of: run, tolerance: run.stopping.tolerance)
    let margins = certification.margins.filter { $0.id == id }.map {
      $0.margin?.text($0.parameter) ?? "the map has no \($0.parameter.rawValue)"
    }
    let parts = [certificate.evidence, margins, bounds].filter { !$0.isEmpty }
    let text = parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    TextBlock(text, offset: certification.offset).draw(in: inside.inset(horizontally: 1), on: &canvas, look)
  }
}

extension Certificate {
  /// The theorem, what it says here, every hypothesis with its evidence, and the derivation, in paragraphs.
  var evidence: [String] {
    var lines = [theorem, "", "\(standing.letter) \(standing.words): \(summary)", ""]
    lines += hypotheses.map(\.line)
    guard !derivation.isEmpty else { return lines }
    lines += ["", "Derivation"]
    lines += derivation.map { step in
      let value = step.value.map { ": " + NumberText.significant($0, digits: 5) } ?? ""
      return "  " + (step.position.map { "\($0 + 1). " } ?? "") + step.text + value
    }
    return lines
  }
}
