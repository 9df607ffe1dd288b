public import Sessions

/// The course of a training as CSV (RFC 4180): a row an epoch, shortest round-trip digits, an empty cell where undefined.
///
/// Without the measured seconds the same plan and data give the same bytes.
public struct TrainingTable: Sendable {
  public static let columns = [
    "run", "epoch", "training_loss", "training_error", "validation_loss", "validation_error", "test_loss", "test_error",
    "learning_rate", "forward_steps", "forward_failures", "backward_steps", "backward_failures", "backward_replaced",
    "validation_failures", "test_failures", "skipped_steps", "proved", "spectral_radius",
  ]

  private let seconds: Bool
  private var text: String

  /// - Parameter seconds: whether there is a last column with the time of every epoch.
  public init(seconds: Bool = false) {
    self.seconds = seconds
    text = (Self.columns + (seconds ? ["seconds"] : [])).joined(separator: ",") + "\r\n"
  }

  /// The epochs of all runs so far.
  public init(_ course: TrainingCourse, seconds: Bool = false) {
    self.init(seconds: seconds)
    for record in course.records { append(record) }
  }

  /// Appends the epochs of a run.
  public mutating func append(_ run: RunRecord) { for row in run.history { append(row, of: run.number) } }

  /// Appends one epoch of a run.
  public mutating func append(_ row: EpochReport, of run: Int) {
    let proved = row.certificates.filter(\.isProved).map(\.theorem)
    var cells = [
      "\(run)", "\(row.epoch)", Self.cell(row.training.loss), Self.cell(row.training.error),
      Self.cell(row.validation.loss), Self.cell(row.validation.error), Self.cell(row.test.loss),
      Self.cell(row.test.error), Self.cell(row.learningRate), Self.cell(row.forward.meanSteps),
      "\(row.forward.failures)", Self.cell(row.backward.meanSteps), "\(row.backward.failures)",
      "\(row.backward.replaced)",
      "\(row.validationForward.failures)", "\(row.testForward.failures)", "\(row.skippedSteps)",
      proved.joined(separator: " "), Self.cell(row.spectralRadius),
    ]
    if seconds { cells.append(Self.cell(row.seconds)) }
    text += cells.joined(separator: ",") + "\r\n"
  }

  private static func cell(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "" }
    return shortestDigits(number)
  }

  /// Whether a text has the same rows as far as both go: one of this training, perhaps of another epoch of it.
  public func agrees(with other: String) -> Bool {
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\r\n").map { seconds ? $0[..<($0.lastIndex(of: ",") ?? $0.endIndex)] : $0[...] }
    }
    let (own, others) = (lines(text), lines(other))
    return !others.isEmpty && zip(own, others).allSatisfy { $0 == $1 }
  }

  /// Writes all rows so far, atomically.
  /// - Throws: ``SessionError`` of kind `unwritable`.
  public func write(to path: String) throws(SessionError) { try FileSystem.replace(path, with: Array(text.utf8)) }
}
