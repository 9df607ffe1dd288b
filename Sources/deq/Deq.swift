import ArgumentParser
import Sessions

@main
struct Deq: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deq",
    abstract: "Explore deep equilibrium networks: step, measure, replay.",
    discussion: """
      A session file (*.deq.json) holds a network f, a start and a method; deq
      looks for z* = f(z*). FILE stands for one, such as
      sessions/01-dense-tanh.deq.json.

        deq                          the explorer, with the sessions it came with
        deq explore FILE             the explorer, on one session
        deq run FILE --json          solve, and print the fixed point as JSON
        deq run FILE --trace o.csv   solve, and keep every step's residual
        deq race FILE                every method on it: which needs the least
        deq roots FILE               every fixed point of the invariant box, proved
        deq sweep SPEC --out o.csv   how it behaves over one or two parameters
        deq bifurcate FILE --path P  all fixed points along one parameter
        deq replay FILE --verify     repeat what was recorded, compare every bit
        deq export FILE --svg o.svg  plots, a trace, a terminal recording, Python
        deq validate FILE            everything that is wrong with a file
        deq import model.pt -o FILE  a session of a checkpoint's arrays
        deq datasets                 what data there are
        deq train --recipe moons     train a network, and keep it as a session

      Exit codes: 0 done; 1 ran but did not reach what was asked; 64 usage;
      65 bad file; 66 cannot read; 73 cannot write; 130 interrupted.
      """,
    version: "deq " + programVersion,
    subcommands: [
      Explore.self, RunCommand.self, RaceCommand.self, Certify.self, Roots.self, ReplayCommand.self, Export.self,
      Validate.self, ImportCommand.self, Datasets.self, TrainCommand.self, Tabulate.self, Bench.self,
      Soundness.self,
      Survey.self,
      SweepCommand.self, Merge.self, Bifurcate.self,
    ],
    defaultSubcommand: Explore.self)
}
