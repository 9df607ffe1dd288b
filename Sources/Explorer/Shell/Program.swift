import FixedPoint
public import Screen

/// The main loop: waits for events, updates the model, draws what has changed, and performs effects.
public final class Program {
  public private(set) var model: ExplorerModel
  private let backend: any Backend
  private let services: Services
  private let inbox: Inbox

  public init(model: ExplorerModel, backend: any Backend, services: Services) {
    self.model = model
    self.backend = backend
    self.services = services
    self.inbox = Inbox(waker: backend.waker)
  }

  /// Runs until the person or the terminal ends it. A model that has a session open starts on it.
  public func run() {
    if model.place == .gallery { perform(.listSessions) } else { update(.tick) }
    present()
    while !model.isFinished {
      let events = backend.events(until: inbox.hasMessages ? backend.now : model.deadline)
      handle(events)
      present()
    }
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
    case .listSessions:
      inbox.begin {
        switch services.listSessions() {
        case .success(let paths): .listed(paths: paths, problem: nil)
        case .failure(let failure): .listed(paths: [], problem: failure.text)
        }
      }
    case .preview(let path): inbox.begin { .previewed(path: path, services.preview(path)) }
    case .open(let path): inbox.begin { .opened(path: path, services.open(path)) }
    case .certify(let analysis, let generation, let light):
      inbox.begin { .certified(generation: generation, services.certify(analysis, light)) }
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
    case .diagnose(let run, let generation):
      inbox.begin { .diagnosed(generation: generation, Diagnosis(run).suggestions(for: run)) }
    case .solveBackward(let adjoint, let method, let generation):
      inbox.begin { .solvedBackward(generation: generation, method, method.solve(adjoint)) }
    case .save(let document, let path): inbox.begin { .saved(path: path, document, services.save(document, path)) }
    case .export(let run, let path): inbox.begin { .exported(path: path, services.export(run, path)) }
    }
  }
}
