extension CursesTerminal {
  /// Puts text on the clipboard of the machine where the terminal's window is (OSC 52), also from afar.
  ///
  /// The terminal may have this turned off, and does not say. Inside tmux the request is made to tmux, and through it
  /// to the terminal around it; inside GNU screen it goes through in pieces.
  public func copy(_ text: String) -> Bool {
    for sequence in Clipboard.sequences(text, inside: Self.surroundings) { send(sequence) }
    return hasWindow
  }

  private static var surroundings: Clipboard.Multiplexer? {
    if isSet("TMUX") { return .tmux }
    return isSet("STY") ? .screen : nil
  }
}
