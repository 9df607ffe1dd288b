import Glibc

/// The python3 of the machine, for tests against independent programs.
public enum Python {
  /// Whether all of these modules are there.
  public static func has(_ modules: String...) -> Bool {
    unsafe system("python3 -c 'import \(modules.joined(separator: ", "))' > /dev/null 2>&1") == 0
  }

  /// What a script prints; its complaints where it fails.
  public static func run(_ script: String, _ arguments: [String], in directory: TemporaryDirectory) -> String {
    let (output, errors) = (directory.file(".python"), directory.file(".complaints"))
    let words = ([script] + arguments).map { "'\($0)'" }.joined(separator: " ")
    let status = unsafe system("python3 \(words) > '\(output)' 2> '\(errors)'")
    return (try? SessionText.read(status == 0 ? output : errors)) ?? ""
  }
}
