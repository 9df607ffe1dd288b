import LinearAlgebra

extension Recording.Origin {
  /// This program on this machine.
  public static var current: Recording.Origin {
    Recording.Origin(
      program: "deq " + programVersion, kernel: BLAS.kernelName + ", " + VectorMath.kernelName,
      processor: processorName)
  }

  /// The same program with the same kernels on the same processor: the results have the same bits.
  func computesLike(_ other: Recording.Origin) -> Bool { self == other }

  private static var processorName: String {
    let text = (try? FileSystem.read("/proc/cpuinfo")).map { String(decoding: $0.prefix(4096), as: UTF8.self) } ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last?.trimmed { $0 == " " || $0 == "\t" } ?? "unknown"
  }
}

/// The version of the program.
public let programVersion = "0.1.0"
