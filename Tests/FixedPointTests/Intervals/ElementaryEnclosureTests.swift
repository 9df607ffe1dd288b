import Testing

@testable import FixedPoint

/// Elementary functions of intervals against values computed with 600 bits (mpmath): the exact value lies inside, next to
/// the bounds' last digits.
@Suite struct ElementaryEnclosureTests {
  @Test(arguments: elementaryReferences)
  func theExactValueLiesInside(_ reference: ElementaryReference) {
    let enclosure = reference.function(Interval(reference.argument))
    #expect(reference.isInside(enclosure), "\(reference)")
    guard abs(reference.high) > 0x1p-1000 else { return }
    #expect(enclosure.width <= 40 * reference.high.ulp, "\(reference)")
  }

  /// The enclosure of an interval holds the values of what it contains.
  @Test(arguments: elementaryReferences)
  func theValueLiesInTheRange(_ reference: ElementaryReference) {
    let argument = Interval(reference.argument - 0.01, reference.argument + 0.005)
    guard reference.name != "log1p" || argument.lower > -1 else { return }
    #expect(reference.isInside(reference.function(argument)), "\(reference)")
  }
}

/// f(argument) = high + low, with an error far below any rounding of the value.
struct ElementaryReference: Sendable, CustomStringConvertible {
  let name: String
  let argument: Double
  let high: Double
  let low: Double

  init(_ name: String, _ argument: Double, _ high: Double, _ low: Double) {
    (self.name, self.argument, self.high, self.low) = (name, argument, high, low)
  }

  var description: String { "\(name) of \(argument)" }

  func isInside(_ interval: Interval) -> Bool {
    (interval.lower < high || (interval.lower == high && low >= 0))
      && (interval.upper > high || (interval.upper == high && low <= 0))
  }

  func function(_ operand: Interval) -> Interval {
    switch name {
    case "exp": Interval.exp(operand)
    case "expm1": Interval.expm1(operand)
    case "log1p": Interval.log1p(operand)
    case "tanh": Interval.tanh(operand)
    case "atan": Interval.atan(operand)
    case "erf": Interval.erf(operand)
    case "erfc": Interval.erfc(operand)
    case "sin": Interval.sin(operand)
    case "cos": Interval.cos(operand)
    default: preconditionFailure("no function is called \(name)")
    }
  }
}

let elementaryReferences: [ElementaryReference] = [
  .init("exp", 0x1.56e1fc2f8f359p-997, 0x1.0000000000000p0, 0),
  .init("exp", 0x1.b7cdfd9d7bdbbp-34, 0x1.000000006df38p0, -0x1.3112d8e5e6d4cp-57),
  .init("exp", -0x1.a36e2eb1c432dp-14, 0x1.fff2e4b97d31dp-1, 0x1.8cfe23004545bp-60),
  .init("exp", 0x1.eb851eb851eb8p-6, 0x1.07cbde4b58641p0, -0x1.80e313ea969bbp-54),
  .init("exp", 0x1.999999999999ap-4, 0x1.1aec7b35a00d4p0, -0x1.77d498b0e382ap-54),
  .init("exp", -0x1.0000000000000p-1, 0x1.368b2fc6f960ap-1, -0x1.85314b9559e64p-61),
  .init("exp", 0x1.0000000000000p0, 0x1.5bf0a8b145769p1, 0x1.4d57ee2b1013ap-53),
  .init("exp", -0x1.8000000000000p0, 0x1.c8f87724b5c1dp-3, 0x1.91afa497dc416p-57),
  .init("exp", 0x1.4000000000000p1, 0x1.85d6fd931e0bbp3, 0x1.d4dec34de84a0p-53),
  .init("exp", 0x1.4000000000000p2, 0x1.28d389970338fp7, 0x1.f66faad9235acp-49),
  .init("exp", -0x1.5e00000000000p9, 0x1.14f2b0fb9307fp-1010, 0x1p-1074),
  .init("exp", 0x1.5e00000000000p9, 0x1.d945df4f8ec8ep1009, 0x1.183392684a46ep954),
  .init("exp", -0x1.e000000000000p4, 0x1.a56e0c2ac7f75p-44, -0x1.578158e15ff84p-99),
  .init("exp", 0x1.51109e1159302p0, 0x1.dd8f64995ac8bp1, -0x1.a5dcf573d1e5dp-53),
  .init("exp", 0x1.d7c74a898e5dcp0, 0x1.942481259b173p2, -0x1.549681e05f71dp-54),
  .init("exp", 0x1.d0770243a5c25p1, 0x1.2d4a40595404cp5, 0x1.60a8945d3dcddp-52),
  .init("exp", 0x1.61b62173a5b5ep0, 0x1.fda546e22e9e1p1, 0x1.88e517bd77d6ap-53),
  .init("exp", 0x1.96a2d6fc789dcp0, 0x1.39585c3782e52p2, -0x1.c5441ae38f720p-52),
  .init("exp", 0x1.fa6a6020fa050p0, 0x1.ceb1ff61c5410p2, -0x1.d079039ed39acp-52),
  .init("exp", 0x1.3ce9547399f00p-8, 0x1.013dadcdecd1fp0, -0x1.5936776ccc091p-54),
  .init("exp", 0x1.9bbcfa7766512p0, 0x1.3fa71e1105924p2, -0x1.d4a3e20e17ce9p-52),
  .init("expm1", 0x1.56e1fc2f8f359p-997, 0x1.56e1fc2f8f359p-997, 0),
  .init("expm1", 0x1.b7cdfd9d7bdbbp-34, 0x1.b7cdfd9dda4e3p-34, 0x1.0c95a385d91c6p-88),
  .init("expm1", -0x1.a36e2eb1c432dp-14, -0x1.a368d059c5f9dp-14, 0x1.fc46008a8b502p-69),
  .init("expm1", 0x1.eb851eb851eb8p-6, 0x1.f2f792d619028p-6, -0x1.c627d52d3751bp-63),
  .init("expm1", 0x1.999999999999ap-4, 0x1.aec7b35a00d3ap-4, 0x1.056ce9e38fac8p-59),
  .init("expm1", -0x1.0000000000000p-1, -0x1.92e9a0720d3ecp-2, -0x1.85314b9559e64p-61),
  .init("expm1", 0x1.0000000000000p0, 0x1.b7e151628aed3p0, -0x1.655023a9dfd8cp-54),
  .init("expm1", -0x1.8000000000000p0, -0x1.8dc1e236d28f9p-1, 0x1.646be925f7106p-55),
  .init("expm1", 0x1.4000000000000p1, 0x1.65d6fd931e0bbp3, 0x1.d4dec34de84a0p-53),
  .init("expm1", 0x1.4000000000000p2, 0x1.26d389970338fp7, 0x1.f66faad9235acp-49),
  .init("expm1", -0x1.4000000000000p5, -0x1.0000000000000p0, 0x1.39792499b1a24p-58),
  .init("expm1", 0x1.2c00000000000p8, 0x1.c05c0a7166b4ap432, 0x1.cf59a9e7d8cb5p378),
  .init("expm1", 0x1.17dcc901bbffdp1, 0x1.f9d0275347d73p2, -0x1.c1c9defe3e518p-55),
  .init("expm1", 0x1.7e27b444fefb0p1, 0x1.2cc5131369a66p4, 0x1.efa451e49957ep-52),
  .init("expm1", -0x1.c1537e4e4bf98p-2, -0x1.6bb62a0a17bc7p-2, -0x1.7c139940e5a27p-58),
  .init("expm1", 0x1.2c5f82ac778a3p-1, 0x1.989164e46205bp-1, -0x1.3fc91540876a9p-56),
  .init("expm1", -0x1.d2a6c96e21a5cp-2, -0x1.76ca0a5ffa2b5p-2, 0x1.05595ab602c3ep-56),
  .init("expm1", 0x1.889bead434b15p1, 0x1.47ba0ab7d640ep4, -0x1.2a71f7ed54311p-51),
  .init("expm1", 0x1.3fb9807357523p1, 0x1.6500829ea4c9ep3, -0x1.8f525ccaa635fp-52),
  .init("expm1", -0x1.63bb09654567cp-1, -0x1.006b5633ee7a3p-1, -0x1.42f2c15d9b5c4p-55),
  .init("log1p", 0x1.56e1fc2f8f359p-997, 0x1.56e1fc2f8f359p-997, 0),
  .init("log1p", 0x1.b7cdfd9d7bdbbp-34, 0x1.b7cdfd9d1d693p-34, -0x1.0c8b7f5fd9a85p-88),
  .init("log1p", -0x1.a36e2eb1c432dp-14, -0x1.a3738d2cf1fefp-14, 0x1.c6a411c9f9a09p-69),
  .init("log1p", 0x1.eb851eb851eb8p-6, 0x1.e44a9a3bed663p-6, 0x1.2fa0108848a65p-61),
  .init("log1p", 0x1.999999999999ap-4, 0x1.8663f793c46c7p-4, -0x1.c19f63692c23cp-62),
  .init("log1p", -0x1.0000000000000p-1, -0x1.62e42fefa39efp-1, -0x1.abc9e3b39803fp-56),
  .init("log1p", 0x1.0000000000000p0, 0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56),
  .init("log1p", 0x1.4000000000000p1, 0x1.40b512eb53d60p0, -0x1.1934d3c732377p-54),
  .init("log1p", 0x1.4000000000000p2, 0x1.cab0bfa2a2002p0, 0x1.9136fea076849p-55),
  .init("log1p", -0x1.ff7ced916872bp-1, -0x1.ba18a998fff9fp2, -0x1.112fc120a0a2ap-52),
  .init("log1p", 0x1.2a05f20000000p33, 0x1.7069e2aa3184ep4, 0x1.8bef93af027d0p-50),
  .init("log1p", 0x1.6666666666666p-1, 0x1.0fae81914a991p-1, -0x1.769526cde19f3p-58),
  .init("log1p", 0x1.f4d4eb2d757d3p1, 0x1.978264f8938c8p0, 0x1.227e7429dcab9p-55),
  .init("log1p", 0x1.e9e565851d635p1, 0x1.9304abc9fd0ffp0, -0x1.53384993e17d0p-54),
  .init("log1p", 0x1.26f0b1cd21899p1, 0x1.31f8aa09ed2c3p0, -0x1.12305d220f476p-54),
  .init("log1p", 0x1.0ee1848490c8dp1, 0x1.22fa5c09b0105p0, 0x1.4505028855645p-54),
  .init("log1p", -0x1.06b71b0bf29b0p-3, -0x1.19294a1414038p-3, -0x1.04d5c84928734p-58),
  .init("log1p", -0x1.a72a88e194103p-1, -0x1.c06607e419ebfp0, 0x1.21c6f50bec8f6p-54),
  .init("log1p", 0x1.b066c619e77dap0, 0x1.fa77bbad0b334p-1, -0x1.fa0ff8dc4661ep-55),
  .init("log1p", -0x1.3765ef9b38237p-1, -0x1.dfbed1d4d3ffap-1, 0x1.9ac6fb156d8f4p-56),
  .init("tanh", 0x1.56e1fc2f8f359p-997, 0x1.56e1fc2f8f359p-997, 0),
  .init("tanh", 0x1.b7cdfd9d7bdbbp-34, 0x1.b7cdfd9d7bdbbp-34, -0x1.b0b0ffe8fae2bp-102),
  .init("tanh", -0x1.a36e2eb1c432dp-14, -0x1.a36e2e9a4f662p-14, -0x1.557064e98ca79p-68),
  .init("tanh", 0x1.eb851eb851eb8p-6, 0x1.eb5f62857006fp-6, 0x1.402934c413c3ep-61),
  .init("tanh", 0x1.999999999999ap-4, 0x1.983d7795f413ap-4, 0x1.0562af1da747bp-58),
  .init("tanh", -0x1.0000000000000p-1, -0x1.d9353d7568af3p-2, -0x1.944a3b887196cp-56),
  .init("tanh", 0x1.0000000000000p0, 0x1.85efab514f394p-1, 0x1.5618caf8a4f11p-55),
  .init("tanh", -0x1.8000000000000p0, -0x1.cf6f9786df577p-1, -0x1.834edd51ae31ep-55),
  .init("tanh", 0x1.4000000000000p1, 0x1.f9258260a71c2p-1, -0x1.c47c0e1b448e9p-56),
  .init("tanh", 0x1.4000000000000p2, 0x1.fff419668df11p-1, 0x1.a800b7186cb57p-56),
  .init("tanh", -0x1.3000000000000p4, -0x1.fffffffffffffp-1, -0x1.bceea52a399fap-55),
  .init("tanh", 0x1.8000000000000p2, 0x1.fffe63abe253cp-1, -0x1.122cec4a8d9aap-56),
  .init("tanh", 0x1.064fd47081550p-5, 0x1.0638e38400287p-5, 0x1.c52b0985ccdb6p-59),
  .init("tanh", 0x1.245f8e51ae32ap-2, 0x1.1cadd9c82653bp-2, 0x1.c44e60c93ac6ap-57),
  .init("tanh", -0x1.81542c3f2f69ap-1, -0x1.45fcd9f166c77p-1, 0x1.742ad9c4defb7p-55),
  .init("tanh", 0x1.5f8f340ff67a0p0, 0x1.c2459af4ae349p-1, -0x1.50db2be0e4d86p-58),
  .init("tanh", 0x1.4233c586432f4p0, 0x1.b38c1d68adb83p-1, -0x1.76bba3b05a9f1p-56),
  .init("tanh", 0x1.9d2b98741cfa7p1, 0x1.fe64b6528abd9p-1, 0x1.57bab0334aae9p-55),
  .init("tanh", 0x1.a4ca0ee16f85ep0, 0x1.db21657b17866p-1, -0x1.7c9c1ed4cc001p-56),
  .init("tanh", 0x1.1e6415e70fbd6p1, 0x1.f4775606a46b5p-1, -0x1.07e88a5463848p-55),
  .init("atan", 0x1.56e1fc2f8f359p-997, 0x1.56e1fc2f8f359p-997, 0),
  .init("atan", 0x1.b7cdfd9d7bdbbp-34, 0x1.b7cdfd9d7bdbbp-34, -0x1.b0b0ffe8fae2bp-102),
  .init("atan", -0x1.a36e2eb1c432dp-14, -0x1.a36e2e9a4f662p-14, -0x1.87cf9a4e6eff2p-68),
  .init("atan", 0x1.eb851eb851eb8p-6, 0x1.eb5f644234b83p-6, -0x1.d5b86f78baa55p-60),
  .init("atan", 0x1.999999999999ap-4, 0x1.983e282e2cc4dp-4, -0x1.7efe2835189c4p-58),
  .init("atan", -0x1.0000000000000p-1, -0x1.dac670561bb4fp-2, -0x1.a2b7f222f65e2p-56),
  .init("atan", 0x1.0000000000000p0, 0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55),
  .init("atan", -0x1.8000000000000p0, -0x1.f730bd281f69bp-1, -0x1.007887af0cbbdp-56),
  .init("atan", 0x1.4000000000000p1, 0x1.30b6d796a4da8p0, 0x1.6254cb03bb199p-54),
  .init("atan", 0x1.4000000000000p2, 0x1.5f97315254857p0, -0x1.31151a43b51cap-55),
  .init("atan", 0x1.7d78400000000p26, 0x1.921fb5194fb3cp0, 0x1.0e232da01e8d1p-61),
  .init("atan", 0x1.8c83f403eb990p0, 0x1.feb8c1afe7f06p-1, 0x1.4b3afd4b21d7fp-55),
  .init("atan", 0x1.2c49d111dcf56p1, 0x1.2af8f89d3be13p0, 0x1.7e370b1d6e170p-55),
  .init("atan", 0x1.57464c69df764p0, 0x1.dc2af485d8fbfp-1, -0x1.17942d6f4797ep-55),
  .init("atan", 0x1.da1c33cbee7e6p-2, 0x1.bc04649c5a4acp-2, 0x1.3009b349c4595p-56),
  .init("atan", 0x1.fe87ac0b3829fp1, 0x1.533c647f9c60ap0, 0x1.aca652d550b87p-55),
  .init("atan", 0x1.fd4c3c7771b1fp1, 0x1.5316ff06bb4d9p0, -0x1.4ead2cd03c764p-56),
  .init("atan", 0x1.9bc87f501f86fp1, 0x1.44f8d007733fcp0, 0x1.507bd7706ba48p-57),
  .init("atan", 0x1.48bcfa52502d1p1, 0x1.3311bad761981p0, 0x1.bf3583dc840dap-54),
  .init("erf", 0x1.56e1fc2f8f359p-997, 0x1.82e6d98711d3ap-997, -0x1p-1074),
  .init("erf", 0x1.b7cdfd9d7bdbbp-34, 0x1.f044332d68161p-34, 0x1.01834fa76156bp-88),
  .init("erf", -0x1.a36e2eb1c432dp-14, -0x1.d946ca4401e6ep-14, -0x1.d4cec0a2c84b0p-70),
  .init("erf", 0x1.eb851eb851eb8p-6, 0x1.153a2fe6dc839p-5, 0x1.ddb4e5ea1532ep-59),
  .init("erf", 0x1.999999999999ap-4, 0x1.cca5ea24fb334p-4, 0x1.112c8facdc19cp-60),
  .init("erf", -0x1.0000000000000p-1, -0x1.0a7ef5c18edd2p-1, -0x1.5e809f1a31a28p-56),
  .init("erf", 0x1.0000000000000p0, 0x1.af767a741088bp-1, -0x1.c97f778122797p-56),
  .init("erf", -0x1.8000000000000p0, -0x1.eea5557137ae0p-1, 0x1.385e445f2c96dp-55),
  .init("erf", 0x1.4000000000000p1, 0x1.ffcaa8f4c9beap-1, 0x1.b0cee160116f9p-55),
  .init("erf", 0x1.4000000000000p2, 0x1.fffffffffc9e8p-1, -0x1.a759f7738935fp-56),
  .init("erf", -0x1.3000000000000p4, -0x1.0000000000000p0, 0x1.148e1d96c299ep-526),
  .init("erf", 0x1.8000000000000p2, 0x1.0000000000000p0, -0x1.8cf81557d20b6p-56),
  .init("erf", 0x1.4a2ae01a81743p-1, 0x1.46c401170c003p-1, -0x1.927c1d5df3a35p-55),
  .init("erf", 0x1.cd8b12d02998cp-3, 0x1.000e4cdd3a73ap-2, -0x1.10aab6fb24daap-56),
  .init("erf", 0x1.0857ea5c87bb3p-1, 0x1.11c4971ef95c8p-1, -0x1.9721d8505d55ep-55),
  .init("erf", -0x1.1c9f8f8f6609ep-1, -0x1.22ef2da4c7565p-1, 0x1.a851333402fbbp-57),
  .init("erf", 0x1.6d6a6f66dc895p1, 0x1.fff8e9cea6616p-1, -0x1.73244ca3cdca8p-55),
  .init("erf", 0x1.0fdc8c441a80ap0, 0x1.bbd52c692f295p-1, 0x1.b037c04d989a3p-55),
  .init("erf", 0x1.9fc6f9b39b567p1, 0x1.ffff6de897a57p-1, -0x1.1bfac711ea106p-55),
  .init("erf", 0x1.fce29914f4f03p-1, 0x1.ae2973f4d895ep-1, 0x1.643b98fab55f3p-56),
  .init("erfc", 0x1.56e1fc2f8f359p-997, 0x1.0000000000000p0, 0),
  .init("erfc", 0x1.b7cdfd9d7bdbbp-34, 0x1.ffffffff07ddep-1, 0x1.9a52fd3d7f3e6p-55),
  .init("erfc", -0x1.a36e2eb1c432dp-14, 0x1.0007651b29100p0, 0x1.e6e1d4cec0a2dp-54),
  .init("erfc", 0x1.eb851eb851eb8p-6, 0x1.eeac5d019237cp-1, 0x1.a224b1a15eacdp-55),
  .init("erfc", 0x1.999999999999ap-4, 0x1.c66b42bb60999p-1, 0x1.f7769b82991f3p-55),
  .init("erfc", -0x1.0000000000000p-1, 0x1.853f7ae0c76e9p0, 0x1.5e809f1a31a28p-56),
  .init("erfc", 0x1.0000000000000p0, 0x1.4226162fbddd5p-3, -0x1.b40443f6ec34ap-59),
  .init("erfc", -0x1.8000000000000p0, 0x1.f752aab89bd70p0, -0x1.385e445f2c96dp-55),
  .init("erfc", 0x1.4000000000000p1, 0x1.aab859b20ac9ep-12, 0x1.88f4ff748376bp-66),
  .init("erfc", 0x1.4000000000000p2, 0x1.b0c1a759f7739p-40, -0x1.b28568855c7a1p-94),
  .init("erfc", -0x1.8000000000000p1, 0x1.fffe8d6209afdp0, -0x1.08a82f0994988p-54),
  .init("erfc", 0x1.4000000000000p3, 0x1.7d8a7f2a8a2d0p-149, -0x1.8b231dcfa8e27p-203),
  .init("erfc", 0x1.9000000000000p4, 0x1.cbcb3935e8707p-908, -0x1.4365bc7348650p-965),
  .init("erfc", 0x1.e5af269aec995p1, 0x1.598e6a074449cp-24, 0x1.7ca166f041b4fp-78),
  .init("erfc", 0x1.a03b918f4bc43p1, 0x1.1d36f2dfbb8cap-18, -0x1.d6b17b502b917p-77),
  .init("erfc", -0x1.cb6ed009d88b4p-1, 0x1.cbaa1fc231c68p0, -0x1.5f551405bbe5cp-55),
  .init("erfc", 0x1.055b2ff1481b4p-3, 0x1.b6abcab375b08p-1, 0x1.72fcc725f2e2fp-56),
  .init("erfc", 0x1.c7b8f940e6ef7p1, 0x1.0072e650faa7bp-21, 0x1.b05528f7a64c5p-76),
  .init("erfc", 0x1.6726ec07ac31ap0, 0x1.83122ec327611p-5, 0x1.45cd019aea509p-61),
  .init("erfc", 0x1.f3ae5e65fa4a1p1, 0x1.21f5dd0f8a132p-25, -0x1.a35b080e99742p-80),
  .init("erfc", 0x1.0c211021d2c34p0, 0x1.1bbf451cc0549p-3, 0x1.bb91e87309617p-57),
  .init("sin", 0x1.56e1fc2f8f359p-997, 0x1.56e1fc2f8f359p-997, 0),
  .init("sin", 0x1.b7cdfd9d7bdbbp-34, 0x1.b7cdfd9d7bdbbp-34, -0x1.b0b0ffe8fae2bp-103),
  .init("sin", -0x1.a36e2eb1c432dp-14, -0x1.a36e2ea609cc8p-14, 0x1.815b1c49f6824p-68),
  .init("sin", 0x1.eb851eb851eb8p-6, 0x1.eb723f19667c6p-6, -0x1.d7a8b400f5955p-61),
  .init("sin", 0x1.999999999999ap-4, 0x1.98eaecb8bcb2cp-4, 0x1.c687ae84515ddp-59),
  .init("sin", -0x1.0000000000000p-1, -0x1.eaee8744b05f0p-2, 0x1.789b43c9b027dp-58),
  .init("sin", 0x1.0000000000000p0, 0x1.aed548f090ceep-1, 0x1.06374f484e288p-59),
  .init("sin", -0x1.8000000000000p0, -0x1.feb7a9b2c6d8bp-1, 0x1.0c8f40129a886p-56),
  .init("sin", 0x1.4000000000000p1, 0x1.326af0dcfcab1p-1, -0x1.fd42734161659p-55),
  .init("sin", 0x1.4000000000000p2, -0x1.eaf81f5e09933p-1, -0x1.135789f2ab1dep-56),
  .init("sin", 0x1.921fb54442d18p0, 0x1.0000000000000p0, -0x1.377ce858a5d48p-109),
  .init("sin", 0x1.921fb54442d18p1, 0x1.1a62633145c07p-53, -0x1.f1976b7ed8fbdp-109),
  .init("sin", 0x1.9200000000000p6, -0x1.fb3f833470ff1p-6, 0x1.eb2e512c4d5b8p-61),
  .init("sin", -0x1.86a0000000000p16, -0x1.24daa9c527e96p-5, -0x1.c767d8e3e1ca8p-60),
  .init("sin", -0x1.158fb81b3a01dp-1, -0x1.082a212b2f248p-1, 0x1.a4aedf7b39a4cp-57),
  .init("sin", 0x1.1798184f8fc6cp1, 0x1.a29ef8f443415p-1, 0x1.16500d08ac5dcp-57),
  .init("sin", 0x1.7514fea4e9b27p1, 0x1.ccb16c72055e5p-3, 0x1.817bde1b9ded2p-58),
  .init("sin", 0x1.b006a6ece630ep-2, 0x1.a352a3682a1a5p-2, -0x1.3b289abbefefdp-57),
  .init("sin", -0x1.e45863a335967p-2, -0x1.d27c82e3c53aap-2, -0x1.d6339aabd9b82p-59),
  .init("sin", 0x1.75973fcb26a07p-1, 0x1.554fa86dae11bp-1, 0x1.82c844df3f9f8p-56),
  .init("sin", 0x1.e977f65e8c493p1, -0x1.42e392976b6e2p-1, -0x1.5ee225667221fp-55),
  .init("sin", 0x1.683e360d26b90p1, 0x1.4919bef3173a3p-2, -0x1.7be4a981355b3p-56),
  .init("cos", 0x1.56e1fc2f8f359p-997, 0x1.0000000000000p0, 0),
  .init("cos", 0x1.b7cdfd9d7bdbbp-34, 0x1.0000000000000p0, -0x1.79ca10c924224p-68),
  .init("cos", -0x1.a36e2eb1c432dp-14, 0x1.ffffffd50ce24p-1, -0x1.e3afb38a1bd5cp-56),
  .init("cos", 0x1.eb851eb851eb8p-6, 0x1.ffc505a355cf6p-1, -0x1.ee1f2edd6b3aep-56),
  .init("cos", 0x1.999999999999ap-4, 0x1.fd712f9a817c1p-1, -0x1.fb7ab33ee2672p-55),
  .init("cos", -0x1.0000000000000p-1, 0x1.c1528065b7d50p-1, -0x1.892111312e828p-55),
  .init("cos", 0x1.0000000000000p0, 0x1.14a280fb5068cp-1, -0x1.b71edcc9344bcp-55),
  .init("cos", -0x1.8000000000000p0, 0x1.21bd54fc5f9a7p-4, 0x1.0fcb936b1ce7ep-58),
  .init("cos", 0x1.4000000000000p1, -0x1.9a2f7ef858b7dp-1, -0x1.587cfaa17e973p-56),
  .init("cos", 0x1.4000000000000p2, 0x1.22785706b4ad9p-2, 0x1.4f99f75a35ee6p-56),
  .init("cos", 0x1.921fb54442d18p0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110),
  .init("cos", 0x1.921fb54442d18p1, -0x1.0000000000000p0, 0x1.377ce858a5d48p-107),
  .init("cos", 0x1.9200000000000p6, 0x1.ffc12adaecec2p-1, -0x1.ce529b48fea33p-55),
  .init("cos", -0x1.86a0000000000p16, -0x1.ffac3841b3da7p-1, -0x1.b085bf2c1a978p-56),
  .init("cos", -0x1.4990a0852e5c4p-2, 0x1.e5b613cfd63f4p-1, 0x1.b8bb09eba6e3bp-56),
  .init("cos", 0x1.3aad19a1d727ap-2, 0x1.e803bb4067437p-1, 0x1.8dcb1d630a374p-56),
  .init("cos", -0x1.9e970cdf876dep-2, 0x1.d69b2493941bap-1, 0x1.e24eef4f7d6cap-55),
  .init("cos", -0x1.368a182165162p-1, 0x1.a4ad61ee775afp-1, -0x1.5f630648741bbp-56),
  .init("cos", 0x1.80b11fd95df04p1, -0x1.fb42622eeea91p-1, 0x1.9742f261073b5p-55),
  .init("cos", -0x1.e150ca1004380p-6, 0x1.ffc771ff84282p-1, -0x1.63570720cb76ap-55),
  .init("cos", 0x1.d72e090d89f18p0, -0x1.10e2d9293b892p-2, 0x1.4c2b0a92cf43ap-56),
  .init("cos", 0x1.4ad98a4963ddap0, 0x1.196d6c4cde77ap-2, 0x1.9fca1c847323dp-57),
]
