import ArgumentParser
import Sessions

/// The files of tensors that `deq export` writes.
struct TensorExport: ExportFormat {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write the tensors of the operators, with all that is generated or read, as operators.0.weight, …",
      valueName: "out.npz"))
  var npz: String?

  @Option(name: .long, help: ArgumentHelp("The same as safetensors.", valueName: "out.safetensors"))
  var safetensors: String?

  var isWanted: Bool { npz != nil || safetensors != nil }

  func validate() throws {
    if let npz, !npz.hasSuffix(".npz") { throw ValidationError("--npz \(npz): a name that ends in .npz is expected") }
    if let safetensors, !safetensors.hasSuffix(".safetensors") {
      throw ValidationError("--safetensors \(safetensors): a name that ends in .safetensors is expected")
    }
  }

  func write(_ source: ExportSource) throws(SessionError) -> ExitCode {
    let experiment = source.experiment
    let tensors = try Problem.tensors(of: experiment.document, directory: experiment.directory)
    for path in [npz, safetensors].compactMap({ $0 }) { try TensorFile.write(tensors, to: path) }
    return .success
  }
}
