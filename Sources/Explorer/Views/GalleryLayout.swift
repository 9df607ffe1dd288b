import Screen

/// Where the parts of the gallery are: shared by drawing and by the mouse.
struct GalleryLayout {
  let header: Rect
  let list: Rect
  let preview: Rect
  let footer: Rect
  /// First entry that is shown.
  let first: Int
  private let count: Int

  init(_ size: Size, _ gallery: Gallery) {
    let previewHeight = max(7, size.height / 3)
    header = Rect(x: 0, y: 0, width: size.width, height: 2)
    footer = Rect(x: 0, y: size.height - 1, width: size.width, height: 1)
    preview = Rect(x: 0, y: size.height - 1 - previewHeight, width: size.width, height: previewHeight)
    list = Rect(x: 0, y: 2, width: size.width, height: preview.y - 2)
    count = gallery.visible.count
    first = max(0, min(gallery.selection.index - list.height + 1, count - list.height))
  }

  /// The index among the visible entries under a cell.
  func row(at point: Point) -> Int? {
    guard list.contains(point) else { return nil }
    let index = first + point.y - list.y
    return index < count ? index : nil
  }
}
