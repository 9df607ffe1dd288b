import Explorer
import FixedPoint
import Sessions
import TestSupport
import Testing

/// The command lines that the explorer copies do what its screen shows.
struct CopiedCommandTests {
  /// What a person does before copying the line.
  private static let scripts = [
    "press $\npass 900",
    "press L L H space space",
    "press ^ ^O\ntype command\npress Enter",
    "press m\ntype damped 0.5\npress Enter t ^U\ntype 1e-7\npress Enter T\ntype sup\npress Enter $\npass 900",
    "press i\ntype random 3\npress Enter M ^U\ntype 7\npress Enter $\npass 400",
    "press E ^U\ntype network.operators[0].weight.values[1][2]=-0.55\npress Enter $\npass 900",
    "press E ^U\ntype network.operators[2]={\"op\":\"activation\",\"kind\":\"softsign\",\"shift\":0.1}\npress Enter $\npass 900",
    "press E ^U\ntype network.operators[1].bias={\"fill\":0.1}\npress Enter E ^U\ntype start.fill=2\npress Enter $\npass 900",
  ]

  @Test(arguments: scripts) func theLineGivesTheSameRun(_ script: String) async throws {
    let explorer = ExplorerScript(["it's one.deq.json": SpecimenSessions.threeUnits])
    let outcome = await explorer.run(
      opening: "it's one.deq.json", script + "\npress ^O\ntype command\npress Enter")
    #expect(outcome.failures.isEmpty, "\(outcome.failures)")
    let watch = try #require(outcome.model.watch)
    let line = try #require(outcome.copied.last)
    let result = Commands.shell(line + " --json", in: explorer.directory)
    let json = try JSON(parsing: result.output)
    let run = watch.cursor > 0 ? watch.run : Self.finished(watch.experiment.problem)
    let step = watch.cursor > 0 ? watch.cursor : run.stepCount
    #expect(json["steps"] == JSON(step), "\(line)\n\(result.errors)")
    #expect(json["fixedPoint"] == JSON(run.iterate(at: step)), "\(line)")
    for measure in Measure.allCases {
      #expect(json["residual"]?[measure.rawValue] == JSON(run.trace[step - 1][measure]), "\(measure) \(line)")
    }
    #expect(result.status == (watch.cursor == 0 || watch.run.outcome == .converged && watch.isAtEnd ? 0 : 1))
  }

  private static func finished(_ problem: Problem) -> Run<Network> {
    var run = Run(map: problem.network, start: problem.start, solver: problem.solver, stopping: problem.stopping)
    run.runToEnd()
    return run
  }

  @Test func theRaceHasTheSameEntrants() async throws {
    let explorer = ExplorerScript(["one.deq.json": SpecimenSessions.threeUnits])
    let outcome = await explorer.run(
      opening: "one.deq.json", "press x j j a j space\npress ^O\ntype command\npress Enter")
    let line = try #require(outcome.copied.last)
    let result = Commands.shell(line + " --json", in: explorer.directory)
    let shown = outcome.screen
    #expect(result.status == 0, "\(line)\n\(result.errors)")
    #expect(line.contains("--solvers ") && line.split(separator: ",").count == 2, "\(line)\n\(shown)")
  }

  @Test func certificatesAreOfTheSameMap() async throws {
    let explorer = ExplorerScript(["one.deq.json": SpecimenSessions.threeUnits])
    let outcome = await explorer.run(
      opening: "one.deq.json",
      "press E ^U\ntype network.operators[0].weight.values[0][0]=0.125\npress Enter c ^O\ntype command\npress Enter")
    let line = try #require(outcome.copied.last)
    #expect(line.hasPrefix("deq certify "))
    #expect(line.hasSuffix(".deq.json --set 'network.operators[0].weight.values[0][0]=0.125'"))
    #expect(Commands.shell(line, in: explorer.directory).status == 0)
  }
}
