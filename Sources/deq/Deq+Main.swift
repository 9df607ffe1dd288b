internal import ArgumentParser
internal import CStartup
import Glibc
import Sessions

extension Deq {
  /// Settles what belongs to the process, and does the command.
  static func main() {
    startup_is_settled()
    // A file that grows beyond a limit is then an error of the write.
    _ = signal(SIGXFSZ, SIG_IGN)
    FileSystem.allowStreams(at: named(CommandLine.arguments.dropFirst()))
    main(nil)
  }

  /// The arguments, and what follows the name of an option in one: `--csv=/dev/stdin`.
  private static func named(_ arguments: ArraySlice<String>) -> [String] {
    arguments
      + arguments.compactMap { argument in
        argument.firstIndex(of: "=").map { String(argument[argument.index(after: $0)...]) }
      }
  }
}
