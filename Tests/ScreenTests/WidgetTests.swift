import Screen
import Testing

@Suite("Text field")
struct TextFieldTests {
  private func typed(_ keys: [Key], into text: String = "") -> TextField {
    var field = TextField(text)
    for key in keys {
      let isUsed = field.handle(key)
      #expect(isUsed)
    }
    return field
  }

  @Test("Typing, moving, deleting")
  func edits() {
    #expect(typed([.character("a"), .character("é"), .character("日")]).text == "aé日")
    let moved = typed([Key(.left), .character("x"), Key(.home), Key(.delete)], into: "abc")
    #expect(moved.text == "bxc" && moved.cursor == 0)
    #expect(typed([Key(.home), Key(.backspace)], into: "abc").text == "abc")
    #expect(typed([Key(.end), Key(.delete)], into: "abc").text == "abc")
    #expect(typed([.control("w")], into: "one two  ").text == "one ")
    #expect(typed([Key(.left), .control("k")], into: "abc").text == "ab")
    let cut = typed([Key(.left), .control("u")], into: "abc")
    #expect(cut.text == "c" && cut.cursor == 0)
  }

  @Test("Keys that mean nothing are left to others")
  func ignores() {
    var field = TextField("a")
    for key in [Key(.enter), Key(.escape), Key(.up), .control("x"), Key(.character("b"), alt: true), Key(.function(1))]
    {
      let isUsed = field.handle(key)
      #expect(!isUsed)
    }
    #expect(field.text == "a")
  }

  @Test("Pasted line ends become blanks")
  func pastes() {
    var field = TextField("ab")
    _ = field.handle(Key(.left))
    field.insert("1\n2\r\n3\u{1B}")
    #expect(field.text == "a1 2 3 b" && field.cursor == 7)
  }

  @Test("The cursor is always seen")
  func draws() {
    var canvas = Canvas(size: Size(width: 8, height: 1))
    let field = TextField("abcdefgh")
    let cursor = field.draw(in: Rect(x: 1, y: 0, width: 5, height: 1), on: &canvas, .unicode)
    #expect(canvas.text == " efgh" && cursor == Point(x: 5, y: 0))
  }
}

@Suite("Fuzzy match")
struct FuzzyMatchTests {
  @Test("A pattern matches in order, whatever the case")
  func matches() throws {
    #expect(FuzzyMatch("zoom", in: "moz") == nil)
    #expect(FuzzyMatch("", in: "anything")?.score == 0)
    #expect(FuzzyMatch("ABC", in: "ab") == nil)
    #expect(try #require(FuzzyMatch("TP", in: "toggle pause")).positions == [0, 7])
    #expect(try #require(FuzzyMatch("sp", in: "zoom spectrum")).positions == [5, 6])
    #expect(try #require(FuzzyMatch("ex csv", in: "Export CSV")).positions == [0, 1, 7, 8, 9])
  }

  @Test(
    "Starts of words, rows and short gaps are better",
    arguments: [
      ("sp", "show plot", "gasp"), ("save", "save session", "switch active"), ("run", "run", "branch under"),
      ("nh", "nextHill", "anhydrous"), ("ab", "xab", "xa...b"),
    ])
  func prefers(_ pattern: String, _ better: String, _ worse: String) throws {
    let scores = try [better, worse].map { try #require(FuzzyMatch(pattern, in: $0)).score }
    #expect(scores[0] > scores[1])
  }

  @Test("Every match is a subsequence")
  func isSubsequence() throws {
    let texts = ["toggle pause", "go to the start", "change solver", "aaaa", "a b c a b c"]
    for text in texts {
      for pattern in ["a", "ac", "ts", "aa", "gt", "o t", "abc"] {
        guard let match = FuzzyMatch(pattern, in: text) else { continue }
        let characters = Array(text)
        #expect(String(match.positions.map { characters[$0] }) == pattern.filter { $0 != " " })
        #expect(zip(match.positions, match.positions.dropFirst()).allSatisfy { $0 < $1 })
      }
    }
  }
}

@Suite("List selection")
struct ListSelectionTests {
  private let names = ["picard", "anderson", "anderson-log", "broyden", "newton"]

  @Test("Moves within the list and scrolls")
  func moves() {
    var list = ListSelection(names)
    let isUsed = list.handle(Key(.up), height: 2)
    #expect(isUsed && list.selected == 0)
    for _ in 0..<3 { _ = list.handle(Key(.down), height: 2) }
    #expect(list.selected == 3 && list.offset == 2)
    _ = list.handle(Key(.end), height: 2)
    #expect(list.selected == 4 && list.offset == 3)
    _ = list.handle(Key(.pageUp), height: 3)
    #expect(list.selected == 2 && list.offset == 2)
    _ = list.handle(Key(.home), height: 3)
    #expect(list.selected == 0 && list.offset == 0)
    let isEnterUsed = list.handle(Key(.enter), height: 3)
    #expect(!isEnterUsed)
  }

  @Test("Filters, best first, and keeps the items' indices")
  func filters() {
    var list = ListSelection(names)
    for character in "log" { _ = list.handle(.character(character), height: 5) }
    #expect(list.matches.map(\.positions) == [[9, 10, 11]] && list.selected == 2)
    for _ in 0..<3 { _ = list.handle(Key(.backspace), height: 5) }
    #expect(list.matches.map(\.index) == [0, 1, 2, 3, 4])
    list.paste("zz")
    #expect(list.selected == nil && list.matches.isEmpty)
    _ = list.handle(Key(.down), height: 5)
    #expect(list.selected == nil)
  }

  @Test("Draws what is in view, with matched characters and the selection marked")
  func draws() {
    var list = ListSelection(names, selected: 3)
    list.scroll(2)
    #expect(picture(list, 8, 2, .unicode) == "anderson\nbroyden ")
    list.paste("nw")
    var canvas = Canvas(size: Size(width: 8, height: 2))
    list.draw(in: canvas.bounds, on: &canvas, .unicode)
    let key = Theme.dark[.key].with(.reverse)
    let plain = Style.plain.with(.reverse)
    #expect(canvas.rows == ["newton", ""])
    #expect((0..<7).map { canvas[$0, 0].style } == [key, plain, key, plain, plain, plain, plain])
  }

  @Test("An empty list selects nothing")
  func empty() {
    var list = ListSelection([])
    _ = list.handle(Key(.down), height: 3)
    #expect(list.selected == nil && list.offset == 0)
  }
}

@Suite("Places under the mouse")
struct PlacesTests {
  private let rect = Rect(x: 3, y: 2, width: 36, height: 1)

  @Test("Scrubbing reaches every position, and both ends")
  func scrubber() {
    let scrubber = Scrubber(position: 0, last: 14)
    let positions = (3..<33).compactMap { scrubber.position(at: Point(x: $0, y: 2), in: rect) }
    #expect(Set(positions) == Set(0...14) && positions == positions.sorted())
    #expect(scrubber.position(at: Point(x: 2, y: 2), in: rect) == nil)
    #expect(scrubber.position(at: Point(x: 5, y: 3), in: rect) == nil)
  }

  @Test("Footer items")
  func footer() {
    let footer = Footer([.init("a", "one"), .init("b", "two")])
    let found = (3..<20).map { footer.item(at: Point(x: $0, y: 2), in: rect) }
    #expect(found == [nil, 0, 0, 0, 0, 0, nil, nil, nil, 1, 1, 1, 1, 1, nil, nil, nil])
  }

  @Test("Table rows")
  func table() {
    let table = Table([.init("x", .flexible())], rows: 5, offset: 3) { _, _ in .init("") }
    let area = Rect(x: 0, y: 0, width: 9, height: 6)
    #expect((0..<6).map { table.row(at: Point(x: 1, y: $0), in: area) } == [nil, 3, 4, nil, nil, nil])
  }

  @Test("Steps of a line plot and columns of a heat map")
  func plots() {
    let plot = LinePlot([.init("a", [1, 2, 3, 4, 5])])
    let area = Rect(x: 10, y: 5, width: 40, height: 10)
    #expect(plot.position(at: Point(x: 49, y: 8), in: area) == 4)
    #expect(plot.position(at: Point(x: 11, y: 8), in: area) == nil)
    let map = HeatMap(rows: 2, columns: 3, firstColumn: 7) { _, _ in 1 }
    let columns = (10..<30).map { map.column(at: Point(x: $0, y: 7), in: area) }
    #expect(columns.compactMap { $0 } == [7, 7, 7, 7, 8, 8, 8, 8, 9, 9, 9, 9])
  }
}
