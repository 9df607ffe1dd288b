import Glibc

/// libFuzzer's own `main` calls this before all else; with `FUZZ_SEEDS` it writes the first inputs there and ends.
@_cdecl("LLVMFuzzerInitialize")
public func prepare(_ count: UnsafeMutableRawPointer, _ arguments: UnsafeMutableRawPointer) -> CInt {
  if let folder = environment("FUZZ_SEEDS") {
    Seeds.write(to: folder, sessions: "sessions")
    exit(0)
  }
  return 0
}

/// libFuzzer calls this with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  Reader.chosen.check(unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

/// A variable of the environment.
func environment(_ name: String) -> String? {
  unsafe getenv(name).map { unsafe String(cString: $0) }
}

/// Ends the program, for the fuzzer to keep the input, if a claim is false.
func require(_ claim: Bool, _ words: @autoclosure () -> String) {
  if !claim { fatalError(words()) }
}
