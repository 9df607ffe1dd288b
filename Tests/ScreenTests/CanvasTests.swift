import Screen
import Testing

@Suite("Canvas")
struct CanvasTests {
  private func canvas(_ width: Int, _ height: Int) -> Canvas { Canvas(size: Size(width: width, height: height)) }

  @Test("A size below zero is empty")
  func negativeSize() {
    var none = canvas(-3, 4)
    none.write("text", at: 0, 0)
    #expect(none.cells.isEmpty && none.size == Size(width: 0, height: 4))
  }

  @Test("Text is clipped at all sides and says where it ends")
  func clips() {
    var picture = canvas(6, 2)
    #expect(picture.write("abcdefgh", at: -2, 0) == 6)
    #expect(picture.write("xyz", at: 4, 1) == 7)
    #expect(picture.write("above", at: 0, -1) == 5)
    #expect(picture.text == "cdefgh\n    xy")
  }

  @Test("A region translates and clips, and regions nest")
  func regions() {
    var picture = canvas(10, 4)
    picture.draw(in: Rect(x: 2, y: 1, width: 5, height: 2)) { region in
      #expect(region.bounds == Rect(x: 0, y: 0, width: 5, height: 2))
      region.write("abcdefgh", at: 0, 0)
      region.draw(in: Rect(x: 3, y: 1, width: 9, height: 9)) { $0.fill(Rect(x: -9, y: -9, width: 99, height: 99), "#") }
      #expect(region[0, 0].scalar == "a")
    }
    #expect(picture.text == "\n  abcde\n     ##\n")
    #expect(picture.bounds == Rect(x: 0, y: 0, width: 10, height: 4))
  }

  @Test("A wide character takes two cells, and a blank where it is cut")
  func wide() {
    var picture = canvas(5, 3)
    picture.write("日本語", at: 0, 0)
    picture.write("日本", at: -1, 1)
    picture.write("日本", at: 0, 2)
    picture.put("x", at: 1, 2)
    #expect(picture.rows == ["日本", " 本", " x本"])
    #expect(picture[1, 0].scalar == Canvas.Cell.continuation)
    #expect(picture.lowered(to: Profile())[0, 2].scalar == " ")
  }

  @Test("Marks, joiners and what they join take no cell; control characters become pictures")
  func cleans() {
    var picture = canvas(20, 4)
    picture.write("e\u{301}a\u{200B}b", at: 0, 0)
    picture.write("👩‍👩‍👧!🇩🇪!👍🏽!", at: 0, 1)
    picture.write("a\u{1B}[31m\u{7F}\t\u{9B}z", at: 0, 2)
    picture.write("\u{202E}abc", at: 0, 3)
    #expect(picture.rows == ["eab", "👩!🇩!👍!", "a␛[31m␡ \u{FFFD}z", "abc"])
  }

  @Test("Text of a width is aligned or cut")
  func widths() {
    var picture = canvas(8, 4)
    picture.write("ab", at: 0, 0, width: 6, .right)
    picture.write("ab", at: 0, 1, width: 6, .center)
    picture.write("abcdefgh", at: 0, 2, width: 6)
    picture.write("日本語", at: 0, 3, width: 4)
    #expect(picture.rows == ["    ab", "  ab", "abcde…", "日…"])
  }

  @Test("Boxes carry a title and a caption, and drop what does not fit")
  func boxes() {
    var picture = canvas(24, 9)
    let inside = picture.box(Rect(x: 0, y: 0, width: 24, height: 3), title: "residual", caption: "log")
    picture.box(Rect(x: 0, y: 3, width: 14, height: 2), corners: .square, title: "residual", caption: "log")
    picture.box(Rect(x: 0, y: 5, width: 5, height: 2), title: "residual")
    picture.box(Rect(x: 0, y: 7, width: 2, height: 2))
    #expect(inside == Rect(x: 1, y: 1, width: 22, height: 1))
    #expect(
      picture.text == """
        ╭─ residual ───── log ─╮
        │                      │
        ╰──────────────────────╯
        ┌─ residual ─┐
        └────────────┘
        ╭───╮
        ╰───╯
        ╭╮
        ╰╯
        """)
  }

  @Test("Text with styles names the theme's roles")
  func styledText() {
    var picture = canvas(6, 2)
    picture.write("key", Theme.dark[.key], at: 1, 0)
    picture.write("x", Style(.rgb(1, 2, 3), on: .palette(4)), at: 0, 1)
    #expect(
      picture.styledText(.dark) == """
         key
        x

        0 1-3 key
        1 0-0 rgb(1, 2, 3) on palette(4) 0
        """)
  }

  @Test("Shade halves colours and takes emphasis away")
  func shade() {
    var picture = canvas(2, 1)
    picture.write("ab", Style(.rgb(200, 100, 50), on: .standard, [.bold, .underline]), at: 0, 0)
    picture.shade(Rect(x: 0, y: 0, width: 1, height: 1))
    #expect(picture[0, 0].style == Style(.rgb(100, 50, 25), on: .standard, [.dim, .underline]))
    #expect(picture[1, 0].style == Style(.rgb(200, 100, 50), on: .standard, [.bold, .underline]))
  }

  @Test("An overlay stands in the middle of what it dims")
  func overlay() {
    var picture = canvas(12, 5)
    picture.fill(picture.bounds, "x")
    let inside = picture.overlay(Size(width: 6, height: 3), .unicode)
    #expect(picture.text == "xxxxxxxxxxxx\nxxx╭────╮xxx\nxxx│    │xxx\nxxx╰────╯xxx\nxxxxxxxxxxxx")
    #expect(inside == Rect(x: 4, y: 2, width: 4, height: 1))
    #expect(picture[0, 0].style.attributes == .dim)
  }
}
