import Screen

/// Where the parts of the gallery are: shared by drawing and by the mouse.
struct GalleryLayout {
  let header: Rect
  let list: Rect
  let preview: Rect
  let footer: Rect

  /// `count`: entries of the list; what they leave goes to the notes, a third of the window at least.
  init(_ size: Size, count: Int) {
    let left = size.height - 3 - count - 1
    let previewHeight = max(7, size.height / 3, min(left, size.height * 3 / 5))
    header = Rect(x: 0, y: 0, width: size.width, height: 2)
    footer = Rect(x: 0, y: size.height - 1, width: size.width, height: 1)
    preview = Rect(x: 0, y: size.height - 1 - previewHeight, width: size.width, height: previewHeight)
    list = Rect(x: 0, y: 2, width: size.width, height: preview.y - 2)
  }

  /// The match of the list under a cell.
  func row(at point: Point, in selection: ListSelection) -> Int? {
    guard list.contains(point) else { return nil }
    let row = selection.offset + point.y - list.y
    return row < selection.matches.count ? row : nil
  }
}
