import Dispatch
import FixedPoint
public import Screen
import Sessions

/// The main loop: waits for events, updates the model, draws what has changed, and performs effects.
public final class Program {
  public private(set) var model: ExplorerModel
  private let backend: any Backend
  let services: Services
  let inbox: Inbox
  /// Files are written one after the other, in the order in which that was asked for, and all before the end.
  let writer = DispatchQueue(label: "writer")
  /// Trains while the screen goes on.
  let trainer = DispatchQueue(label: "trainer", qos: .utility)
  /// Unsaved work is kept in order too, and does not wait for a disk that is slow to take a file.
  let keeper = DispatchQueue(label: "keeper")

  public init(model: ExplorerModel, backend: any Backend, services: Services) {
    self.model = model
    self.backend = backend
    self.services = services
    self.inbox = Inbox(waker: backend.waker)
    self.model.datasets = services.datasets
    self.model.processors = services.processors
  }

  /// Runs until the person or the terminal ends it. A model that has a session open starts on it.
  public func run() {
    if model.place == .gallery { perform(.listSessions) } else { update(.tick) }
    perform(.findAbandoned(of: model.watch?.path))
    present()
    while !model.isFinished {
      let events = backend.events(until: inbox.hasMessages ? backend.now : model.deadline)
      handle(events)
      present()
    }
    writer.sync {}
    keeper.sync {}
  }

  private func handle(_ events: [Event]) {
    for event in events { update(.event(event)) }
    for message in inbox.take() { update(message) }
    if let deadline = model.deadline, deadline <= backend.now { update(.tick) }
  }

  private func update(_ message: Message) {
    model.now = backend.now
    for effect in model.update(message) { perform(effect) }
  }

  private func present() {
    backend.present(model.frame(openTasks: inbox.openTasks))
  }

  private func perform(_ effect: Effect) {
    let services = services
    switch effect {
    case .suspend:
      backend.suspend()
      model.size = backend.size
    case .remember(let memory): inbox.begin(on: writer) { .remembered(services.remember(memory)) }
    case .listSessions:
      inbox.begin {
        switch services.listSessions() {
        case .success(let paths): .listed(paths: paths, recent: services.listRecent(), problem: nil)
        case .failure(let failure): .listed(paths: [], recent: services.listRecent(), problem: failure.text)
        }
      }
    case .preview(let path): inbox.begin { .previewed(path: path, services.preview(path)) }
    case .open(let path): inbox.begin { .opened(path: path, services.open(path)) }
    case .certify(let analysis, let generation, let light):
      inbox.begin { .certified(generation: generation, light: light, services.certify(analysis, light)) }
    case .build(let effect): inbox.begin { .build(effect.perform()) }
    case .margin(let analysis, let generation, let id, let parameter):
      inbox.begin {
        let margin = TheoremCatalog.named(id).flatMap {
          Margin.largest(parameter, of: analysis.network, holding: $0)
        }
        return .margin(generation: generation, MarginResult(id: id, parameter: parameter, margin: margin))
      }
    case .race(let race, let solver, let index, let generation):
      inbox.begin { .raced(generation: generation, index: index, services.race(race, solver)) }
    case .phase(let work, let ticket): inbox.begin { .phase(ticket: ticket, work.result) }
    case .sweep(let work, let ticket): inbox.begin { .sweep(ticket: ticket, work.result) }
    case .fixedPoints(let work, let ticket): inbox.begin { .fixedPoints(ticket: ticket, work.result) }
    case .diagnose(let run, let generation):
      inbox.begin { .diagnosed(generation: generation, Diagnosis(run).suggestions(for: run)) }
    case .solveBackward(let adjoint, let method, let generation):
      inbox.begin { .solvedBackward(generation: generation, method, method.solve(adjoint)) }
    case .training(let effect): performTraining(effect)
    case .spectrum(let task): inbox.begin { .spectrum(task.perform()) }
    case .save(let document, let directory, let path, let replacing, let aside):
      inbox.begin(on: writer) {
        let place = services.placeForRecording(path)
        if let aside {
          let kept = services.save(aside.relocated(from: directory, toFile: place), place, .nothing)
          if case .failure = kept { return .saved(path: path, document, kept) }
        }
        let moved = document.relocated(from: directory, toFile: path)
        return .saved(
          path: path, document, services.save(moved, path, replacing), aside: aside == nil ? nil : place)
      }
    case .export(let request): inbox.begin(on: writer) { .exported(path: request.path, services.export(request)) }
    case .copy(let text, let clip):
      let reached = backend.copy(text)
      inbox.begin(on: writer) { .copied(clip, reached: reached, services.keepCopy(text)) }
    case .keepUnsaved, .forgetUnsaved, .findAbandoned, .recover, .discard, .claim: performUnsaved(effect)
    }
  }
}
