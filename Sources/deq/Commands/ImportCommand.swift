import ArgumentParser
import FixedPoint
import Sessions

/// `deq import`: a session from a checkpoint.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a session of a checkpoint's arrays.",
    discussion: """
      Reads .npz, .npy, .safetensors and PyTorch's .pt and .pth (a state_dict, zip or older format; nothing in it is
      executed). Layers of monDEQ (U, A, B) and SubDEQ (lin0, lin1; conv1, conv2) and plain W, U, b are recognised by the
      names of their arrays; --map says it for any others. What f is beside its arrays no checkpoint says: --layer and
      the options below it. Large tensors go to a .safetensors file beside the session.

        deq import model.pt --list
        deq import model.pt -o model.deq.json --input '{"dataset": "mnist", "index": 3}'
        deq import weights.npz -o f.deq.json --map net.rec=W --map net.in=U --activation relu
      """)

  @Argument(help: ArgumentHelp("The checkpoint.", valueName: "checkpoint"))
  var checkpoint: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The session to write.", valueName: "out.deq.json"))
  var output: String?

  @Flag(name: .long, help: "Only list the arrays: name, type, shape.")
  var list = false

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("An array and its role: W, U, b, A or B; may be repeated.", valueName: "key=role"))
  var map: [String] = []

  @OptionGroup(title: "What f is") var function: LayerArguments
  @OptionGroup var data: DataOptions

  func validate() throws {
    guard list != (output != nil) else { throw ValidationError("either --output or --list is expected") }
    _ = try roles()
  }

  private func roles() throws -> [LayerRole: String] {
    var roles: [LayerRole: String] = [:]
    for entry in map {
      guard let sign = entry.lastIndex(of: "="), let role = LayerRole(rawValue: String(entry[sign...].dropFirst()))
      else {
        throw ValidationError("--map \(entry): key=role is expected, with a role of W, U, b, A, B")
      }
      guard roles.updateValue(String(entry[..<sign]), forKey: role) == nil else {
        throw ValidationError("--map \(entry): each role once is expected")
      }
    }
    return roles
  }

  func run() throws {
    let roles = try roles()
    data.select()
    try Exit.reporting { () throws(SessionError) in
      let arrays = try TensorFile.list(checkpoint)
      guard let output else {
        try StandardOutput.print(Self.listing(arrays))
        return .success
      }
      let options = try function.options()
      do throws(SessionError) {
        try write(try CheckpointImport(arrays, roles: roles, options: options), to: output)
      } catch {
        if error.file == nil, error.path.isEmpty { StandardError.print(Self.listing(arrays)) }
        throw error.path.hasPrefix("--") ? error : error.inFile(checkpoint)
      }
      return .success
    }
  }

  private func write(_ layer: CheckpointImport, to output: String) throws(SessionError) {
    var layer = layer
    let companion = SessionFile.companion(of: output)
    let title = SessionFile.name(of: checkpoint)
    // Checked before anything is written.
    _ = try Problem(
      try layer.session(title: title, companion: nil).document, directory: SessionFile.directory(of: output))
    let (document, beside) = try layer.session(title: title, companion: SessionFile.name(of: companion))
    if !beside.isEmpty { try TensorFile.writeNew(beside, to: companion) }
    try SessionFile.write(document, to: output)
    for line in layer.conversions { StandardError.print(line.printable()) }
    for line in layer.assumptions { StandardError.print("not in the checkpoint, taken: \(line)") }
    if !beside.isEmpty { StandardError.print("large tensors are in \(companion)") }
  }

  private static func listing(_ arrays: [StoredTensor]) -> String {
    let names = arrays.map { $0.key.printable(atMost: 200) }
    let width = (names.map(\.count).max() ?? 0) + 2
    return zip(names, arrays).map { name, array in
      name + String(repeating: " ", count: width - name.count) + array.type.rawValue
        + String(repeating: " ", count: 10 - array.type.rawValue.count) + "\(array.sizes)"
    }.joined(separator: "\n")
  }
}
