import Screen

/// Where the parts of the phase screen are: shared by drawing and by the mouse.
struct PhaseLayout {
  let status: Rect
  let frame: Rect
  /// The plot with its axes.
  let plot: Rect
  /// Fixed points and what the picture means.
  let legend: Rect
  /// What is under the cursor.
  let readOut: Rect

  init(_ size: Size) {
    let height = size.height - 3
    let legendWidth = min(40, max(30, size.width / 4))
    status = Rect(x: 0, y: 0, width: size.width, height: 1)
    frame = Rect(x: 0, y: 1, width: size.width - legendWidth, height: height)
    plot = frame.inset
    legend = Rect(x: frame.maxX, y: 1, width: legendWidth, height: height)
    readOut = Rect(x: 1, y: size.height - 2, width: size.width - 2, height: 1)
  }
}
