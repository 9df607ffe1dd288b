import ArgumentParser
import FixedPoint
import Sessions

/// `deq datasets`: the data sets that can be named.
struct Datasets: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the data sets that sessions and training can name.",
    discussion: """
      Looks in --data or $DEQ_DATA, in \(DatasetCatalog.systemFolder), and at what is built in. Every file is read and
      checked; exits with 65 if one is not what it should be. A folder may hold, two levels deep:

        IDX images         train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-…, also .gz
        CIFAR-10 binary    *.bin, also .gz, and classes.txt
        CSV                *.csv with a column label
        a graph            edges.csv, labels.csv, and features.csv, classes.csv, split.csv

      To get more: apt-get install dataset-fashion-mnist; or put the files of MNIST or CIFAR-10 (binary version) into a
      folder each below --data. A session names a sample as {"dataset": "fashion-mnist", "index": 3}.
      """)

  @OptionGroup var data: DataOptions

  @Flag(name: .long, help: "Print one JSON document.")
  var json = false

  func run() throws {
    data.select()
    try Exit.reporting { () throws(SessionError) in
      let catalog = DatasetCatalog.standard()
      let reports = try catalog.entries().map { DatasetReport($0, in: catalog) }
      if json {
        try StandardOutput.print(["datasets": JSON(reports.map(\.json))] as JSON)
      } else {
        try StandardOutput.print(DatasetReport.table(reports))
      }
      for report in reports { if let problem = report.problem { StandardError.print(problem.message) } }
      return reports.allSatisfy { $0.problem == nil } ? .success : Exit.badFile
    }
  }
}
