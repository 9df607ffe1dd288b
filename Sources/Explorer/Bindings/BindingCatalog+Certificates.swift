import FixedPoint
import Screen

extension BindingCatalog {
  static let certificates: [Binding] = [
    Binding(
      "Next theorem", .nextTheorem, keys: [Key(.down), .character("j")], label: "next", in: .certificates, .move),
    Binding(
      "Previous theorem", .previousTheorem, keys: [Key(.up), .character("k")], label: "previous", in: .certificates,
      .move),
    Binding(
      "Margin: how far this proof reaches along gain, shift or power", .chooseMargin, keys: [.character("m")],
      label: "margin", in: .certificates, .view),
    Binding(
      "Scroll the evidence down", .scrollEvidence(4), keys: [Key(.pageDown), .control("d")], label: "scroll",
      in: .certificates, .move),
    Binding(
      "Scroll the evidence up", .scrollEvidence(-4), keys: [Key(.pageUp), .control("u")], in: .certificates, .move),
    Binding(
      "Back to the run", .leaveCertificates, keys: [Key(.escape)], label: "back",
      in: .certificates, .file),
  ]
}
