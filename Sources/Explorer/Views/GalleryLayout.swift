import Screen

/// Where the parts of the gallery are: shared by drawing and by the mouse.
struct GalleryLayout {
  let header: Rect
  let list: Rect
  let preview: Rect
  let footer: Rect
  /// The match before which the heading of the recent files stands.
  let heading: Int?

  /// What the list's entries leave goes to the notes, a third of the window at least.
  init(_ size: Size, _ gallery: Gallery) {
    heading = gallery.firstRecent
    let count = gallery.entries.count + (heading == nil ? 0 : 1)
    let left = size.height - 3 - count - 1
    let previewHeight = max(7, size.height / 3, min(left, size.height * 3 / 5))
    header = Rect(x: 0, y: 0, width: size.width, height: 2)
    footer = Rect(x: 0, y: size.height - 1, width: size.width, height: 1)
    preview = Rect(x: 0, y: size.height - 1 - previewHeight, width: size.width, height: previewHeight)
    list = Rect(x: 0, y: 2, width: size.width, height: preview.y - 2)
  }

  /// Rows for entries.
  var listHeight: Int { list.height - (heading == nil ? 0 : 1) }

  /// The inside of the preview.
  var notes: Rect { preview.inset.inset(horizontally: 1) }

  /// The line of the window at which a match stands.
  func y(of row: Int, offset: Int) -> Int {
    let isBelowHeading = heading.map { $0 >= offset && row >= $0 } ?? false
    return list.y + row - offset + (isBelowHeading ? 1 : 0)
  }

  /// The match of the list under a cell.
  func row(at point: Point, in selection: ListSelection) -> Int? {
    guard list.contains(point) else { return nil }
    return selection.matches.indices.dropFirst(selection.offset).prefix(listHeight).first {
      y(of: $0, offset: selection.offset) == point.y
    }
  }
}
