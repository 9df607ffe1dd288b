import Screen
import Testing

@Suite("Lowering")
struct LoweringTests {
  private func ascii(_ text: String) -> String {
    var canvas = Canvas(size: Size(width: DisplayWidth.of(text), height: 1))
    canvas.write(text, at: 0, 0)
    return canvas.lowered(to: Profile(colors: .mono, glyphs: .ascii)).text
  }

  @Test(
    "Unicode to ASCII",
    arguments: [
      ("╭─┬┄╮│┊╰╯┌┐└┘├┤┼", "+-+.+|:+++++++++"), ("═━╱╲╳", "==/\\X"), ("░▒▓█▌▏", ".=%#=."), ("▁▂▃▄▅▆▇█", "_.-=+*%#"),
      ("é Ñ ß ø Ż", "e N s o Z"), ("ρ λ Σ ω", "r l S w"), ("— … × ✓ ✗ → ← ↑ ↓", "- ~ x + x > < ^ v"),
      ("日x", "??x"), ("☃", "?"), ("plain ~", "plain ~"),
    ])
  func toAscii(_ text: String, _ expected: String) { #expect(ascii(text) == expected) }

  @Test(
    "Braille keeps density and slope",
    arguments: [
      ("⠀", ""), ("⣿", "#"), ("⠉", "-"), ("⣀", "_"), ("⠤", "-"), ("⠑", "\\"), ("⢄", "\\"), ("⠊", "/"), ("⡠", "/"),
      ("⡇", "|"), ("⢸", "|"), ("⠁", "'"), ("⡀", "."), ("⠶", "-"), ("⣛", "*"),
    ])
  func braille(_ text: String, _ expected: String) { #expect(ascii(text) == expected) }

  @Test("Every scalar below U+30000 lowers to printable ASCII")
  func everyScalar() {
    for start in stride(from: 0, to: UInt32(0x30000), by: 4096) {
      var canvas = Canvas(size: Size(width: 4096, height: 1))
      for value in start..<start + 4096 {
        if let scalar = Unicode.Scalar(value) { canvas.put(scalar, at: Int(value - start), 0) }
      }
      let cells = canvas.lowered(to: Profile(colors: .mono, glyphs: .ascii)).cells
      #expect(cells.allSatisfy { (0x20..<0x7F).contains($0.scalar.value) })
    }
  }

  // Levels of the colour cube 0, 95, 135, 175, 215, 255 and greys 8 + 10 k, as in xterm's 256colres.
  @Test(
    "256 colours: exact entries map to themselves, others to the nearest",
    arguments: [
      (0x000000, 16), (0xFFFFFF, 231), (0xFF0000, 196), (0x5F87AF, 67), (0x080808, 232), (0xEEEEEE, 255),
      (0x808080, 244), (0xFE0101, 196), (0x00D7FF, 45),
    ])
  func cube(_ hex: UInt32, _ index: UInt8) {
    #expect(Style(.hex(hex)).lowered(to: .palette256).foreground == .palette(index))
  }

  @Test("All 256-colour entries above 16 map to an entry of the same colour")
  func exactEntries() {
    let levels: [UInt32] = [0, 95, 135, 175, 215, 255]
    for index in 16..<256 {
      let cube = UInt32(max(0, index - 16))
      let grey = UInt32(8 + 10 * max(0, index - 232))
      let parts =
        index < 232 ? [levels[Int(cube / 36)], levels[Int(cube / 6 % 6)], levels[Int(cube % 6)]] : [grey, grey, grey]
      let color = Style(.hex(parts[0] << 16 | parts[1] << 8 | parts[2])).lowered(to: .palette256).foreground
      guard case .palette(let found) = color else {
        Issue.record("\(index) has no palette colour")
        continue
      }
      let isSameGrey = parts[0] == parts[1] && parts[1] == parts[2]
      #expect(Int(found) == index || isSameGrey)
    }
  }

  @Test(
    "Hues survive 8 and 16 colours",
    arguments: [(0xE69F00, 3, 11), (0x56B4E9, 6, 14), (0xCC0000, 1, 9), (0x006000, 2, 2), (0x0000A0, 4, 4)])
  func hues(_ hex: UInt32, _ eight: UInt8, _ sixteen: UInt8) {
    #expect(Style(.hex(hex)).lowered(to: .eight).foreground == .palette(eight))
    #expect(Style(.hex(hex)).lowered(to: .sixteen).foreground == .palette(sixteen))
  }

  @Test("No colours: attributes stay")
  func mono() {
    let style = Style(.rgb(1, 2, 3), on: .rgb(200, 0, 0), [.bold, .reverse])
    #expect(style.lowered(to: .mono) == Style(.standard, on: .standard, [.bold, .reverse]))
  }

  @Test("Different colours never become the same", arguments: [Profile.Colors.eight, .sixteen, .palette256])
  func legible(_ colors: Profile.Colors) {
    let samples = stride(from: 0, through: 255, by: 51).flatMap { red in
      stride(from: 0, through: 255, by: 51).flatMap { green in
        stride(from: 0, through: 255, by: 51).map { Color.rgb(UInt8(red), UInt8(green), UInt8($0)) }
      }
    }
    for foreground in samples {
      for background in samples where foreground != background {
        let lowered = Style(foreground, on: background).lowered(to: colors)
        if lowered.foreground == lowered.background { Issue.record("\(foreground) on \(background)") }
      }
    }
  }
}
