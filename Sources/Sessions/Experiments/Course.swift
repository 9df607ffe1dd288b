import FixedPoint

/// A session, what it was resolved to, and the steps that were made: kept once, however many refer to it.
final class Course: Sendable {
  let document: SessionDocument
  let problem: Problem
  let run: Run<Network>

  init(_ document: SessionDocument, _ problem: Problem, _ run: Run<Network>) {
    self.document = document
    self.problem = problem
    self.run = run
  }
}
