import Screen

extension Look {
  static let unicode = Look()
  static let blocks = Look(dots: .halfBlock)
  static let ascii = Look(profile: Profile(colors: .mono, glyphs: .ascii))
  static let eightColors = Look(profile: Profile(colors: .eight))
}

/// What a terminal shows of a drawing: every row filled to the full width.
func picture(_ drawable: any Drawable, _ width: Int, _ height: Int, _ look: Look) -> String {
  var canvas = Canvas(size: Size(width: width, height: height))
  drawable.draw(in: canvas.bounds, on: &canvas, look)
  return canvas.lowered(to: look.profile).rows.map { DisplayWidth.pad($0, to: width) }.joined(separator: "\n")
}

/// The picture between bars, so that blanks at both ends are seen.
func framed(_ drawable: any Drawable, _ width: Int, _ height: Int, _ look: Look) -> String {
  picture(drawable, width, height, look).split(separator: "\n").map { "|\($0)|" }.joined(separator: "\n")
}
