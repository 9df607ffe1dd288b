// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], excluding: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestSupport"], exclude: excluding, swiftSettings: strict)
}

let package = Package(
  name: "deq",
  products: [.executable(name: "deq", targets: ["deq"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .systemLibrary(name: "COpenBLAS"),
    .systemLibrary(name: "CArchive"),
    .target(
      name: "CTerminal",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(
      name: "CVectorMath",
      linkerSettings: [
        .linkedLibrary("mvec", .when(platforms: [.linux])), .linkedLibrary("m", .when(platforms: [.linux])),
      ]),

    .target(name: "CStartup"),

    room("LinearAlgebra", ["COpenBLAS", "CVectorMath"]),
    room("FixedPoint", ["LinearAlgebra"]),
    room("Sessions", ["FixedPoint", "LinearAlgebra", "CArchive"]),
    // Above Sessions: it trains on their data sets and writes what it learns as a session; sessions know nothing of it.
    room("Training", ["Sessions", "FixedPoint", "LinearAlgebra"]),
    room("Screen", []),
    room("Terminal", ["Screen", "CTerminal"]),
    room("Explorer", ["Screen", "Training", "Sessions", "FixedPoint", "LinearAlgebra"]),
    .executableTarget(
      name: "deq",
      dependencies: [
        "CStartup", "Explorer", "Terminal", "Screen", "Training", "Sessions", "FixedPoint", "LinearAlgebra",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    .target(
      name: "TestSupport",
      dependencies: [
        "LinearAlgebra", "FixedPoint", "Sessions", "Training", "Screen", "Explorer", "CAllocationCounter",
      ],
      path: "Tests/TestSupport", swiftSettings: strict),
    tests("LinearAlgebraTests", ["LinearAlgebra"]),
    tests("FixedPointTests", ["FixedPoint", "LinearAlgebra"], excluding: ["Operators/Fixtures"]),
    .target(
      name: "Specimens", dependencies: ["Sessions", "FixedPoint"], path: "Tests/Specimens", swiftSettings: strict),
    tests("SessionsTests", ["Sessions", "FixedPoint", "LinearAlgebra", "Specimens"]),
    tests("TrainingTests", ["Training", "Sessions", "FixedPoint", "LinearAlgebra"]),
    tests("ScreenTests", ["Screen"]),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Terminal", "Screen"], path: "Tests/TerminalProbe", swiftSettings: strict),
    tests("TerminalTests", ["Terminal", "Screen", "CTerminal", "TerminalProbe"]),
    tests(
      "ExplorerTests", ["Explorer", "Screen", "Training", "Sessions", "FixedPoint"], excluding: ["Pictures", "Scripts"]),
    tests("CommandTests", ["deq", "Explorer", "Training", "Sessions", "FixedPoint"]),
  ]
)

// The readers under libFuzzer: built with --sanitize=fuzzer, and therefore in no other build.
if Context.environment["DEQ_FUZZ"] != nil {
  package.targets += [
    .executableTarget(
      name: "Fuzz", dependencies: ["Specimens", "Sessions", "FixedPoint"], path: "Tests/Fuzz",
      exclude: ["words.dict"], swiftSettings: strict)
  ]
}
