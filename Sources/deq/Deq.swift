import ArgumentParser

@main
struct Deq: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deq", abstract: "Explore deep equilibrium networks: step, measure, certify, replay.")
}
