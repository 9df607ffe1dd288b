/// What can be asked of the compare screen.
public enum CompareCommand: Sendable, Equatable {
  case choose
  case with(CompareSource)
  case step
  case back
  case stepMany(Int)
  case toStart
  case toEnd
  case nextMeasure
  case toggleAxis
  case leave
}

/// The other side of a comparison, as it can be chosen.
public enum CompareSource: Sendable, Equatable {
  /// A run of the open session that was left for another, by its number.
  case branch(Int)
  /// A run that was frozen on the watch screen, by its number.
  case frozen(Int)
  /// A session of the gallery.
  case session(path: String)
}
