/// Control sequences that set the clipboard (OSC 52).
enum Clipboard {
  /// A program between this one and the terminal, which must be told to pass a sequence on.
  enum Multiplexer {
    case tmux
    case screen
  }

  static func sequences(_ text: String, inside multiplexer: Multiplexer?) -> [String] {
    let request = "\u{1B}]52;c;\(base64(Array(text.utf8)))\u{7}"
    switch multiplexer {
    case nil: return [request]
    case .tmux: return [request, "\u{1B}Ptmux;\u{1B}\(request)\u{1B}\\"]
    case .screen: return pieces(request, of: 700).map { "\u{1B}P\($0)\u{1B}\\" }
    }
  }

  /// GNU screen takes at most 768 bytes at a time.
  private static func pieces(_ text: String, of length: Int) -> [Substring] {
    var rest = text[...]
    var result: [Substring] = []
    while !rest.isEmpty {
      result.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return result
  }

  /// Source: RFC 4648, section 4.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        result.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
