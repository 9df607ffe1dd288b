import Sessions
import Training

extension Program {
  /// Trainings go on one after the other on a queue of their own; files are written by the writer.
  func performTraining(_ effect: TrainingEffect) {
    let services = services.training
    switch effect {
    case .load(let plan, let ticket):
      inbox.begin(on: trainer) { .training(.loaded(ticket: ticket, services.load(plan))) }
    case .resume(let path, let ticket):
      inbox.begin(on: trainer) { .training(.loaded(ticket: ticket, services.resume(path))) }
    case .advance(let course, let sample, let ticket):
      inbox.begin(on: trainer) { .training(.advanced(ticket: ticket, services.advance(course, sample))) }
    case .probe(let run, let sample, let ticket):
      inbox.begin(on: trainer) { .training(.probed(ticket: ticket, run.probe(sample))) }
    case .write(let output, let path, let replacing, let mark):
      inbox.begin(on: writer) {
        .training(.wrote(output.file, path: path, mark, services.write(output, path, replacing)))
      }
    case .open(let run, let sample):
      inbox.begin(on: trainer) {
        .training(
          .opened(
            Services.result { () throws(SessionError) in
              try Experiment(run.session(sample: sample), directory: ".")
            }))
      }
    }
  }
}
