public import FixedPoint

/// The trace as CSV (RFC 4180, CRLF): one row a step, shortest round-trip digits, an empty cell where undefined.
public struct TraceTable: Sendable {
  /// Columns that are written on request, behind the measures.
  public struct Extras: Sendable, Equatable {
    /// Number of entries of the state, 0 for none.
    public var stateSize: Int
    /// The method that made each step.
    public var method: Bool
    public var seconds: Bool

    public init(stateSize: Int = 0, method: Bool = false, seconds: Bool = false) {
      self.stateSize = stateSize
      self.method = method
      self.seconds = seconds
    }
  }

  private let extras: Extras

  public init(_ extras: Extras = Extras()) { self.extras = extras }

  private static let measures: [Measure] = [.residualRelative, .residualAbsolute, .residualSup, .thompson, .hilbert]
  private static let ratios: [Ratio] = [.euclidean, .sup, .thompson, .hilbert]

  public var header: String {
    var names = ["step", "evaluations"] + Self.measures.map(\.rawValue) + Self.ratios.map(\.rawValue)
    names += (0..<extras.stateSize).map { "z_\($0)" }
    if extras.method { names.append("method") }
    if extras.seconds { names.append("seconds") }
    return names.joined(separator: ",") + "\r\n"
  }

  /// One row; `state` is the vector that it is about, z_{k-1}, `method` the name of the method that made it, and `seconds`
  /// the time since the run began.
  public func line(_ row: TraceRow, state: [Double] = [], method: String = "", seconds: Double? = nil) -> String {
    var cells = ["\(row.step)", "\(row.evaluations)"]
    cells += Self.measures.map { Self.cell(row[$0]) } + Self.ratios.map { Self.cell(row[$0]) }
    if extras.stateSize > 0 { cells += state.map { Self.cell($0) } }
    if extras.method { cells.append(method) }
    if extras.seconds { cells.append(Self.cell(seconds)) }
    return cells.joined(separator: ",") + "\r\n"
  }

  private static func cell(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "" }
    return shortestDigits(number)
  }
}

extension TraceTable {
  /// Writes the whole trace of a run, row by row, to a file that appears when it is complete.
  ///
  /// `seconds`, if given, has the time of each row since the run began.
  /// - Throws: `SessionError` of kind `unwritable`.
  public static func write<Map: FixedPointMap>(
    _ run: Run<Map>, states: Bool = false, methods: Bool = false, seconds: [Double]? = nil, to path: String
  ) throws(SessionError) {
    let table = TraceTable(Extras(stateSize: states ? run.start.count : 0, method: methods, seconds: seconds != nil))
    try FileSystem.replace(path) { (file: inout FileSystem.Output) throws(SessionError) in
      try file.append(table.header)
      for (position, row) in run.trace.enumerated() {
        let state = states ? run.iterate(at: row.step) : []
        let method = methods ? run.solver(at: row.step).name : ""
        try file.append(table.line(row, state: state, method: method, seconds: seconds?[position]))
      }
    }
  }
}

extension FixedPointSolver {
  /// The name of the format.
  fileprivate var name: String { Self.description.name }
}
