extension Trainer {
  /// The scheduled rate, times what it was changed by; epoch and batch counted from 1.
  func rate(epoch: Int, batch: Int) -> Double {
    plan.optimizer.rate(epoch: epoch - 1, of: plan.epochs) * rateFactor(epoch: epoch, batch: batch)
  }

  private func rateFactor(epoch: Int, batch: Int) -> Double {
    plan.rateChanges.last { $0.run == number && ($0.epoch, $0.batch) <= (epoch, batch) }?.factor ?? 1
  }

  /// The next step's place in the training; counted from 1.
  private var nextStep: (epoch: Int, batch: Int) {
    guard let pass = state.pass else { return (state.epoch + 1, 1) }
    let isTraining = pass.done < Batches(self, pass.order).training.count
    return isTraining ? (state.epoch + 1, pass.done + 1) : (state.epoch + 2, 1)
  }

  /// The rate of the next step.
  var nextRate: Double { rate(epoch: nextStep.epoch, batch: nextStep.batch) }

  /// Multiplies the rate of all further steps of the run; that is part of the plan from then on.
  mutating func scaleRate(by factor: Double) {
    let (epoch, batch) = nextStep
    var change = TrainingPlan.RateChange()
    (change.run, change.epoch, change.batch) = (number, epoch, batch)
    change.factor = rateFactor(epoch: epoch, batch: batch) * factor
    plan.rateChanges.removeAll { $0.place == change.place }
    plan.rateChanges.append(change)
  }
}
