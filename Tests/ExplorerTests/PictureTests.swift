import Glibc
import Screen
import TestSupport
import Testing

@testable import Explorer

/// Whole screens, compared with the files in Pictures. `DEQ_PICTURES=write` writes them anew: look at each before it is
/// kept.
struct PictureTests {
  /// A state of the explorer, by the keys that lead to it.
  struct State: Sendable, CustomTestStringConvertible {
    var name: String
    var session: String?
    var script: String
    var sizes = ["80x24", "120x40"]
    var testDescription: String { name }
  }

  static let states = [
    State(name: "gallery", script: "press j"),
    State(name: "search", script: "press /\ntype tan", sizes: ["80x24"]),
    State(name: "start", session: "a-three", script: ""),
    State(name: "end", session: "b-dense", script: "press $\npass 800", sizes: ["80x24", "120x40", "200x60"]),
    State(name: "defined", session: "e-positive", script: "press $\npass 400\npress left left"),
    State(
      name: "branch", session: "a-three",
      script: "press L space space b m\ntype and\npress Enter $\npass 400\npress Esc"),
    State(name: "cycle", session: "c-cycle", script: "press $\npass 400", sizes: ["80x24"]),
    State(name: "overflow", session: "d-overflow", script: "press $\npass 400", sizes: ["80x24"]),
    State(name: "help", session: "a-three", script: "press space ?"),
    State(name: "palette", session: "a-three", script: "press space :\ntype st"),
    State(name: "menu", session: "a-three", script: "press space m", sizes: ["80x24"]),
    State(name: "prompt", session: "a-three", script: "press t Backspace x Enter", sizes: ["80x24"]),
    State(name: "question", session: "a-three", script: "press space q", sizes: ["80x24"]),
    State(name: "zoomed", session: "b-dense", script: "press $\npass 800\npress Tab Tab z", sizes: ["80x24"]),
    State(name: "toast", session: "a-three", script: "press left", sizes: ["80x24"]),
    State(name: "certificates", session: "a-three", script: "press $\npass 800\npress c j j j j j"),
    State(name: "race", session: "a-three", script: "press x j j j"),
    State(name: "race-time", session: "e-positive", script: "press x t j space j j a", sizes: ["80x24"]),
    State(name: "diagnosis", session: "c-cycle", script: "press $\npass 400\npress d"),
    State(name: "backward", session: "a-three", script: "press $\npass 800\npress B"),
    State(
      name: "frozen", session: "a-three", script: "press $\npass 800\npress f m\ntype and\npress Enter R $\npass 800"),
    State(name: "bound", session: "a-three", script: "press $\npass 800\npress y"),
    State(
      name: "spectrum", session: "a-three", script: "press $\npass 800\npress 4 j",
      sizes: ["80x24", "120x40", "200x60"]),
    State(name: "spectrum-positive", session: "e-positive", script: "press L 4 p a"),
    State(name: "spectrum-start", session: "a-three", script: "press 4 p", sizes: ["80x24"]),
    State(name: "spectrum-zoomed", session: "e-positive", script: "press L 4 Tab Tab Tab z", sizes: ["80x24"]),
    State(name: "spectrum-overflow", session: "d-overflow", script: "press $\npass 400\npress 4", sizes: ["80x24"]),
    State(
      name: "units", session: "b-dense", script: "press L L L L\npass 800\npress n D j j Enter j j j Enter",
      sizes: ["80x24", "120x40", "200x60"]),
    State(
      name: "trajectories", session: "b-dense", script: "press L L Enter j Enter j j Enter v z Tab Tab Tab a",
      sizes: ["80x24"]),
    State(
      name: "sparsity", session: "b-dense", script: "press L z Tab Tab Tab Tab Tab",
      sizes: ["80x24"]),
    State(
      name: "zoomed-steps", session: "a-three", script: "press $\npass 800\npress H H > > a",
      sizes: ["80x24", "120x40"]),
    State(
      name: "build", session: "a-three", script: "press 2 Tab Tab Tab j j + +",
      sizes: ["80x24", "120x40", "200x60"]),
    State(name: "build-cells", session: "b-dense", script: "press 2 Tab j v j j l l l", sizes: ["80x24", "120x40"]),
    State(
      name: "build-draft", session: "a-three", script: "press 2 j right j j j", sizes: ["80x24", "120x40"]),
    State(
      name: "build-typing", session: "a-three", script: "press 2 G k k Enter\ntype x\npress Enter", sizes: ["80x24"]),
    State(name: "build-add", session: "e-positive", script: "press 2 Tab a", sizes: ["80x24"]),
    State(name: "build-sources", session: "e-positive", script: "press 2 Tab j Enter", sizes: ["80x24"]),
    State(name: "templates", script: "press n", sizes: ["80x24"]),
    State(name: "phase", session: "g-two", script: "press $\npass 400\npress 5", sizes: ["80x24", "120x40", "200x60"]),
    State(
      name: "fixed-points", session: "g-two", script: "press $\npass 400\npress P j",
      sizes: ["80x24", "120x40", "200x60"]),
    State(name: "phase-principal", session: "a-three", script: "press $\npass 800\npress 5 up up space"),
    State(name: "cobweb", session: "h-one", script: "press $\npass 400\npress 5 right right space"),
    State(name: "phase-cycle", session: "c-cycle", script: "press L 5 b", sizes: ["80x24"]),
    State(
      name: "compare", session: "a-three",
      script: "press $\npass 800\npress ^ L space space m\ntype and\npress Enter $\npass 400\npress 8 Enter Enter",
      sizes: ["80x24", "120x40", "200x60"]),
    State(name: "compare-empty", session: "a-three", script: "press 8", sizes: ["80x24"]),
    State(
      name: "sweep", session: "g-two", script: "press 9 left left up", sizes: ["80x24", "120x40", "200x60"]),
    State(name: "sweep-settings", session: "h-one", script: "press 9 Tab j j", sizes: ["80x24"]),
    State(name: "sweep-diagram", session: "h-one", script: "press 9 v ]", sizes: ["80x24", "120x40"]),
    State(name: "train-recipes", script: "press 0 j", sizes: ["80x24", "120x40", "200x60"]),
    State(name: "train-plan", script: "press 0 Tab j j right j j right", sizes: ["80x24", "120x40"]),
    State(name: "train-refused", script: "press 0 Tab j j Enter ^U\ntype none\npress Enter", sizes: ["80x24"]),
    State(name: "train", script: training + "pass 400\npress ] space", sizes: ["80x24", "120x40", "200x60"]),
    State(name: "train-done", script: training + "pass 1200\npress Tab Tab Tab Tab Tab", sizes: ["80x24", "120x40"]),
    State(name: "train-first-epoch", script: training + "pass 80", sizes: ["80x24"]),
    State(name: "train-elsewhere", script: training + "pass 80\npress 1", sizes: ["80x24"]),
    State(name: "too-small", session: "a-three", script: "", sizes: ["79x23", "30x5"]),
  ]

  /// Six epochs of the first recipe in double precision, begun.
  private static let training =
    "press 0 Tab " + Array(repeating: "j ", count: 17).joined() + "right "
    + Array(repeating: "k ", count: 15).joined() + "Enter ^U\ntype 6\npress Enter space\n"

  /// Sessions that are no part of the gallery's pictures.
  private static let portraits = ["g-two": SpecimenSessions.twoUnits, "h-one": SpecimenSessions.oneUnit]

  @Test(arguments: states) func looksAsItShould(_ state: State) async {
    for size in state.sizes {
      expectPicture("\(state.name)-\(size)", await frame(state, size).canvas.text)
    }
  }

  @Test(
    arguments: states.filter {
      [
        "gallery", "end", "help", "spectrum", "build", "build-cells", "phase", "fixed-points", "cobweb", "compare",
        "sweep",
        "sweep-diagram", "train",
      ].contains($0.name)
    })
  func looksAsItShouldInASCII(_ state: State) async {
    let picture = await frame(state, "80x24", Profile(glyphs: .ascii)).canvas.text
    #expect(picture.utf8.allSatisfy { $0 < 0x80 })
    expectPicture("\(state.name)-80x24-ascii", picture)
  }

  @Test(
    arguments: [("", "press L"), ("spectrum-", "press L 4 j"), ("build-", "press 2 j right j j j")],
    [("colour", Profile.Colors.palette256), ("monochrome", .mono)])
  func looksAsItShouldWithStyles(_ screen: (name: String, script: String), _ look: (name: String, Profile.Colors)) async
  {
    let (name, colors) = look
    let state = State(name: "", session: "a-three", script: screen.script)
    let frame = await frame(state, "80x24", Profile(colors: colors))
    expectPicture("styles-\(screen.name)\(name)", frame.canvas.styledText(colors == .mono ? .monochrome : .dark))
  }

  /// A portrait, a comparison, a map and a training without colours: letters and attributes tell what colours tell.
  @Test(arguments: states.filter { ["phase", "fixed-points", "compare", "sweep", "train"].contains($0.name) })
  func looksAsItShouldWithoutColours(_ state: State) async {
    let frame = await frame(state, "80x24", Profile(colors: .mono))
    expectPicture("\(state.name)-80x24-monochrome", frame.canvas.styledText(.monochrome))
  }

  private func frame(_ state: State, _ size: String, _ profile: Profile = Profile()) async -> Frame {
    var explorer = ExplorerScript.all
    let numbers = size.split(separator: "x").compactMap { Int($0) }
    explorer.size = Size(width: numbers[0], height: numbers[1])
    explorer.profile = profile
    if let session = state.session, let text = Self.portraits[session] {
      explorer.directory.write(text, to: session + ".deq.json")
    }
    let outcome = await explorer.run(opening: state.session.map { $0 + ".deq.json" }, state.script)
    #expect(outcome.failures.isEmpty)
    var frame = outcome.model.frame()
    frame.canvas = frame.canvas.lowered(to: profile)
    return frame
  }
}

/// Compares a picture with its file, or writes it.
func expectPicture(
  _ name: String, _ picture: String, file: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  let path = "\(folder)/Pictures/\(name).txt"
  let text = picture.replacing(#/deq-tests-\w{6}/#, with: "deq-tests-ABCDEF") + "\n"
  if unsafe getenv("DEQ_PICTURES") != nil {
    SessionText.write(text, to: path)
    return
  }
  let expected = (try? SessionText.read(path)) ?? ""
  #expect(text == expected, "\(name)\n\(text)", sourceLocation: sourceLocation)
}
