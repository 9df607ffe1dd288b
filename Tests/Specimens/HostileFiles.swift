import FixedPoint

@testable import Sessions

/// A file that is not what it says, and what the one error about it has to say.
struct HostileFile: Sendable, CustomStringConvertible {
  let name: String
  /// The ending that tells how it is read.
  let ending: String
  let bytes: [UInt8]
  let says: String

  init(_ name: String, _ ending: String, _ bytes: [UInt8], says: String) {
    self.name = name
    self.ending = ending
    self.bytes = bytes
    self.says = says
  }

  var description: String { "\(ending): \(name)" }
}

enum HostileFiles {
  static let all = pickles + opcodes + stacks + views + checkpoints + safetensors + numpy + archives + tables + packed

  // MARK: PyTorch

  private typealias P = HostilePickles

  private static func torch(_ name: String, _ value: [UInt8], says: String) -> HostileFile {
    HostileFile(name, "pt", P.archive(P.pickle(value)), says: says)
  }

  /// Names that would do something, called as an attacker would.
  private static let pickles: [HostileFile] =
    [
      ("posix", "system"), ("os", "system"), ("os", "popen"), ("nt", "system"), ("subprocess", "Popen"),
      ("builtins", "eval"), ("builtins", "exec"), ("builtins", "getattr"), ("builtins", "__import__"),
      ("__builtin__", "eval"), ("runpy", "_run_code"), ("operator", "attrgetter"), ("codecs", "encode"),
      ("torch.storage", "_load_from_bytes"), ("torch.hub", "load"), ("torch", "load"), ("torch", "QInt8Storage"),
      ("torch", "ComplexFloatStorage"), ("torch.nn.modules.linear", "Linear"), ("__main__", "Net"),
      ("numpy.core.multiarray", "_reconstruct"), ("collections", "deque"), ("collections.OrderedDict", "pop"),
      ("torch._utils", "_rebuild_device_tensor_from_numpy"), ("", ""), ("collections\u{1}", "OrderedDict"),
    ].map { module, name in
      let call = P.global(module, name) + P.tuple([P.text("touch /tmp/owned")]) + P.op("R")
      return torch("calls \(module).\(name)", call, says: "the Python object")
    } + [
      torch(
        "builds a global from two texts",
        P.text("os") + P.text("system") + [0x93] + P.tuple([P.text("id")]) + P.op("R"),
        says: "os.system"),
      torch(
        "hides a global in a list", P.op("]") + P.global("os", "system") + P.op("a"), says: "os.system"),
      HostileFile("calls os.system in the older format", "pt", P.older(P.global("os", "system")), says: "os.system"),
      HostileFile(
        "calls eval in the list of storages", "pt",
        P.older(P.tensor(), keys: P.global("builtins", "eval")), says: "builtins.eval"),
    ]

  /// Opcodes that no checkpoint of tensors needs.
  private static let opcodes: [HostileFile] =
    [
      0x00, 0x28 + 0xC0, 0x46, 0x49, 0x4C, 0x50, 0x53, 0x56, 0x67, 0x69, 0x6F, 0x70, 0x81, 0x82, 0x83, 0x84, 0x8F, 0x90,
      0x91, 0x92, 0x96, 0x97, 0x98, 0xFF,
    ].map { (opcode: UInt8) in
      torch("opcode \(opcode)", P.op("N") + [opcode] + Array("0\n".utf8), says: "0x\(String(opcode, radix: 16))")
    }

  private static let stacks: [HostileFile] = [
    torch("nothing to return", [], says: "expected a value"), torch("pops nothing", P.op("0"), says: "a value"),
    torch("pops to no mark", P.op("1"), says: "a mark"), torch("a tuple to no mark", P.op("t"), says: "a mark"),
    torch("a list to no mark", P.op("l"), says: "a mark"), torch("a dictionary to no mark", P.op("d"), says: "a mark"),
    torch("a tuple of nothing", [0x85], says: "1 values"),
    torch("a tuple of too few", P.op("N") + [0x87], says: "3 values"),
    torch("pops below a mark", P.op("N") + P.op("(") + [0x85], says: "1 values"),
    torch("doubles nothing", P.op("2"), says: "a value"), torch("keeps nothing", P.op("q") + [0], says: "a value"),
    torch("recalls what was not kept", P.op("h") + [7], says: "kept as 7"),
    torch("recalls far away", P.op("j") + [255, 255, 255, 255], says: "kept as 4294967295"),
    torch("calls a number", P.integer(1) + P.op(")") + P.op("R"), says: "a function"),
    torch("calls with a list", P.global("torch", "Size") + P.op("]") + P.op("R"), says: "a tuple"),
    torch("calls with too little", P.global("torch", "Size") + P.op(")") + P.op("R"), says: "arguments of torch.Size"),
    torch(
      "rebuilds from nothing", P.global("torch._utils", "_rebuild_tensor_v2") + P.op(")") + P.op("R"),
      says: "arguments of torch._utils"),
    torch("calls a storage", P.global("torch", "FloatStorage") + P.op(")") + P.op("R"), says: "arguments of a storage"),
    torch("appends to a number", P.integer(1) + P.op("N") + P.op("a"), says: "a list"),
    torch("sets in a list", P.op("]") + P.op("N") + P.op("N") + P.op("s"), says: "a dictionary"),
    torch("sets a key alone", P.op("}") + P.op("(") + P.op("N") + P.op("u"), says: "a dictionary"),
    torch("attributes of a tuple", P.op(")") + P.op("}") + P.op("b"), says: "set attributes"),
    torch("a storage that is a number", P.integer(1) + P.op("Q"), says: "a tuple"),
    torch("a storage of two parts", P.integers([1, 2]) + P.op("Q"), says: "a reference to a storage"),
    torch(
      "a module for a storage",
      P.tuple([P.text("module"), P.text(""), P.text(""), P.text(""), P.integer(0)]) + P.op("Q"), says: "a storage"),
    torch("a text of 4 GiB", P.op("X") + [255, 255, 255, 255], says: "4294967295 bytes"),
    torch("a text of 16 EiB", [0x8D] + [UInt8](repeating: 255, count: 8), says: "-1 bytes"),
    torch("bytes of 8 EiB", [0x8E] + P.little(1 << 62, 8), says: "bytes"),
    torch("an integer of 4 GiB", [0x8B, 255, 255, 255, 255], says: "4294967295 bytes"),
    torch("a frame beyond the end", [0x95], says: "8 bytes"),
    torch("a name without an end", P.op("c") + Array("torch".utf8), says: "a name"),
    torch("a text that is no UTF-8", P.op("X") + [1, 0, 0, 0, 0xFF], says: "UTF-8"),
    torch("protocol 9", [0x80, 9], says: "protocol 2 to 5"), torch("protocol 0", [0x80, 0], says: "protocol 2 to 5"),
    HostileFile("an empty pickle", "pt", P.archive([]), says: "an opcode"),
    HostileFile("no end", "pt", P.archive(P.start + P.tensor()), says: "the end of the pickle"),
  ]

  // MARK: Views

  private static let views: [HostileFile] = [
    torch("begins before its storage", P.tensor(offset: -1), says: "within its 2 numbers"),
    torch("begins behind its storage", P.tensor(offset: 2), says: "within its 2 numbers"),
    torch("begins at the last integer", P.tensor(offset: .max), says: "within its 2 numbers"),
    torch("steps out of its storage", P.tensor(strides: [2]), says: "within its 2 numbers"),
    torch("steps back", P.tensor(offset: 1, strides: [-1]), says: "within its 2 numbers"),
    torch("steps by the last integer", P.tensor(strides: [.max]), says: "within its 2 numbers"),
    torch("stands still for a thousand", P.tensor(sizes: [1000], strides: [0]), says: "within its 2 numbers"),
    torch("stands still for 2^26", P.tensor(sizes: [1 << 26], strides: [0]), says: "within its 2 numbers"),
    torch("has 2^40 entries", P.tensor(sizes: [1 << 40]), says: "at most 134217728 numbers"),
    torch("has 2^62 x 2^62 entries", P.tensor(sizes: [1 << 62, 1 << 62], strides: [1, 1]), says: "at most"),
    torch("has -2 entries", P.tensor(sizes: [-2]), says: "at most"),
    torch("has -2 x -2 entries", P.tensor(sizes: [-2, -2], strides: [1, 1]), says: "at most"),
    torch("has more sizes than strides", P.tensor(sizes: [1, 2]), says: "strides"),
    torch("has more strides than sizes", P.tensor(strides: [1, 1]), says: "strides"),
    torch("claims more numbers than its storage", P.tensor(P.storage(count: 3)), says: "3 numbers of float32"),
    torch("claims 2^62 numbers", P.tensor(P.storage("DoubleStorage", count: 1 << 62)), says: "numbers of float64"),
    torch("claims fewer numbers than its storage", P.tensor(P.storage(count: 1)), says: "1 numbers of float32"),
    torch("claims -2 numbers", P.tensor(P.storage(count: -2)), says: "a size of a storage"),
    torch("has another type than its storage", P.tensor(P.storage("DoubleStorage")), says: "numbers of float64"),
    torch("names no storage", P.tensor(P.storage(key: "7")), says: "data/7"),
    torch("names a storage outside", P.tensor(P.storage(key: "../data.pkl")), says: "none"),
    torch(
      "has one storage of two types",
      P.op("(") + P.tensor() + P.tensor(P.storage("IntStorage")) + P.op("t"), says: "one type and size"),
    torch("is of a number", P.tensor(P.integer(1)), says: "a storage"),
    torch(
      "is a name twice", P.dictionary([(P.text("a"), P.tensor()), (P.text("a"), P.tensor())]), says: "each name once"),
    torch(
      "is a name in two ways",
      P.dictionary([
        (P.text("a.b"), P.tensor()), (P.text("a"), P.dictionary([(P.text("b"), P.tensor())])),
      ]), says: "each name once"),
    torch("has a tuple for a name", P.dictionary([(P.op(")"), P.tensor())]), says: "names or integers"),
    torch("contains itself", P.op("]") + P.op("q") + [0] + P.op("h") + [0] + P.op("a"), says: "32 levels"),
    torch("contains itself many times", laughs, says: "1000000 values"),
    torch(
      "is forty lists deep", [UInt8](repeating: 0x5D, count: 40) + [UInt8](repeating: 0x61, count: 39), says: "levels"),
  ]

  /// A list of ten lists of ten lists …, all the same ones: 10^12 values in a few bytes.
  private static var laughs: [UInt8] {
    var bytes = P.op("]") + P.op("q") + [0]
    for level in 1...12 {
      let before = [UInt8](repeating: 0, count: 10).flatMap { _ in P.op("h") + [UInt8(level - 1)] }
      bytes += P.op("0") + P.op("]") + P.op("(") + before + P.op("e") + P.op("q") + [UInt8(level)]
    }
    return bytes
  }

  // MARK: Checkpoints

  private static let good = P.pickle(P.tensor())

  private static let checkpoints: [HostileFile] = [
    HostileFile("no pickle", "pt", Archive.zip([Archive.Entry(name: "m/data/0", bytes: [1])]), says: "data.pkl"),
    HostileFile("an empty archive", "pt", Archive.zip([]), says: "it"),
    HostileFile("another byte order", "pt", P.archive(good, order: "middle"), says: "little or big"),
    HostileFile("an empty byte order", "pt", P.archive(good, order: ""), says: "little or big"),
    HostileFile(
      "a program", "pt", P.archive(good, beside: [Archive.Entry(name: "m/constants.pkl", bytes: good)]),
      says: "TorchScript"),
    HostileFile(
      "a name twice", "pt", P.archive(good, beside: [Archive.Entry(name: "m/data.pkl", bytes: good)]),
      says: "each name once"),
    HostileFile("zip in name only", "pt", Array("PK\u{3}\u{4}hello".utf8), says: "a zip archive"),
    HostileFile("nothing", "pt", [], says: "a PyTorch checkpoint"),
    HostileFile("text", "pt", Array("weights".utf8), says: "a PyTorch checkpoint"),
    HostileFile("a tar file", "pt", [UInt8](repeating: 0, count: 600), says: "a PyTorch checkpoint"),
    HostileFile("a bare pickle", "pt", good, says: "a PyTorch checkpoint"),
    HostileFile("older: version 9", "pt", P.older(P.tensor(), version: 9), says: "version 1001"),
    HostileFile("older: no list of storages", "pt", P.older(P.tensor(), keys: P.op("N")), says: "a list of storages"),
    HostileFile(
      "older: numbers for storages", "pt", P.older(P.tensor(), keys: P.op("]") + P.op("N") + P.op("a")), says: "a text"),
    HostileFile(
      "older: a storage that nobody has", "pt", P.older(P.tensor(), keys: P.op("]") + P.text("9") + P.op("a")),
      says: "each storage once"),
    HostileFile(
      "older: a storage twice", "pt",
      P.older(
        P.tensor(), keys: P.op("]") + P.op("(") + P.text("0") + P.text("0") + P.op("e"),
        data: P.little(2, 8) + P.little(0, 8) + P.little(2, 8) + P.little(0, 8)), says: "each storage once"),
    HostileFile("older: no data", "pt", P.older(P.tensor(), data: []), says: "2 numbers of float32"),
    HostileFile("older: less data", "pt", P.older(P.tensor(), data: P.little(2, 8) + [0, 0]), says: "2 numbers"),
    HostileFile(
      "older: another size", "pt", P.older(P.tensor(), data: P.little(3, 8) + P.little(0, 8)), says: "claim 3"),
    HostileFile(
      "older: 2^63 numbers", "pt", P.older(P.tensor(), data: P.little(1 << 63, 8) + P.little(0, 8)), says: "claim"),
    HostileFile(
      "older: more behind", "pt", P.older(P.tensor(), data: P.little(2, 8) + P.little(0, 8) + [1]),
      says: "the end of the file"),
    HostileFile(
      "older: a part beyond", "pt",
      P.older(
        P.tensor(
          P.tuple([
            P.text("storage"), P.global("torch", "FloatStorage"), P.text("0"), P.text("cpu"), P.integer(2),
            P.tuple([P.text("v"), P.integer(1), P.integer(2)]),
          ]) + P.op("Q"))), says: "within its 2 numbers"),
    HostileFile(
      "older: a part from the last integer", "pt",
      P.older(
        P.tensor(
          P.tuple([
            P.text("storage"), P.global("torch", "FloatStorage"), P.text("0"), P.text("cpu"), P.integer(2),
            P.tuple([P.text("v"), P.integer(.max), P.integer(2)]),
          ]) + P.op("Q"), offset: 1)), says: "the storage 0"),
  ]

  // MARK: Safetensors

  private static func safe(_ name: String, _ header: String, data: Int = 8, says: String) -> HostileFile {
    let bytes = Array(header.utf8)
    return HostileFile(
      name, "safetensors", P.little(UInt64(bytes.count), 8) + bytes + [UInt8](repeating: 0, count: data), says: says)
  }

  private static func entry(_ dtype: String, _ shape: String, _ offsets: String) -> String {
    "{\"dtype\": \"\(dtype)\", \"shape\": \(shape), \"data_offsets\": \(offsets)}"
  }

  private static let fine = entry("F64", "[1]", "[0, 8]")

  private static let safetensors: [HostileFile] = [
    HostileFile("nothing", "safetensors", [], says: "the length of a header"),
    HostileFile("seven bytes", "safetensors", [1, 2, 3, 4, 5, 6, 7], says: "the length of a header"),
    HostileFile("a header beyond the end", "safetensors", P.little(100, 8) + [0x7B, 0x7D], says: "100 bytes"),
    HostileFile("a header of 16 EiB", "safetensors", [UInt8](repeating: 255, count: 8), says: "a header of"),
    HostileFile("a header of 1 GB", "safetensors", P.little(1 << 30, 8) + Array("{}".utf8), says: "1073741824"),
    safe("an empty header", "", says: "header"), safe("a list", "[]", says: "an object"),
    safe("no JSON", "{weights}", says: "a name in quotes"),
    safe("a byte order mark", "\u{FEFF}{}", says: "byte order mark"),
    safe("cut JSON", "{\"a\": {", says: "a name in quotes"),
    safe("deep JSON", String(repeating: "{\"a\":", count: 500), says: "levels of nesting"),
    safe("a name twice", "{\"a\": \(fine), \"a\": \(fine)}", says: "each name once"),
    safe("a number for an array", "{\"a\": 1}", says: "an object"),
    safe("no type", "{\"a\": {\"shape\": [1], \"data_offsets\": [0, 8]}}", says: "a type of numbers"),
    safe("no shape", "{\"a\": {\"dtype\": \"F64\", \"data_offsets\": [0, 8]}}", says: "an array of sizes"),
    safe("no offsets", "{\"a\": {\"dtype\": \"F64\", \"shape\": [1]}}", says: "two offsets"),
    safe("another type", "{\"a\": \(entry("F8_E4M3", "[8]", "[0, 8]"))}", says: "one of"),
    safe(
      "another field", "{\"a\": {\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [0, 8], \"x\": 1}}",
      says: "unknown field"),
    safe("a size of -1", "{\"a\": \(entry("F64", "[-1]", "[0, 8]"))}", says: "shape[0]"),
    safe("half a size", "{\"a\": \(entry("F64", "[0.5]", "[0, 8]"))}", says: "shape[0]"),
    safe("a size of 10^300", "{\"a\": \(entry("F64", "[1e300]", "[0, 8]"))}", says: "shape[0]"),
    safe(
      "sizes beyond counting", "{\"a\": \(entry("F64", "[4503599627370496, 4503599627370496]", "[0, 8]"))}",
      says: "data_offsets"),
    safe("1 GB in 100 bytes", "{\"a\": \(entry("F64", "[134217728]", "[0, 1073741824]"))}", says: "within 8 bytes"),
    safe("offsets backwards", "{\"a\": \(entry("F64", "[1]", "[8, 0]"))}", says: "data_offsets"),
    safe("offsets beyond", "{\"a\": \(entry("F64", "[1]", "[8, 16]"))}", says: "within 8 bytes"),
    safe("one offset", "{\"a\": \(entry("F64", "[1]", "[0]"))}", says: "data_offsets"),
    safe("three offsets", "{\"a\": \(entry("F64", "[1]", "[0, 8, 8]"))}", says: "data_offsets"),
    safe("a shape of another size", "{\"a\": \(entry("F64", "[2]", "[0, 8]"))}", says: "data_offsets"),
    safe("an overlap", "{\"a\": \(fine), \"b\": \(entry("F32", "[1]", "[4, 8]"))}", says: "without gap or overlap"),
    safe("the same bytes twice", "{\"a\": \(fine), \"b\": \(fine)}", says: "without gap or overlap"),
    safe("a gap", "{\"a\": \(entry("F32", "[1]", "[4, 8]"))}", says: "without gap or overlap"),
    safe("bytes behind", "{\"a\": \(fine)}", data: 9, says: "8 bytes of data"),
    safe("no arrays and bytes", "{}", says: "0 bytes of data"),
    safe("a control character in a name", "{\"a\\u001b[2J\\n\": 1}", says: "an object"),
    safe("a name of 100,000 characters", "{\"\(String(repeating: "x", count: 100_000))\": 1}", says: "an object"),
    HostileFile(
      "not a number", "safetensors",
      P.little(UInt64("{\"a\": \(entry("F32", "[1]", "[0, 4]"))}".utf8.count), 8)
        + Array("{\"a\": \(entry("F32", "[1]", "[0, 4]"))}".utf8) + [0, 0, 0xC0, 0x7F], says: "finite numbers"),
    safe("an empty array", "{\"a\": \(entry("F64", "[0]", "[0, 0]"))}", data: 0, says: "at least 1"),
  ]

  // MARK: NumPy

  private static func npy(
    _ name: String, descr: String = "'<f8'", order: String = "False", shape: String = "(1,)", header: String? = nil,
    version: UInt8 = 1, data: [UInt8] = [0, 0, 0, 0, 0, 0, 0xF0, 0x3F], says: String
  ) -> HostileFile {
    let text = header ?? "{'descr': \(descr), 'fortran_order': \(order), 'shape': \(shape), }\n"
    let start = [0x93] + Array("NUMPY".utf8) + [version, 0]
    let length = P.little(UInt64(text.utf8.count), version == 1 ? 2 : 4)
    return HostileFile(name, "npy", start + length + Array(text.utf8) + data, says: says)
  }

  private static let numpy: [HostileFile] = [
    HostileFile("nothing", "npy", [], says: "the mark"),
    HostileFile("text", "npy", Array("1, 2, 3, 4, 5".utf8), says: "the mark"),
    HostileFile(
      "a header beyond the end", "npy", [0x93] + Array("NUMPY".utf8) + [1, 0, 255, 255], says: "a header of 65535"),
    HostileFile(
      "a header of 4 GiB", "npy", [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255],
      says: "a header of 4294967295"),
    HostileFile("half a length", "npy", [0x93] + Array("NUMPY".utf8) + [3, 0, 1, 0], says: "a header"),
    HostileFile(
      "a header that is no UTF-8", "npy", [0x93] + Array("NUMPY".utf8) + [1, 0, 2, 0, 0xFF, 0xFE], says: "a header"),
    npy("version 0", version: 0, says: "version 0"), npy("version 9", version: 9, says: "version 9"),
    npy("no dictionary", header: "descr", says: "a dictionary"),
    npy("an empty dictionary", header: "{}", says: "found nothing"),
    npy("no shape", header: "{'descr': '<f8', 'fortran_order': False}", says: "header fields"),
    npy(
      "a field twice", header: "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
      says: "each header field once"),
    npy(
      "another field", header: "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}", says: "header fields"),
    npy("no colon", header: "{'descr' '<f8'}", says: "a dictionary"),
    npy("complex numbers", descr: "'<c8'", says: "numbers of type"),
    npy("objects", descr: "'|O'", says: "numbers of type"),
    npy("texts", descr: "'<U4'", says: "numbers of type"),
    npy("long doubles", descr: "'<f16'", says: "numbers of type"),
    npy("three bytes", descr: "'<f3'", says: "numbers of type"),
    npy("no byte order", descr: "'|f8'", says: "numbers of type"),
    npy("another byte order", descr: "'!f8'", says: "numbers of type"),
    npy("dates", descr: "'<M8'", says: "numbers of type"),
    npy("records", descr: "[('a', '<f8')]", says: "numbers of type"),
    npy("an empty type", descr: "''", says: "found nothing"),
    npy("an order that is none", order: "Maybe", says: "a fortran_order"),
    npy("an order of 1", order: "1", says: "a fortran_order"),
    npy("a shape that is a number", shape: "1", says: "a shape"),
    npy("a shape of words", shape: "(one,)", says: "a shape"),
    npy("a negative size", shape: "(-1,)", says: "a shape"), npy("half a size", shape: "(0.5,)", says: "a shape"),
    npy("a size of 10^30", shape: "(1000000000000000000000000000000,)", says: "a shape"),
    npy("1 GB in 100 bytes", shape: "(134217728,)", says: "134217728"),
    npy("sizes beyond counting", shape: "(9999999999, 9999999999, 9999999999)", says: "the entries of shape"),
    npy("nothing times very much", shape: "(0, 9223372036854775807, 2)", says: "the entries of shape"),
    npy("fewer numbers", shape: "(2,)", says: "8 bytes"), npy("more numbers", shape: "()", data: [], says: "0 bytes"),
    npy("no numbers", shape: "(0,)", data: [], says: "at least 1"),
    npy("not a number", data: [0, 0, 0, 0, 0, 0, 0xF8, 0x7F], says: "finite numbers"),
    npy("infinity", data: [0, 0, 0, 0, 0, 0, 0xF0, 0x7F], says: "finite numbers"),
    npy("half an infinity", descr: "'<f2'", data: [0, 0x7C], says: "finite numbers"),
    npy("an integer beyond 2^53", descr: "'<u8'", data: [1, 0, 0, 0, 0, 0, 0x20, 0], says: "a double holds exactly"),
    npy(
      "an integer below -2^53", descr: "'<i8'", data: [255, 255, 255, 255, 255, 255, 0xDF, 255],
      says: "a double holds exactly"),
    npy("an escape in its type", descr: "'\u{1B}c2'", says: "numbers of type"),
  ]

  // MARK: Archives

  private static let array = NumPyFile.write(Tensor(vector: [1]))

  /// An archive with a byte of its data changed: the checksum tells.
  private static var damaged: [UInt8] {
    var bytes = Archive.zip([Archive.Entry(name: "a.npy", bytes: array)])
    if let place = bytes.indices.last(where: { bytes[$0...].starts(with: [0xF0, 0x3F]) }) { bytes[place] = 0xF1 }
    return bytes
  }

  private static func npz(_ name: String, _ entries: [(String, [UInt8])], says: String) -> HostileFile {
    HostileFile(name, "npz", Archive.zip(entries.map { Archive.Entry(name: $0.0, bytes: $0.1) }), says: says)
  }

  private static let archives: [HostileFile] = [
    HostileFile("nothing", "npz", [], says: "a zip archive"),
    HostileFile("an array", "npz", array, says: "a zip archive"),
    HostileFile("a signature", "npz", [0x50, 0x4B, 3, 4], says: "a zip archive"),
    HostileFile("a changed byte", "npz", damaged, says: "a zip archive"),
    npz("no arrays", [], says: ""), npz("text for an array", [("a.npy", Array("text".utf8))], says: "the mark"),
    npz("an empty array", [("a.npy", [])], says: "the mark"),
    npz("a name twice", [("a.npy", array), ("a.npy", array)], says: "each name once"),
    npz("half an array", [("a.npy", Array(array.dropLast(4)))], says: "the entries of shape"),
    npz("a name upwards", [("../../a.npy", array)], says: "an array of this name"),
  ]

  // MARK: Tables

  private static let tables: [HostileFile] =
    [
      ("nothing", "", "rows of numbers"), ("a header alone", "a,b\n", "rows of numbers"),
      ("rows of two lengths", "1,2\n3\n", "2 numbers in every row"), ("a word", "1,2\n3,x\n", "\"x\" in row 2"),
      ("an empty cell", "1,2\n3,\n", "\"\" in row 2"), ("NaN", "1\nnan\n", "\"nan\""),
      ("infinity", "1\ninf\n", "\"inf\""),
      ("hexadecimal", "1\n0x10\n", "\"0x10\""), ("too large", "1\n1e999\n", "\"1e999\""),
      ("a decimal comma", "1\n\"1,5\"\n", "\"1,5\""), ("an open quote", "1\n\"2\n", "closed quotes"),
      ("words behind a quote", "1\n\"2\"x\n", "closed quotes"), ("a carriage return alone", "1\r2\n", "closed quotes"),
      ("a NUL", "1\n\u{0}\n", "finite numbers"), ("a number and a sign", "1\n1-\n", "\"1-\""),
      ("digits of Bengali", "1\n১\n", "\"১\""),
      ("semicolons", "1;2\n3;4\n5\n", "\"3;4\""),
    ].map { HostileFile($0.0, "csv", Array($0.1.utf8), says: $0.2) } + [
      HostileFile("no UTF-8", "csv", [0x31, 0x0A, 0xFF, 0x0A], says: "UTF-8"),
      HostileFile("a column in UTF-16", "csv", [0xFF, 0xFE, 0x31, 0, 0x0A, 0], says: "UTF-8"),
    ]

  // MARK: Gzip

  private static let gzip = decodeBase64(TensorFixtures.npyGzip)

  private static let packed: [HostileFile] = [
    HostileFile("nothing", "npy.gz", [], says: "a gzip file"),
    HostileFile("an array", "npy.gz", array, says: "a gzip file"),
    HostileFile("a signature", "npy.gz", [0x1F, 0x8B, 8, 0], says: "a gzip file"),
    HostileFile("half", "npy.gz", Array(gzip.prefix(gzip.count / 2)), says: "a gzip file"),
    HostileFile("no length", "npy.gz", Array(gzip.dropLast(4)), says: "a gzip file"),
    HostileFile("another checksum", "npy.gz", gzip.dropLast(8) + [0, 0, 0, 0] + gzip.suffix(4), says: "checksum"),
    HostileFile("another length", "npy.gz", gzip.dropLast(4) + [9, 9, 9, 9], says: "length"),
    HostileFile("two members", "npy.gz", gzip + gzip, says: "one member"),
    HostileFile("more behind", "npy.gz", gzip + [1, 2, 3, 4, 5, 6, 7, 8], says: "one member"),
  ]
}
