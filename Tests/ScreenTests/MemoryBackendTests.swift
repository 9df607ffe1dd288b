import Dispatch
import Screen
import TestSupport
import Testing

@Suite("Backend in memory")
struct MemoryBackendTests {
  private func frame(_ text: String) -> Frame {
    var canvas = Canvas(size: Size(width: 12, height: 1))
    canvas.write(text, at: 0, 0)
    return Frame(canvas: canvas)
  }

  @Test("Plays its script, then hangs up")
  func plays() {
    let backend = MemoryBackend(MemoryBackend.Step.type("ab") + [.events([.resize(Size(width: 5, height: 4))])])
    #expect(backend.events(until: nil) == [.key(.character("a"))])
    #expect(backend.events(until: nil) == [.key(.character("b"))])
    #expect(backend.events(until: 3) == [.resize(Size(width: 5, height: 4))])
    #expect(backend.size == Size(width: 5, height: 4))
    #expect(backend.events(until: nil) == [.hangUp] && backend.stalledAt == nil)
  }

  @Test("Time passes up to the deadline while a condition is open")
  func time() {
    let backend = MemoryBackend(start: 100, [.shows("ready"), .pass(50), .key(.character("x"))])
    #expect(backend.events(until: 130) == [] && backend.now == 130)
    backend.present(frame("ready"))
    #expect(backend.events(until: 140) == [.key(.character("x"))] && backend.now == 180)
  }

  @Test("Wakes from another thread")
  func wakes() {
    let backend = MemoryBackend([.shows("never")])
    let waker = backend.waker
    DispatchQueue.global().async { waker.wake() }
    #expect(backend.events(until: nil) == [] && backend.stalledAt == nil)
  }

  @Test("Says where it waited in vain")
  func stalls() {
    let backend = MemoryBackend(patience: 5, [.key(.character("a")), .shows("never")])
    _ = backend.events(until: nil)
    #expect(backend.events(until: nil) == [.hangUp] && backend.stalledAt == 1)
    let busy = MemoryBackend(patience: 5, [.shows("never")])
    var waits = 0
    while busy.events(until: busy.now + 1000) != [.hangUp] { waits += 1 }
    #expect(waits < 100 && busy.stalledAt == 0)
  }

  @Test("Keeps frames as its profile shows them")
  func lowers() {
    let backend = MemoryBackend(profile: Profile(colors: .mono, glyphs: .ascii), [])
    backend.present(frame("─│"))
    #expect(backend.frames.map(\.canvas.text) == ["-|"])
  }
}
