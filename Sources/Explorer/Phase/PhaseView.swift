import FixedPoint
import Screen

/// The phase screen: the portrait, the fixed points that were found, and what is under the cursor.
struct PhaseView {
  let watch: Watch
  let size: Size

  func draw(on canvas: inout Canvas, _ look: Look) {
    let layout = PhaseLayout(size)
    StatusLine(watch: watch).draw(in: layout.status, on: &canvas, look)
    guard let board = watch.phase else { return }
    let portrait = PhasePortrait(board: board, proved: watch.fixedPoints, run: watch.run, cursor: watch.cursor)
    let inside = canvas.box(
      layout.frame, look[.border], title: portrait.title, titleStyle: look[.title], caption: portrait.caption,
      captionStyle: look[.dim])
    if let plot = portrait.plot {
      plot.draw(in: layout.plot, on: &canvas, look)
    } else {
      let middle = inside.y + inside.height / 2
      canvas.write("following \(board.count) starts…", look[.dim], at: inside.x, middle, width: inside.width, .center)
    }
    let legend = canvas.box(
      layout.legend, look[.border], title: portrait.legendTitle, titleStyle: look[.title])
    PhaseLegend(portrait: portrait).draw(in: legend, on: &canvas, look)
    canvas.write(portrait.readOut, look[.number], at: layout.readOut.x, layout.readOut.y, width: layout.readOut.width)
  }
}
