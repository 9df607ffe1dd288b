/// What a person wrote about a step; it changes nothing of the run.
public struct StepNote: Sendable, Equatable {
  public let step: Int
  public let text: String

  public init(step: Int, text: String) {
    self.step = step
    self.text = text
  }

  init(_ json: JSON, path: String) throws(SessionError) {
    var reader = try ObjectReader(json, path: path)
    step = reader.required("step", in: 0...Int(Int32.max))
    text = reader.requireText("text")
    try reader.finish()
  }

  var json: JSON { ["step": JSON(step), "text": JSON(text)] }
}
