import Glibc

/// The python3 of the machine, for tests against independent programs.
public enum Python {
  /// Whether all of these modules are there.
  public static func has(_ modules: String...) -> Bool {
    unsafe system("python3 -c 'import \(modules.joined(separator: ", "))' > /dev/null 2>&1") == 0
  }
}
