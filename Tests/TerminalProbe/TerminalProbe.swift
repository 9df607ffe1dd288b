import Glibc
import Screen
import Terminal

/// A program on the terminal backend for tests to drive: it writes each event as a line of its screen, and does what
/// single letters ask.
@main
struct TerminalProbe {
  static func main() {
    do {
      try run()
      print("probe ended")
    } catch let error as TerminalError {
      print("refused \(error)")
      exit(3)
    } catch {
      print("failed \(error)")
      exit(4)
    }
  }

  private static func run() throws {
    var again = true
    while again {
      let terminal = try CursesTerminal()
      defer { terminal.close() }
      var probe = Probe(terminal)
      while try probe.turn() {}
      again = probe.again
    }
  }
}
