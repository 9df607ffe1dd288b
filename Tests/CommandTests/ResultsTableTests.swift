import Sessions
import TestSupport
import Testing

@testable import deq

struct ResultsTableTests {
  private static let result = """
    {"title": "two moons", "data": "two-moons", "keep": "none", "runs": [
      {"run": 1, "forwardSteps": 5, "backwardSteps": 4, "steps": 100, "seconds": 1,
       "diverged": true, "certificates": [], "bestCertificates": [{"theorem": "monotone", "verdict": "inconclusive", "rate": null, "inputs": "one"},
                        {"theorem": "lipschitz-inf", "verdict": "proved", "rate": 0.9, "inputs": "every"}]},
      {"run": 2, "forwardSteps": 6, "backwardSteps": 5, "steps": 300, "seconds": 3,
       "bestCertificates": [{"theorem": "perron-frobenius", "verdict": "proved", "rate": 0.5, "inputs": "one"}]}],
     "testError": {"mean": 0.015, "deviation": 0.005}}
    """

  @Test func aRowIsWhatTheRunsCameTo() throws {
    let bare = #"{"title": "a", "data": "b", "runs": [], "testError": {"mean": null, "deviation": null}}"#
    let one = """
      {"title": "one", "data": "b", "runs": [
        {"run": 1, "bestCertificates": [{"theorem": "monotone", "verdict": "not-checked", "rate": null, "inputs": "one"}]}], "testError": {"mean": 0.25, "deviation": null}}
      """
    let table = try ResultsTable([try JSON(parsing: Self.result), try JSON(parsing: one)])
    #expect(
      table.text == """
        | network | data | runs | test error | steps forward | back | proved of these weights | s a run | ms a batch |
        | --- | --- | --: | --: | --: | --: | --- | --: | --: |
        | two moons | two-moons | 2 | 1.50 ± 0.50 %, 1 diverged | 5.50 | 4.50 | lipschitz-inf (every input, 1 of 2 runs), perron-frobenius (one input, 1 of 2 runs) | 2.00 | 10.0 |
        | one | b | 1 | 25.0 % | – | – | not checked: large state | – | – |
        """)
    let error = #expect(throws: SessionError.self) { try ResultsTable([try JSON(parsing: bare)]) }
    #expect(error?.path == "runs")
  }

  /// Without --seconds no time is known: not that of a run, and not that of a batch.
  @Test func unknownTimesAreNotZero() throws {
    let bare = Self.result.replacing(", \"seconds\": 1", with: "").replacing(", \"seconds\": 3", with: "")
    let table = try ResultsTable([try JSON(parsing: bare)])
    #expect(table.text.hasSuffix("| – | – |") && !table.text.contains("| 0 |"))
  }

  @Test func theBlockIsReplacedAndNothingElse() throws {
    let table = try ResultsTable([try JSON(parsing: Self.result)])
    let document = "a\n\(ResultsTable.begin)\nold\n\(ResultsTable.end)\nb\n"
    let once = try table.replaced(in: document)
    #expect(once == "a\n\(ResultsTable.begin)\n\(table.text)\n\(ResultsTable.end)\nb\n")
    #expect(try table.replaced(in: once) == once)
    for text in ["", ResultsTable.end + ResultsTable.begin, document + document] {
      #expect(throws: SessionError.self) { try table.replaced(in: text) }
    }
  }

  @Test func aTrainingGoesIntoAFile() throws {
    let directory = TemporaryDirectory()
    directory.write("x\n\(ResultsTable.begin)\n\(ResultsTable.end)\n", to: "page.md")
    let script = """
      deq train --recipe karate --epochs 2 --json > karate.json && deq tabulate karate.json --into page.md \
      && deq tabulate karate.json > table.md && grep -c 'karate-club' page.md
      """
    let result = Commands.shell(script, in: directory)
    #expect(result.status == 0 && result.output == "1\n", "\(result.errors)")
    #expect(try SessionText.read(directory.file("table.md")).contains("| karate-club | 1 |"))
    #expect(Commands.shell("deq tabulate absent.json", in: directory).status == 66)
    #expect(Commands.shell("deq tabulate page.md", in: directory).status == 65)
    #expect(Commands.shell("deq tabulate karate.json --into table.md", in: directory).status == 65)
  }
}
