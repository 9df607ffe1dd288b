/// Why the terminal could not be taken over.
public enum TerminalError: Error, Sendable, Equatable {
  /// Standard input is a file or a pipe.
  case inputIsNotATerminal
  /// Standard output is a file or a pipe.
  case outputIsNotATerminal
  /// `TERM` is unset, or no such terminal is described on this machine.
  case unknownType(String)
  /// The terminal that `TERM` names cannot move its cursor.
  case unsuitableType(String)
  /// A terminal of this process is open already.
  case alreadyOpen
  /// The system refused memory, a descriptor or a signal handler.
  case systemRefused
}
