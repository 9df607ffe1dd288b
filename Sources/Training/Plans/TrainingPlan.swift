/// Everything that decides what a training does: with the data, the same plan gives the same bytes on one machine.
public struct TrainingPlan: Sendable, Equatable {
  public enum Precision: String, Sendable, CaseIterable {
    case single
    case double
  }

  /// The data and what they are used for.
  public struct Data: Sendable, Equatable {
    /// As `deq datasets` lists it.
    public var name = "two-moons"
    /// Share of the training samples that are kept for validation.
    public var validation = 0.0
    /// Share of the samples that are kept for the test, where the data come without a test set.
    public var test = 0.2
    /// Of the split into training, validation and test, which all runs share.
    public var seed = 1
    /// At most so many training samples; `nil` for all.
    public var limit: Int?
    /// The split of a graph, of which * stands for the number of the run; `nil` for the first.
    public var split: String?

    public init() {}
  }

  public struct Optimizer: Sendable, Equatable {
    public enum Method: String, Sendable, CaseIterable {
      /// Source: Kingma, Ba, *Adam*, ICLR 2015; the decay is added to the gradient.
      case adam
      /// Stochastic gradient descent with `momentum`.
      case sgd
    }

    public enum Schedule: String, Sendable, CaseIterable {
      case constant
      /// From `rate` to `finalRate` along half a cosine over the epochs.
      case cosine
    }

    /// What the weight decay is of.
    public enum Decay: String, Sendable, CaseIterable {
      /// Every parameter.
      case all
      /// Neither biases nor the scale and shift of the head's normalisation.
      case weights
    }

    public var method = Method.adam
    public var rate = 1e-3
    public var finalRate = 1e-6
    public var schedule = Schedule.cosine
    public var weightDecay = 1e-5
    public var decay = Decay.all
    public var momentum = 0.9

    public init() {}
  }

  /// A change of the learning rate that was made while a run went on.
  public struct RateChange: Sendable, Equatable {
    /// The run that it is of, its epoch, and the first batch of that epoch with the changed rate; all from 1.
    public var run = 1
    public var epoch = 1
    public var batch = 1
    /// What the scheduled rate is multiplied by from there on.
    public var factor = 1.0

    public init() {}

    var place: (Int, Int, Int) { (run, epoch, batch) }
  }

  public var title: String?
  public var data = Data()
  public var model = ModelPlan()
  public var forward = ForwardPlan()
  public var backward = BackwardPlan()
  public var optimizer = Optimizer()
  public var epochs = 30
  /// Samples of one step; a graph is always one step.
  public var batch = 128
  /// Of the first run; each further run has the next one.
  public var seed = 1
  public var runs = 1
  /// Epochs without a better validation (of the training, without one) after which a run stops; `nil` for never.
  public var patience: Int?
  public var keep = Guarantee.none
  /// Double errs as often, and takes 1.4 to 1.6 times as long a batch of MNIST's dense network.
  public var precision = Precision.single
  /// Parts of a batch that are solved side by side; the last bits depend on it.
  public var threads = 2
  /// In their order.
  public var rateChanges: [RateChange] = []

  public init() {}
}
