import ArgumentParser
import Explorer
import Sessions

/// `deq sweep`: a session's findings over one or two of its parameters.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Map how a session behaves over one or two of its parameters.",
    discussion: """
      SPEC is a JSON file:

        {"format": "deq-sweep/1",
         "session": "model.deq.json",
         "axes": [
           {"path": "network.operators[0].weight.gain",
            "from": 0.1, "to": 3, "count": 200, "scale": "log"},
           {"path": "network.operators[1].shift", "values": [0, 0.6, 1.2]}],
         "starts": 8, "seed": 1, "certificates": "light", "maxSteps": 1000}

      session is relative to SPEC; scale is linear (if absent) or log; starts
      (1) counts the session's own start, the others are drawn with the seed
      from the box that f maps everything into, else around the session's
      start; certificates (none) are ids as in deq certify, or "light" for the
      fast ones; maxSteps replaces the session's.

      FILE becomes CSV, a row a cell, the last axis fastest: the axes' values,
      outcome, period, steps, fixed_points (different ones, of all starts),
      spectral_radius (at the one reached from the session's start; the larger
      of both sides on a kink), lyapunov (per step, where that run did not
      converge; over whole periods on a cycle) and lyapunov_error, each certificate's verdict
      and rate, and boundary: the certificates whose verdict differs from the
      cell before along an axis. The same SPEC gives the same bytes, whatever
      the threads.

      Cells are kept in FILE.part as they are done. After Ctrl-C (exit code
      130) or a kill, --resume goes on from there.

        deq sweep spec.json --out map.csv
        deq sweep spec.json --out map.csv --resume

      --svg draws a column of the table over the axes, with the borders of
      what each certificate proves: spectral_radius, or --quantity NAME.

        deq sweep spec.json --out map.csv --svg map.svg --quantity outcome

      Array jobs compute --shard i/n, i from 1 to n, each into a file of its
      own, and deq merge puts the files together, and says which is lost or
      there twice. With GNU parallel:

        parallel deq sweep spec.json --out map-{}.shard --shard {}/8 \\
          --threads 1 --resume ::: 1 2 3 4 5 6 7 8
        deq merge map.csv map-*.shard

      With Slurm, sbatch --array=1-8 map.sh, then deq merge as above (whole
      recipes, for trainings too, are in Documentation/Cluster):

        #!/bin/sh
        #SBATCH --cpus-per-task=1
        exec deq sweep spec.json --out "map-$SLURM_ARRAY_TASK_ID.shard" \\
          --shard "$SLURM_ARRAY_TASK_ID/8" --threads 1 --resume
      """)

  @Argument(help: ArgumentHelp("The specification (JSON).", valueName: "spec"))
  var spec: String

  @Option(name: .long, help: ArgumentHelp("The file that becomes the result.", valueName: "file"))
  var out: String

  @Option(
    name: .long, help: ArgumentHelp("Compute only part i of n, into a file for deq merge.", valueName: "i/n"))
  var shard: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Threads that compute; the result does not depend on it. All processors if absent.", valueName: "count"))
  var threads: Int?

  @OptionGroup var picture: PictureOptions

  @Option(
    name: .long,
    help: ArgumentHelp("In the picture: a column of the table; spectral_radius if absent.", valueName: "name"))
  var quantity: String?

  @Flag(name: .long, help: "Go on with FILE.part, if it is there.")
  var resume = false

  @OptionGroup var data: DataOptions

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads: 1 or more is expected") }
    if let shard, SweepShard(shard) == nil {
      throw ValidationError("--shard \(shard): i/n with 1 <= i <= n is expected")
    }
    if picture.svg != nil, shard != nil { throw ValidationError("--svg: a whole sweep is expected, no --shard") }
    if picture.svg == nil, quantity != nil { throw ValidationError("--quantity: --svg is expected beside it") }
  }

  func run() throws {
    data.select()
    try Exit.reporting { () throws(SessionError) in
      let sweep = try Sweep(reading: spec)
      let drawn = try quantity(of: sweep.spec)
      let selected = shard.flatMap { SweepShard($0) }
      let (log, known) = try SweepLog.open(
        out + ".part", of: sweep.header(of: selected ?? .whole), resume ? .resume : .fresh)
      let part = try SweepRun(sweep: sweep, log: log, tasks: threads ?? RootsSearch.processors).complete(known)
      guard part.missing.isEmpty else {
        StandardError.print("\(log.path): \(part.cells.count) of \(part.header.cells.count) cells; --resume goes on")
        return Exit.interrupted
      }
      if selected == nil {
        let table = SweepTable(part)
        try table.write(to: out)
        try picture.write(
          sweep.document.title ?? sweep.spec.session, SweepPicture(table, of: sweep.document, drawn).panel)
      } else {
        try part.write(to: out)
      }
      log.remove()
      return .success
    }
  }

  /// What the picture shows.
  private func quantity(of spec: SweepSpec) throws(SessionError) -> SweepQuantity {
    guard let quantity else { return .spectralRadius }
    guard let found = SweepQuantity(name: quantity, of: spec) else {
      let names = SweepQuantity.all(of: spec).map(\.name).joined(separator: ", ")
      throw SessionError(path: "quantity", expected: "one of \(names)", found: quantity)
    }
    return found
  }
}
