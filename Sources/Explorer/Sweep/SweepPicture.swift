import FixedPoint
import Glibc
public import Screen
public import Sessions

/// What a sweep's cells come to on the screen and on paper: a map of two parameters, or a plot over one.
public struct SweepPicture: Sendable {
  public let spec: SweepSpec
  public let quantity: SweepQuantity
  /// The parameters as people read them.
  let names: [String]
  /// The cell of the session's own values, if they are on the grid.
  let mark: ParameterMap.Cell?
  /// A known cell for each, its own or one beside it, in the specification's order.
  private let shown: [SweepCell?]
  private let isOwn: [Bool]
  private let isImpossible: [Bool]
  private let showsRegions: Bool
  /// `nil` unless there are two parameters.
  public private(set) var map: ParameterMap?

  init(
    _ spec: SweepSpec, _ findings: [SweepBoard.Finding?], _ document: SessionDocument,
    _ quantity: SweepQuantity = .spectralRadius, showsRegions: Bool = true
  ) {
    (self.spec, self.quantity, self.showsRegions) = (spec, quantity, showsRegions)
    names = spec.axes.map { document.label(ofPath: $0.path) }
    mark = Self.mark(spec, document)
    let filled = Self.filled(findings, spec)
    shown = filled.map { if case .found(let cell)? = $0 { cell } else { nil } }
    isImpossible = filled.map { if case .impossible? = $0 { true } else { false } }
    isOwn = findings.map { $0 != nil }
    if spec.axes.count == 2, !shown.isEmpty { map = drawnMap }
  }

  /// A whole sweep, as its table has it.
  public init(_ table: SweepTable, of document: SessionDocument, _ quantity: SweepQuantity) {
    self.init(table.spec, table.cells.map { .found($0) }, document, quantity)
  }

  /// Where a cell is not known, the known one of a coarser grid that it belongs to.
  private static func filled(_ findings: [SweepBoard.Finding?], _ spec: SweepSpec) -> [SweepBoard.Finding?] {
    let rows = spec.axes.count > 1 ? spec.axes[1].count : 1
    return findings.indices.map { index in
      if let own = findings[index] { return own }
      for stride in [2, 4, 8, 16, 32, 64] {
        let (column, row) = (index / rows / stride * stride, index % rows / stride * stride)
        if let other = findings[column * rows + row] { return other }
      }
      return nil
    }
  }

  private static func mark(_ spec: SweepSpec, _ document: SessionDocument) -> ParameterMap.Cell? {
    let places = spec.axes.map { axis -> Int? in
      guard let value = document.value(at: axis.path) else { return nil }
      return (0..<axis.count).first { axis.value($0) == value }
    }
    guard let column = places.first ?? nil else { return nil }
    guard places.count > 1 else { return ParameterMap.Cell(column: column, row: 0) }
    return places[1].map { ParameterMap.Cell(column: column, row: $0) }
  }
}

// MARK: - Two parameters

extension SweepPicture {
  private var drawnMap: ParameterMap {
    let (columns, rows) = (spec.axes[0].count, spec.axes[1].count)
    // The map counts row by row, the sweep column by column.
    let order = (0..<columns * rows).map { $0 % columns * rows + $0 / columns }
    var map = ParameterMap(
      across: ParameterMap.Side(names[0], labels: spec.axes[0].labels),
      up: ParameterMap.Side(names[1], labels: spec.axes[1].labels),
      contents: order.map(content), coloring: coloring)
    map.mark = mark
    if showsRegions { map.regions = regions(order) }
    return map
  }

  private func content(_ index: Int) -> ParameterMap.Content {
    guard let cell = shown[index] else { return isImpossible[index] ? .undefined : .pending }
    guard let value = quantity.value(cell, spec), value.isFinite else { return .undefined }
    return .value(value)
  }

  private var values: [Double] { shown.compactMap { $0.flatMap { quantity.value($0, spec) } }.filter(\.isFinite) }

  private var coloring: ParameterMap.Coloring {
    if let categories = quantity.categories { return .categories(categories) }
    if quantity == .lyapunov { return .diverging(limit: values.map(abs).max() ?? 1) }
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 1)
    return .sequential(Axis(quantity.scale, from: least, to: greatest))
  }

  /// The parts of the grid where a theorem proves what it claims, each theorem that does anywhere.
  private func regions(_ order: [Int]) -> [ParameterMap.Region] {
    spec.certificates.indices.compactMap { position in
      let contains = order.map { shown[$0].map { $0.certificates[position].isProvedForTheMap } }
      guard contains.contains(true) else { return nil }
      let id = spec.certificates[position]
      return ParameterMap.Region(SweepTheorem.letter(id), id, role: .series(position), contains: contains)
    }
  }
}

// MARK: - Drawing

extension SweepPicture {
  func draw(in rect: Rect, cursor: ParameterMap.Cell, on canvas: inout Canvas, _ look: Look) {
    if var map {
      map.cursor = cursor
      map.draw(in: rect, on: &canvas, look)
    } else {
      plot(cursor: cursor.column).draw(in: rect, on: &canvas, look)
    }
  }

  /// The cell of the grid at a cell of the screen.
  func cell(at point: Point, in rect: Rect, _ profile: Profile) -> ParameterMap.Cell? {
    if let map { return map.cell(at: point, in: rect, profile) }
    return column(at: point, in: rect).map { ParameterMap.Cell(column: $0, row: 0) }
  }

  /// The value of the parameter across that is nearest to a cell of a plot over it.
  func column(at point: Point, in rect: Rect) -> Int? {
    guard let shares = PlanePlot.shares(at: point, in: rect), !positions.isEmpty else { return nil }
    let axis = acrossAxis
    func distance(_ index: Int) -> Double { abs((axis.position(of: positions[index]) ?? 9) - shares.across) }
    return positions.indices.min { distance($0) < distance($1) }
  }
}

// MARK: - One parameter

extension SweepPicture {
  /// Where the values stand: themselves where they are numbers that increase, else their numbers in the list.
  private var positions: [Double] {
    guard let axis = spec.axes.first else { return [] }
    return axis.increasingNumbers ?? (0..<axis.count).map(Double.init)
  }

  private var acrossAxis: Axis {
    let isLog = spec.axes.first?.range?.scale == .log
    return Axis(isLog ? .log10 : .linear, from: positions.first ?? 0, to: positions.last ?? 1).widened(by: 0.02)
  }

  private var upAxis: Axis {
    if let categories = quantity.categories { return Axis(.linear, from: -0.5, to: Double(categories.count) - 0.5) }
    let axis = Axis(quantity.scale, covering: values)
    return axis.widened(by: 0.05)
  }

  /// The quantity over the parameter: a curve, or a letter a value where it is one of few things.
  public func plot(cursor: Int?) -> PlanePlot {
    let up = upAxis
    var plot = PlanePlot(x: acrossAxis, y: up, name: names.first ?? "")
    plot.curves = borders(up)
    let places = positions.indices.map { index in (x: positions[index], y: value(index) ?? .nan) }
    if let categories = quantity.categories {
      plot.marks = places.filter { $0.y.isFinite }.map { place in
        let category = categories[Int(place.y)]
        return PlanePlot.Mark(place.x, place.y, glyph: category.letter, role: category.role)
      }
    } else {
      plot.curves.append(PlanePlot.Curve(places, role: .series1))
      plot.marks = single(places)
    }
    plot.marks += undefined(up) + borderLetters(up)
    if let cursor {
      let y = places[cursor].y.isFinite ? places[cursor].y : up.lower
      plot.cursor = (positions[cursor], y)
    }
    return plot
  }

  private func value(_ index: Int) -> Double? { shown[index].flatMap { quantity.value($0, spec) } }

  /// A value between undefined ones is no part of a line.
  private func single(_ places: [(x: Double, y: Double)]) -> [PlanePlot.Mark] {
    places.indices.filter { index in
      places[index].y.isFinite
        && ![index - 1, index + 1].contains { places.indices.contains($0) && places[$0].y.isFinite }
    }.map { PlanePlot.Mark(places[$0].x, places[$0].y, glyph: "•", role: .series1) }
  }

  private func undefined(_ up: Axis) -> [PlanePlot.Mark] {
    positions.indices.filter { shown[$0] != nil && value($0) == nil || isImpossible[$0] }.map {
      PlanePlot.Mark(positions[$0], up.lower, glyph: "×", role: .undefined)
    }
  }

  /// Where a theorem's proof begins or ends: between which values, and whose.
  private var ends: [(x: Double, letters: [Unicode.Scalar], position: Int)] {
    guard showsRegions else { return [] }
    return positions.indices.dropLast().compactMap { index in
      guard let first = shown[index], let last = shown[index + 1] else { return nil }
      let changed = spec.certificates.indices.filter {
        first.certificates[$0].isProvedForTheMap != last.certificates[$0].isProvedForTheMap
      }
      let letters = changed.map { SweepTheorem.letter(spec.certificates[$0]) }
      return changed.first.map { ((positions[index] + positions[index + 1]) / 2, letters, $0) }
    }
  }

  private func borders(_ up: Axis) -> [PlanePlot.Curve] {
    ends.map { PlanePlot.Curve([($0.x, up.lower), ($0.x, up.upper)], role: .series($0.position), stroke: .dotted) }
  }

  /// The letters stand below each other at the top of the line.
  private func borderLetters(_ up: Axis) -> [PlanePlot.Mark] {
    ends.flatMap { end in
      end.letters.enumerated().map { rank, letter in
        let share = 0.97 - 0.07 * Double(rank)
        let y = up.scale == .linear ? up.lower + share * (up.upper - up.lower) : up.lower * Self.power(up, share)
        return PlanePlot.Mark(end.x, y, glyph: letter, role: .series(end.position))
      }
    }
  }

  private static func power(_ axis: Axis, _ share: Double) -> Double { pow(axis.upper / axis.lower, share) }
}

extension SweepBoard {
  /// The cell that is pointed at as a row of the sweep's table, with its values.
  var cellText: String? {
    guard case .found(let cell)? = finding else { return nil }
    let value = quantity.value(cell, spec).map { NumberText.shortest($0) } ?? NumberText.undefined
    return zip(spec.axes, values).map { $0.path + "=" + $1 }.joined(separator: " ") + " \(quantity.name)=\(value)"
  }
}
