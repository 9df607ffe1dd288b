import ArgumentParser
import Glibc
import Sessions

/// Where a command looks for data sets.
struct DataOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Where data sets are looked for, instead of $DEQ_DATA.", valueName: "dir"))
  var data: String?

  func validate() throws {
    if let data, !DatasetCatalog(folders: [data]).areReadable {
      throw ValidationError("--data \(data): a folder is expected")
    }
  }

  /// From now on all that this process reads is looked for there.
  func select() {
    if let data { unsafe setenv("DEQ_DATA", data, 1) }
  }
}
