import Screen

/// Where the parts of the sweep screen are: shared by drawing and by the mouse.
struct SweepLayout {
  let status: Rect
  let frame: Rect
  /// The map with its axes.
  let plot: Rect
  /// What the cell holds, or the settings.
  let panel: Rect
  /// How far the work is, and what is wrong.
  let progress: Rect

  init(_ size: Size) {
    let height = size.height - 3
    let width = min(44, max(28, size.width / 4 - 2))
    status = Rect(x: 0, y: 0, width: size.width, height: 1)
    frame = Rect(x: 0, y: 1, width: size.width - width, height: height)
    plot = frame.inset
    panel = Rect(x: frame.maxX, y: 1, width: width, height: height)
    progress = Rect(x: 1, y: size.height - 2, width: size.width - 2, height: 1)
  }
}
