import FixedPoint
import TestSupport
import Testing

@testable import Sessions

@Suite("Trace as CSV")
struct TraceTableTests {
  /// z/2 from (1, 4): every measure has a closed form.
  private func run() throws -> Run<Network> {
    let text = #"""
      {"format": "deq-session/1", "network": {"state": {"shape": [2]}, "operators": [{"op": "scale", "by": 0.5}]},
       "start": {"values": [3, 4]}, "stopping": {"maxSteps": 3}}
      """#
    let problem = try Problem(try SessionFile.parse(Array(text.utf8)), directory: ".")
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    return run
  }

  @Test("The header is the format's")
  func header() {
    #expect(
      TraceTable().header
        == "step,evaluations,residual_relative,residual_absolute,residual_sup,thompson,hilbert,ratio_euclidean,ratio_sup,"
        + "ratio_thompson,ratio_hilbert\r\n")
    #expect(TraceTable(TraceTable.Extras(stateSize: 2, seconds: true)).header.hasSuffix(",z_0,z_1,seconds\r\n"))
  }

  /// What pandas.read_csv and R's read.csv take for granted: names that are names, as many cells in every row, every
  /// cell a number or empty, whole columns whole.
  @Test("Header and cells are what readers of tables expect")
  func conventions() throws {
    let directory = TemporaryDirectory()
    let run = try run()
    try TraceTable.write(run, states: true, seconds: [0.25, 1e-7, 3], to: directory.file("t.csv"))
    let text = String(decoding: try FileSystem.read(directory.file("t.csv")), as: UTF8.self)
    #expect(text.hasSuffix("\r\n") && !text.contains("\"") && !text.contains(" ") && !text.contains(";"))
    let rows = text.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(Set(rows.map(\.count)) == [14])
    #expect(Set(rows[0]).count == 14)
    for name in rows[0] {
      #expect(
        name.first?.isLetter == true && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    }
    for row in rows.dropFirst() {
      #expect(row.allSatisfy { $0.isEmpty || Double($0) != nil })
      #expect(Int(row[0]) != nil && Int(row[1]) != nil)
    }
    #expect(rows[2].last == "1e-07" || rows[2].last == "1e-7")
  }

  @Test("A row a step, undefined cells empty")
  func rows() throws {
    let directory = TemporaryDirectory()
    try TraceTable.write(try run(), states: true, to: directory.file("t.csv"))
    let lines = String(decoding: try FileSystem.read(directory.file("t.csv")), as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.count == 5)
    #expect(lines[4].isEmpty)
    let first = lines[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(first[0..<5] == ["1", "1", "1", "2.5", "2"])
    #expect(first[6...] == ["0", "", "", "", "", "3", "4"])
    #expect(abs((Double(first[5]) ?? 0) - 0.6931471805599453) < 1e-15)
    let second = lines[2].split(separator: ",", omittingEmptySubsequences: false)
    #expect(second[0..<5] == ["2", "2", "1", "1.25", "1"])
    #expect(second[7...8] == ["0.5", "0.5"])
    // The Hilbert distance was 0: its ratio is undefined.
    #expect(second[10...] == ["", "1.5", "2"])
  }
}
